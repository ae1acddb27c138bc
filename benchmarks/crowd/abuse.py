"""What a reader notices of abuse: ``python -m benchmarks.crowd.abuse``.

One replayed reader clicks five times a second, first in quiet, then beside each kind of abuse;
the goal is that the median stays within twice the quiet one, and every answer is right. Abusers are
a process of their own, so that the reader does not wait for their work; on a machine with two cores
the three share them all the same. They have an address of their own, as nginx's limits count by it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.crowd.abusers import ABUSES, abuse
from benchmarks.crowd.tally import Tally, Waits, measure
from benchmarks.crowd.visited import add_options, visited
from benchmarks.crowd.visitor import Habits, Visitor
from benchmarks.results import Record
from benchmarks.servers import Served
from benchmarks.stats import median

READS = Habits(every=0.2, weights={"click": 1.0})
"""So that abuse which is over in seconds still falls beside dozens of clicks."""

WARM_S = 5.0

MOST_TIMES = 2.0
"""The goal: so many times the quiet median, at most."""


async def watch(
    served: Served, names: list[str], seconds: float
) -> tuple[dict[str, dict[str, Any]], dict[str, Waits]]:
    """In quiet and beside each abuse: what became of it and of the reader; the reader's waits."""
    found: dict[str, dict[str, Any]] = {}
    waits: dict[str, Waits] = {}
    reader = Visitor(0, served.address, READS, Tally())
    whole = WARM_S + 2 * seconds * (len(names) + 1) + 120
    staying = asyncio.create_task(reader.stay(time.monotonic() + whole))
    await asyncio.wait({staying}, timeout=WARM_S)
    loop, spawn = asyncio.get_running_loop(), multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        for name in ["quiet", *names]:
            reader.tally, before = Tally(), served.rss_mb()
            if name == "quiet":
                await asyncio.wait({staying}, timeout=seconds)
                told = {}
            else:
                told = dict(await loop.run_in_executor(pool, abuse, name, served.address, seconds))
            tally, reader.tally = reader.tally, Tally()
            found[name] = _found(tally, told, before, served.rss_mb())
            found[name]["met"] = met(found[name], found["quiet"])
            waits[name] = tally.waits["click"]
            print(f"{name}: {json.dumps(found[name])}", flush=True)
            await asyncio.wait({staying}, timeout=WARM_S)  # what was begun ends
            if staying.done():
                staying.result()
                raise RuntimeError(
                    f"The reader was thrown out beside {name}: {reader.tally.errors}"
                )
    staying.cancel()
    return found, waits


def _found(tally: Tally, told: dict[str, int], before: float, after: float) -> dict[str, Any]:
    waits = [wait for minute in tally.waits["click"].values() for wait in minute]
    return {
        "clicks": len(waits),
        "median_ms": round(median(waits), 2) if waits else None,
        "errors": dict(tally.errors),
        "reconnects": tally.reconnects,
        "told": told,
        "rss_mb": [round(before, 1), round(after, 1)],
    }


def met(found: dict[str, Any], quiet: dict[str, Any]) -> bool:
    """Whether the reader was answered rightly, and within twice the quiet time."""
    waited, before = found["median_ms"], quiet["median_ms"]
    return bool(waited and before and waited <= MOST_TIMES * before and not found["errors"])


def main() -> None:
    """Abuse one server and tell what a reader noticed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crowd.abuse", description=__doc__)
    add = parser.add_argument
    add("names", nargs="*", default=[], help=f"of {', '.join(ABUSES)}; all without")
    add("--seconds", type=float, default=20, help="how long each takes")
    add_options(parser)
    add("--out", type=Path, help="a file for the JSON")
    asked = parser.parse_args()
    record = Record.begin(asked.out)
    with visited(asked, limits=True) as served:
        found, waits = asyncio.run(watch(served, asked.names or list(ABUSES), asked.seconds))
    where = "nginx" if asked.replicas else "direct"
    measures = {
        f"click_beside_{name}.{where}": measure(each) for name, each in waits.items() if each
    }
    record.keep(measures, abuse=found)
    for name, each in found.items():
        print(f"{name}, within twice the quiet time: {'met' if each['met'] else 'NOT MET'}")


if __name__ == "__main__":
    main()
