"""Memory: of a server that one reader has used, and what each reader more adds to it.

What a reader adds is small beside what a server allocates and gives back by itself; so it is the
slope over many readers who all stay, each reading taken once the server is at rest. Readers are
replayed ones, so that no browser competes for the memory.
"""

from __future__ import annotations

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.bench import Bench
from benchmarks.browser import Visit, reader
from benchmarks.crowd.screen import MAP
from benchmarks.crowd.tally import Tally
from benchmarks.crowd.visitor import Habits, Visitor
from benchmarks.servers import Served, started, wait_until_at_rest
from benchmarks.stats import slope_between
from benchmarks.targets import CLICKED, OURS, Target


@dataclass(frozen=True)
class Readers:
    """How many are there at each reading, the first ones to warm up; what each does, how often."""

    steps: tuple[int, ...]
    clicks: int
    habits: Habits


_PEERS = Readers((5, 10, 15, 20), 3, Habits(every=1, weights={"click_peer": 1}, opens=MAP))
"""Fewer, who click less: a click on theirs takes the server as long as some fifty of ours."""

READERS = {
    OURS.name: Readers((20, 40, 70, 100), 9, Habits(every=1, weights={"click": 1})),
    "usual": _PEERS,
    "tuned": _PEERS,
}
"""Only Streamlit's readers can be replayed."""


def memory(bench: Bench, target: Target) -> None:
    """Memory after one reader; and what each reader more adds, where readers can be replayed."""
    with started(target) as server:
        with reader(bench.browser) as context:
            visit = Visit(context, target, server.address)
            visit.open()
            for code in CLICKED:
                visit.settle()
                visit.click(code)
            visit.settle()
        wait_until_at_rest(server)
        bench.results.add("rss_idle", target.name, "MB", server.rss_mb())
        if target.name in READERS:
            with ThreadPoolExecutor(1) as elsewhere:  # Playwright's own loop runs in this thread
                work = readings(server, READERS[target.name])
                found = elsewhere.submit(asyncio.run, work).result()
            _note(bench, target, READERS[target.name].steps, found)


async def readings(server: Served, readers: Readers) -> list[float]:
    """The server's own memory in MB at each step; all readers click the same, and stay.

    Raises ``RuntimeError`` if a reader was not answered rightly.
    """
    tally, found = Tally(), []
    async with AsyncExitStack() as here:
        for before, now in pairwise((0, *readers.steps)):
            for number in range(before, now):
                visitor = Visitor(number, server.address, readers.habits, tally)
                visitor.chance = random.Random(0)  # all click the same
                await here.enter_async_context(visitor.visit())
                for _ in range(readers.clicks):
                    await visitor.act()
            await asyncio.to_thread(wait_until_at_rest, server)
            found.append(server.uss_mb())
    if tally.errors:
        raise RuntimeError(f"Replayed readers were not answered rightly: {dict(tally.errors)}")
    return found


def _note(bench: Bench, target: Target, steps: tuple[int, ...], found: list[float]) -> None:
    print(f"{target.name}: {', '.join(f'{mb:.1f}' for mb in found)} MB with {steps} readers")
    least, by, most = slope_between(steps, found)
    name, unit = "uss_session", "MB"
    if least > 0:
        bench.results.add(name, target.name, unit, by)
    elif most > 0:  # cannot be told from nothing
        bench.results.add_bound(name, target.name, unit, most)
    else:
        raise RuntimeError(f"Memory fell while readers came, so it was no measure: {found} MB.")
