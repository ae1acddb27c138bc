"""One run: servers and browser are started, then targets take turns, measure by measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from benchmarks.bench import Bench
from benchmarks.browser import Visit, chromium, reader
from benchmarks.crowd.server import Served
from benchmarks.measures import MEASURES, Measure
from benchmarks.results import document
from benchmarks.servers import started, wait_until_at_rest
from benchmarks.targets import PROXIED, Target


def run(
    rounds: int, only: Sequence[str], targets: Sequence[Target], behind: str | None = None
) -> dict[str, Any]:
    """Measure ``targets``; gives the contents of a file of results.

    ``behind``: the address at which the dashboard answers behind its proxy; if it is not given and
    that target is asked for, a proxy and one replica are started.
    """
    with chromium() as browser:
        bench = Bench(browser)
        wanted = {name: MEASURES[name] for name in MEASURES if name in only}
        for name, measure in wanted.items():
            if measure.afresh:
                for target in _turns(name, measure, targets, rounds):
                    measure.afresh(bench, target)
        if any(measure.once for measure in wanted.values()):
            _on_running_servers(bench, wanted, targets, rounds, behind)
        return document(bench.results.measures(), browser.version)


def _on_running_servers(
    bench: Bench,
    wanted: dict[str, Measure],
    targets: Sequence[Target],
    rounds: int,
    behind: str | None,
) -> None:
    with ExitStack() as running:
        servers = {}
        for target in targets:
            server = running.enter_context(_served(target, behind))
            with reader(bench.browser) as context:
                Visit(context, target, server.address).open()
            wait_until_at_rest(server)
            servers[target.name] = server
        for name, measure in wanted.items():
            if measure.once:
                for target in _turns(name, measure, targets, rounds):
                    measure.once(bench, target, servers[target.name])


def _turns(name: str, measure: Measure, targets: Sequence[Target], rounds: int) -> Iterator[Target]:
    """The targets of a measure, round by round, each round beginning with another one."""
    mine = [target for target in targets if target.name in measure.targets]
    for turn in range(min(rounds, measure.most_rounds) if mine else 0):
        print(f"{name}: round {turn + 1}", flush=True)
        first = turn % len(mine)
        yield from mine[first:] + mine[:first]


@contextmanager
def _served(target: Target, behind: str | None) -> Iterator[Served]:
    if target.name != PROXIED.name:
        with started(target) as server:
            yield server
    elif behind:
        yield Served(behind)
    else:
        from deploy.local import replicas

        with replicas(1, quality=11) as cluster:  # as images are built
            yield Served(cluster.address, (cluster.pid(0),))
