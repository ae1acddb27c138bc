"""What a reader waits for: opening the page, clicking a territory, switching a layer."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.bench import Bench
from benchmarks.browser import Visit, reader
from benchmarks.servers import Served
from benchmarks.targets import CLICKED, UNTOUCHED, Target


def loads(bench: Bench, target: Target, server: Served) -> None:
    """A first visit with nothing cached, and a second one in the same browser."""
    with reader(bench.browser) as context:
        for temperature in ("cold", "warm"):
            visit = Visit(context, target, server.address)
            for shown, ms in visit.open().items():
                bench.results.add(f"{temperature}_{shown}", target.name, "ms", ms)
            visit.settle()
            visit.page.close()


def clicks(bench: Bench, target: Target, server: Served) -> None:
    """A click on each of some territories, one after another."""
    with reader(bench.browser) as context:
        visit = Visit(context, target, server.address)
        visit.open()
        for code in CLICKED:
            visit.settle()
            found = visit.click(code)
            bench.results.add("click_clause", target.name, "ms", found["clause"]["ms"])
            if "highlight" in found:
                ms, frames = found["highlight"]["ms"], found["highlight"]["frames"]
                bench.results.add("click_highlight", target.name, "ms", ms)
                bench.results.add("click_highlight_frames", target.name, "frames", frames)


def switches(bench: Bench, target: Target, server: Served) -> None:
    """A layer switched off and on again, twice."""
    with reader(bench.browser) as context:
        visit = Visit(context, target, server.address)
        visit.open()
        for on in (False, True, False, True):
            visit.settle()
            bench.results.add("switch_map", target.name, "ms", visit.switch(on=on))


def camera(bench: Bench, target: Target, server: Served) -> None:
    """The share of clicks and switches after which a map that was zoomed in is where it was."""
    with reader(bench.browser) as context:
        visit = Visit(context, target, server.address)
        visit.open()
        visit.settle()
        visit.page.evaluate("bench.zoomIn()")
        acts: list[Callable[[], object]] = [
            lambda: visit.click("UA-53"),
            lambda: visit.switch(on=False),
            lambda: visit.click("UA-71"),
            lambda: visit.switch(on=True),
        ]
        kept = []
        for act in acts:
            visit.settle()
            before = visit.box_of(UNTOUCHED)
            act()
            visit.settle()
            after = visit.box_of(UNTOUCHED)
            kept.append(all(abs(a - b) < 1 for a, b in zip(before, after, strict=True)))
        bench.results.add("camera_kept", target.name, "share", sum(kept) / len(kept))
