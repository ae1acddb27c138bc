"""What a reader notices of abuse: ``python -m benchmarks.crowd.abuse``.

One replayed reader clicks twice a second, first in quiet, then beside each kind of abuse; goal:
within twice the quiet time. Abusers are a process of their own, so that the reader does not wait
for their work; on a machine with two cores the three share them all the same.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.crowd.abusers import ABUSES, abuse
from benchmarks.crowd.server import Served, ServedByMany
from benchmarks.crowd.tally import Tally, measure
from benchmarks.crowd.visitor import Habits, Visitor
from benchmarks.results import document
from benchmarks.servers import started
from benchmarks.targets import TARGETS

READS = Habits(every=0.5, weights={"click": 1.0})
"""A reader who clicks twice a second."""

WARM_S = 5.0


async def watch(served: Served, names: list[str], seconds: float) -> dict[str, dict[str, Any]]:
    """What the reader waits in quiet and beside each abuse, what became of it, memory in MB."""
    found: dict[str, dict[str, Any]] = {}
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
            print(f"{name}: {json.dumps({**found[name], 'click': None})}", flush=True)
            await asyncio.wait({staying}, timeout=WARM_S)  # what was begun ends
            if staying.done():
                staying.result()
                raise RuntimeError(
                    f"The reader was thrown out beside {name}: {reader.tally.errors}"
                )
    staying.cancel()
    return found


def _found(tally: Tally, told: dict[str, int], before: float, after: float) -> dict[str, Any]:
    click = measure(tally.waits["click"]) if tally.waits["click"] else None
    return {
        "median_ms": click and click["median"],
        "p95_ms": click and click["p95"],
        "errors": dict(tally.errors),
        "reconnects": tally.reconnects,
        "told": told,
        "rss_mb": [round(before, 1), round(after, 1)],
        "click": click,
    }


@contextmanager
def _served(asked: argparse.Namespace) -> Iterator[Served]:
    if asked.address:
        yield Served(asked.address, tuple(asked.pid))
    elif asked.replicas:
        from deploy.local import replicas

        with replicas(asked.replicas) as cluster:
            yield ServedByMany(cluster.address, cluster=cluster)
    else:
        with started(TARGETS["ours"]) as served:
            yield served


def main() -> None:
    """Abuse one server and tell what a reader noticed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crowd.abuse", description=__doc__)
    add = parser.add_argument
    add("names", nargs="*", default=[], help=f"of {', '.join(ABUSES)}; all without")
    add("--seconds", type=float, default=20, help="how long each takes")
    add("--replicas", type=int, default=0, help="so many behind nginx; without, one directly")
    add("--address", help="a server that runs already")
    add("--pid", type=int, nargs="*", default=[], help="its processes")
    add("--out", type=Path, help="a file for the JSON")
    asked = parser.parse_args()
    with _served(asked) as served:
        found = asyncio.run(watch(served, asked.names or list(ABUSES), asked.seconds))
    where = "nginx" if asked.replicas else "direct"
    measures = {f"click_beside_{name}.{where}": each.pop("click") for name, each in found.items()}
    contents = {**document(measures), "abuse": found}
    if asked.out:
        asked.out.write_text(json.dumps(contents, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
