"""One reader who clicks hundreds of times, and what server and browser still hold afterwards.

``python -m benchmarks.long_visit [--clicks 500]``: after each tenth of the clicks a layer is
switched off and on, a day and a plan are gone to and back from. After each fifth, page and server
at rest, the server's memory and, after a collection, the browser's heap, nodes and listeners are
read. Over the second half none may grow by a tenth; if one does, the command fails.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.browser import Visit, chromium, reader
from benchmarks.measures_change import choose_plan, step_of_days
from benchmarks.results import Record, Results
from benchmarks.servers import Served, started, wait_until_at_rest
from benchmarks.targets import CLICKED, OURS
from geo.plan import DEFAULT_PLAN

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession

OTHER_PLAN = "europe-24-point-2025-11"

MIXED, READ = 10, 5
"""So often."""

MOST_GROWTH = 0.1
"""Over the second half, as a share; the goal."""

UNITS = {"server_mb": "MB", "heap_mb": "MB", "nodes": "nodes", "listeners": "listeners"}

State = dict[str, float]


def state(visit: Visit, server: Served, devtools: CDPSession) -> State:
    """MB of the server and of the browser's heap, nodes and listeners of the page, at rest."""
    visit.settle()
    wait_until_at_rest(server)
    devtools.send("HeapProfiler.collectGarbage")
    counted = devtools.send("Performance.getMetrics")["metrics"]
    found = {each["name"]: each["value"] for each in counted}
    return {
        "server_mb": round(server.uss_mb(), 1),
        "heap_mb": round(found["JSHeapUsedSize"] / 1e6, 2),
        "nodes": found["Nodes"],
        "listeners": found["JSEventListeners"],
    }


def mix(visit: Visit) -> None:
    """What a reader does besides clicks on the map: there and back, so that all is as it was."""
    acts: tuple[Callable[[], object], ...] = (
        lambda: visit.switch(on=False),
        lambda: visit.switch(on=True),
        lambda: step_of_days(visit, "ArrowLeft"),
        lambda: step_of_days(visit, "ArrowRight"),
        lambda: choose_plan(visit, OTHER_PLAN),
        lambda: choose_plan(visit, DEFAULT_PLAN),
    )
    for act in acts:
        visit.settle()
        act()
    visit.settle()


def states(browser: Browser, clicks: int) -> dict[int, State]:
    """The state after each fifth of the clicks, by their number."""
    found = {}
    with started(OURS) as server, reader(browser) as context:
        visit = Visit(context, OURS, server.address)
        visit.open()
        visit.settle()
        devtools = context.new_cdp_session(visit.page)
        devtools.send("Performance.enable")
        for done in range(1, clicks + 1):
            visit.click(CLICKED[done % len(CLICKED)])
            if done % (clicks // MIXED) == 0:
                mix(visit)
            if done % (clicks // READ) == 0:
                found[done] = state(visit, server, devtools)
                print(f"{done} clicks: {json.dumps(found[done])}", flush=True)
    return found


def growth(found: Mapping[int, State]) -> State:
    """By how much of itself each has grown over the second half of the visit."""
    half = [state for done, state in found.items() if 2 * done >= max(found)]
    first, last = half[0], half[-1]
    return {name: round(last[name] / first[name] - 1, 3) for name in first}


def main() -> None:
    """Read the command line, click, print, hold against the goal."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.long_visit", description=__doc__)
    parser.add_argument("--clicks", type=int, default=500, help="at least 10 (500)")
    parser.add_argument("--out", type=Path, help="a file for the JSON")
    asked = parser.parse_args()
    if asked.clicks < MIXED:
        parser.error(f"--clicks has to be at least {MIXED}")
    with chromium() as browser:
        record = Record.begin(asked.out, browser.version)
        found = states(browser, asked.clicks)
    results, grown = Results(), growth(found)
    for name, unit in UNITS.items():
        results.add(f"long_visit_{name}", OURS.name, unit, *(one[name] for one in found.values()))
    met = {name: share < MOST_GROWTH for name, share in grown.items()}
    record.keep(results.measures(), clicks=list(found), growth=grown, met=met)
    for name, share in grown.items():
        print(f"{name}: {share:+.1%} over the second half, {'met' if met[name] else 'NOT MET'}")
    sys.exit(not all(met.values()))


if __name__ == "__main__":
    main()
