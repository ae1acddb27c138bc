"""A crowd: readers who come in one after another, act for some minutes, and are counted."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import psutil

from benchmarks.crowd.tally import Tally
from benchmarks.crowd.visitor import Habits, Visitor
from benchmarks.servers import Served


@dataclass(frozen=True)
class Crowd:
    """How many readers for how many minutes; ``stay_s``: how long each stays on the mean.

    Without ``stay_s`` all stay to the end. ``arrivals``: how many come in a second.
    ``disturb_min``: how often the server is disturbed (:func:`run`).
    """

    sessions: int
    minutes: float
    habits: Habits
    stay_s: float | None = None
    arrivals: float = 5.0
    disturb_min: float | None = None

    @property
    def ramp_s(self) -> float:
        """Until all are in and have looked round."""
        return self.sessions / self.arrivals + 2 * self.habits.every


@dataclass(frozen=True)
class Taken:
    """What a run took beside the readers' waits.

    Processor seconds of server and generator while all were there; the server's memory in MB
    before anybody came, when all were there, and after each minute.
    """

    server_s: float
    generator_s: float
    rss_mb: list[float]

    def told(self, crowd: Crowd, tally: Tally) -> dict[str, Any]:
        """The same as a result file has it."""
        acts = tally.acts()
        # A process that was killed has taken its count of seconds with it.
        counted = acts and crowd.disturb_min is None
        return {
            "sessions": crowd.sessions,
            "minutes": crowd.minutes,
            "every_s": crowd.habits.every,
            "opened": tally.opened,
            "reconnects": tally.reconnects,
            "errors": dict(tally.errors),
            "acts": acts,
            "server_cpu_ms_an_act": round(1000 * self.server_s / acts, 2) if counted else None,
            "generator_cpu_share": round(self.generator_s / (60 * crowd.minutes), 3),
            "rss_mb": [round(each, 1) for each in self.rss_mb],
        }


async def run(
    crowd: Crowd, served: Served, disturb: Callable[[int], None] | None = None
) -> tuple[Tally, Taken]:
    """Let the crowd in and count; a line is printed each minute.

    ``disturb`` is called with 0, 1, 2 … every ``crowd.disturb_min`` minutes, as by a killer of
    replicas.
    """
    tally, numbers = Tally(begun=time.monotonic() + crowd.ramp_s), count()
    empty = served.rss_mb()
    async with asyncio.TaskGroup() as group:
        for seat in range(crowd.sessions):
            group.create_task(_seat(seat, crowd, served.address, tally, numbers))
        await asyncio.sleep(crowd.ramp_s)
        server, generator = served.cpu_s(), _own_cpu_s()
        if disturb and crowd.disturb_min:
            group.create_task(_disturb(crowd, tally, disturb))
        memory = await _each_minute(crowd, served, tally)
        server, generator = served.cpu_s() - server, _own_cpu_s() - generator
    return tally, Taken(server, generator, [empty, *memory])


def _own_cpu_s() -> float:
    times = psutil.Process().cpu_times()
    return times.user + times.system


async def _each_minute(crowd: Crowd, served: Served, tally: Tally) -> list[float]:
    """Wait to the end; the server's memory in MB at the beginning and after each minute."""
    memory, end = [served.rss_mb()], tally.begun + 60 * crowd.minutes
    for minute in range(int(crowd.minutes)):
        await asyncio.sleep(tally.begun + 60 * (minute + 1) - time.monotonic())
        memory.append(served.rss_mb())
        print(f"{tally.line(minute)}; {memory[-1]:.0f} MB", flush=True)
    await asyncio.sleep(max(end - time.monotonic(), 0))
    return memory


async def _disturb(crowd: Crowd, tally: Tally, disturb: Callable[[int], None]) -> None:
    period = 60 * (crowd.disturb_min or 0)
    for turn in range(int(60 * crowd.minutes // period)):
        await asyncio.sleep(tally.begun + (turn + 0.5) * period - time.monotonic())
        disturb(turn)


async def _seat(seat: int, crowd: Crowd, address: str, tally: Tally, numbers: count[int]) -> None:
    """One place in the crowd: somebody sits there from their arrival to the end."""
    end = tally.begun + 60 * crowd.minutes
    await asyncio.sleep(seat / crowd.arrivals)
    while (now := time.monotonic()) < end:
        number = next(numbers)
        stay = random.Random(number).expovariate(1 / crowd.stay_s) if crowd.stay_s else end - now
        await Visitor(number, address, crowd.habits, tally).stay(min(now + stay, end))
        await asyncio.sleep(crowd.habits.every)  # nobody comes at once, also if the page fails
