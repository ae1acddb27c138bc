"""What a crowd visits, as the command line says: a server of ours, replicas, or one that runs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.servers import Served, behind_nginx, started
from benchmarks.targets import TARGETS


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that :func:`visited` reads."""
    add = parser.add_argument
    add("--replicas", type=int, default=0, help="serve it by so many behind nginx")
    add("--address", help="a server that runs already, with --pid; else one is started")
    add("--pid", type=int, nargs="*", default=[], help="its processes, to count what they take")


@contextmanager
def visited(
    asked: argparse.Namespace, target: str = "ours", *, limits: bool = False
) -> Iterator[Served]:
    """The server that is asked for; one that was started ends with the block.

    ``limits``: whether nginx, where it is started, has those that it is deployed with.
    """
    if asked.address:
        yield Served(asked.address, tuple(asked.pid))
    elif asked.replicas:
        with behind_nginx(asked.replicas, limits=limits) as served:
            yield served
    else:
        with started(TARGETS[target]) as served:
            yield served
