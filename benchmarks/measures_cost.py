"""What a visit costs: bytes, processor time and memory of the server, the time to start it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack

from benchmarks.bench import Bench
from benchmarks.browser import Visit, reader
from benchmarks.crowd.server import Served
from benchmarks.servers import started
from benchmarks.targets import CLICKED, Target
from benchmarks.traffic import Traffic, as_on_a_phone

TIMES = 20
"""So many clicks and switches at once: processor time is counted in hundredths of a second."""

LOADS = 5
READERS = 20
IDLE_S = 10.0


def traffic(bench: Bench, target: Target, server: Served) -> None:
    """What a first visit, a second one, clicks and a switch bring over the wire."""
    add = bench.results.add
    with reader(bench.browser) as context:
        for temperature in ("cold", "warm"):
            visit = Visit(context, target, server.address)
            seen = Traffic(visit)
            visit.open()
            visit.settle()
            add(f"bytes_{temperature}", target.name, "KB", seen.since(0))
            add(f"requests_{temperature}", target.name, "requests", seen.requests)
            if temperature == "cold":
                visit.page.close()
        for code in CLICKED[:3]:
            before = seen.bytes
            visit.click(code)
            visit.settle()
            add("bytes_click", target.name, "KB", seen.since(before))
        for on in (False, True):
            before = seen.bytes
            visit.switch(on=on)
            visit.settle()
            add("bytes_switch", target.name, "KB", seen.since(before))


def processor(bench: Bench, target: Target, server: Served) -> None:
    """Processor time of the server for a click, a switch, a second visit, and for nothing."""
    with reader(bench.browser) as context:
        visit = Visit(context, target, server.address)
        visit.open()
        visit.settle()
        acts: dict[str, Callable[[int], object]] = {
            "cpu_click": lambda turn: visit.click(CLICKED[turn % len(CLICKED)]),
            "cpu_switch": lambda turn: visit.switch(on=bool(turn % 2)),
        }
        for measure, act in acts.items():
            before = server.cpu_s()
            for turn in range(TIMES):
                act(turn)
            visit.settle()
            used = (server.cpu_s() - before) / TIMES
            bench.results.add(measure, target.name, "ms", 1000 * used)
        before = server.cpu_s()
        for _ in range(LOADS):
            visit.page.close()
            visit = Visit(context, target, server.address)
            visit.open()
            visit.settle()
        bench.results.add("cpu_load", target.name, "ms", 1000 * (server.cpu_s() - before) / LOADS)
    before = server.cpu_s()
    time.sleep(IDLE_S)
    idle = 100 * (server.cpu_s() - before) / IDLE_S
    bench.results.add("cpu_idle", target.name, "percent of a core", idle)


def phone(bench: Bench, target: Target, server: Served) -> None:
    """A first visit on a phone."""
    with reader(bench.browser, phone=True) as context:
        visit = Visit(context, target, server.address)
        as_on_a_phone(visit)
        seen = Traffic(visit)
        for shown, ms in visit.open().items():
            bench.results.add(f"phone_{shown}", target.name, "ms", ms)
        visit.settle()
        bench.results.add("phone_bytes", target.name, "KB", seen.since(0))


def start(bench: Bench, target: Target) -> None:
    """From the start of the server to its first answer, and to the first page that is whole."""
    began = time.perf_counter()
    with started(target) as server, reader(bench.browser) as context:
        answered = server.first_answer_s
        Visit(context, target, server.address).open()
        bench.results.add("start_answer", target.name, "ms", 1000 * answered)
        whole = time.perf_counter() - began
        bench.results.add("start_page", target.name, "ms", 1000 * whole)


def memory(bench: Bench, target: Target) -> None:
    """Memory of a server that one reader has used, and what each reader more adds to it."""
    with started(target) as server:
        with reader(bench.browser) as context:
            visit = Visit(context, target, server.address)
            visit.open()
            for code in CLICKED:
                visit.click(code)
            visit.settle()
        idle = server.rss_mb()
        bench.results.add("rss_idle", target.name, "MB", idle)
        with ExitStack() as readers:
            for _ in range(READERS):
                context = readers.enter_context(reader(bench.browser))
                Visit(context, target, server.address).open()
            more = (server.rss_mb() - idle) / READERS
        bench.results.add("rss_session", target.name, "MB", more)
