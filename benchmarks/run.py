"""One run: servers and browser are started, then targets take turns, measure by measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import Any

from benchmarks.bench import Bench
from benchmarks.browser import Visit, chromium, reader
from benchmarks.measures import MEASURES, Measure
from benchmarks.results import Record
from benchmarks.servers import Served, behind_nginx, started, wait_until_at_rest
from benchmarks.targets import PROXIED, Target
from serving.encodings import THOROUGH


def run(
    rounds: int,
    only: Sequence[str],
    targets: Sequence[Target],
    into: Path,
    behind: Served | None = None,
) -> dict[str, Any]:
    """Measure ``targets``; gives the contents of the file ``into``, written after every turn.

    ``behind``: where the dashboard answers behind its proxy; if it is not given and that target is
    asked for, a proxy and one replica are started.
    """
    with chromium() as browser:
        bench = Bench(browser, Record.begin(into, browser.version))
        wanted = {name: MEASURES[name] for name in MEASURES if name in only}
        for name, measure in wanted.items():
            if measure.afresh:
                for target in _turns(name, measure, targets, rounds):
                    measure.afresh(bench, target)
                    bench.keep()
        _on_running_servers(bench, wanted, targets, rounds, behind)
        return bench.keep()


def _on_running_servers(
    bench: Bench,
    wanted: dict[str, Measure],
    targets: Sequence[Target],
    rounds: int,
    behind: Served | None,
) -> None:
    measures = {name: measure for name, measure in wanted.items() if measure.once}
    needed = {name for measure in measures.values() for name in measure.targets}
    with ExitStack() as running:
        servers = {}
        for target in targets:
            if target.name in needed:
                servers[target.name] = running.enter_context(_served(target, behind))
        for target in targets:
            if target.name in needed:
                _warm(bench, target, servers[target.name])
        for name, measure in measures.items():
            for target in _turns(name, measure, targets, rounds):
                assert measure.once
                measure.once(bench, target, servers[target.name])
                bench.keep()


def _warm(bench: Bench, target: Target, server: Served) -> None:
    """Let somebody see the page, and the server do what it does once."""
    with reader(bench.browser) as context:
        Visit(context, target, server.address).open()
    wait_until_at_rest(server)


def _turns(name: str, measure: Measure, targets: Sequence[Target], rounds: int) -> Iterator[Target]:
    """The targets of a measure, round by round, each round beginning with another one."""
    mine = [target for target in targets if target.name in measure.targets]
    for turn in range(min(rounds, measure.most_rounds) if mine else 0):
        print(f"{name}: round {turn + 1}", flush=True)
        first = turn % len(mine)
        yield from mine[first:] + mine[:first]


def _served(target: Target, behind: Served | None) -> AbstractContextManager[Served]:
    if target.name != PROXIED.name:
        return started(target)
    # Packed as images are built.
    return nullcontext(behind) if behind else behind_nginx(1, THOROUGH)
