"""What a visit costs: bytes, processor time and memory of the server, the time to start it."""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.bench import Bench
from benchmarks.browser import Visit, reader
from benchmarks.servers import Served, started, wait_until_at_rest
from benchmarks.targets import CLICKED, OURS, Target
from benchmarks.traffic import Traffic, as_on_a_phone

OURS_TIMES, PEERS_TIMES = (20, 10, 5), (6, 4, 2)
"""So many clicks, switches and visits one after another: processor time is counted in hundredths
of a second. Peers need fewer, as each takes them longer."""

REST_S = 20.0


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
    """Processor time of the server for a click, a switch, a second visit, and for nothing.

    What it takes at rest all the while, looking whether there is something to do, is not counted.
    Nothing is done before the run of what was done last has ended, as few readers would: the
    server would leave out runs that the next click makes needless.
    """
    with reader(bench.browser) as context:
        visit = Visit(context, target, server.address)
        visit.open()
        visit.settle()
        visit.click(CLICKED[-1])  # what the first click fetches is no other's cost
        visit.settle()
        wait_until_at_rest(server)
        at_rest = _at_rest(server)
        bench.results.add("cpu_idle", target.name, "percent of a core", 100 * at_rest)
        clicks, switches, visits = OURS_TIMES if target == OURS else PEERS_TIMES

        def load(_turn: int) -> None:
            nonlocal visit
            visit.page.close()
            visit = Visit(context, target, server.address)
            visit.open()

        acts: dict[str, tuple[int, Callable[[int], object]]] = {
            "cpu_click": (clicks, lambda turn: visit.click(CLICKED[turn % len(CLICKED)])),
            "cpu_switch": (switches, lambda turn: visit.switch(on=bool(turn % 2))),
            "cpu_load": (visits, load),
        }
        for measure, (times, act) in acts.items():
            before, began = server.cpu_s(), time.perf_counter()
            for turn in range(times):
                act(turn)
                visit.settle()
            used = server.cpu_s() - before - at_rest * (time.perf_counter() - began)
            bench.results.add(measure, target.name, "ms", 1000 * used / times)


def _at_rest(server: Served) -> float:
    """The share of a core that it takes while nobody asks anything of it."""
    before = server.cpu_s()
    time.sleep(REST_S)
    return (server.cpu_s() - before) / REST_S


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
        answered = time.perf_counter() - began
        Visit(context, target, server.address).open()
        bench.results.add("start_answer", target.name, "ms", 1000 * answered)
        whole = time.perf_counter() - began
        bench.results.add("start_page", target.name, "ms", 1000 * whole)
