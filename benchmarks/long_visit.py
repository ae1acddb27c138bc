"""One reader who clicks hundreds of times, and what server and browser still hold afterwards.

``python -m benchmarks.long_visit [--clicks 500]`` prints the server's memory and the browser's
heap, nodes and listeners, before and after, each after a collection.
"""

from __future__ import annotations

import argparse
import json
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.browser import Visit, chromium, reader
from benchmarks.results import Results, document
from benchmarks.servers import started, wait_until_at_rest
from benchmarks.targets import CLICKED, OURS

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

    from benchmarks.crowd.server import Served

FIRST = 50
"""Clicks after which all is loaded that is loaded once."""


def state(server: Served, devtools: CDPSession) -> dict[str, float]:
    """MB of the server and of the browser's heap, nodes and listeners of the page."""
    devtools.send("HeapProfiler.collectGarbage")
    counted = devtools.send("Performance.getMetrics")["metrics"]
    found = {each["name"]: each["value"] for each in counted}
    return {
        "server_mb": round(server.rss_mb(), 1),
        "heap_mb": round(found["JSHeapUsedSize"] / 1e6, 2),
        "nodes": found["Nodes"],
        "listeners": found["JSEventListeners"],
    }


def visit(clicks: int) -> dict[str, dict[str, float]]:
    """State before and after ``clicks`` clicks on one territory after another."""
    with started(OURS) as server, chromium() as browser, reader(browser) as context:
        opened = Visit(context, OURS, server.address)
        opened.open()
        wait_until_at_rest(server)
        devtools = context.new_cdp_session(opened.page)
        devtools.send("Performance.enable")
        for code in islice(cycle(CLICKED), FIRST):
            opened.click(code)
        before = state(server, devtools)
        for code in islice(cycle(CLICKED), clicks):
            opened.click(code)
        opened.settle()
        return {"before": before, "after": state(server, devtools)}


def main() -> None:
    """Read the command line, click, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.long_visit", description=__doc__)
    parser.add_argument("--clicks", type=int, default=500, help="after the first 50 (500)")
    parser.add_argument("--out", type=Path, help="a file for the JSON")
    asked = parser.parse_args()
    found = visit(asked.clicks)
    contents = document(Results().measures()) | {"clicks": asked.clicks, "long_visit": found}
    print(json.dumps(found, indent=1))
    if asked.out:
        asked.out.write_text(json.dumps(contents, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
