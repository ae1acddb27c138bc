"""The server under test: started on a free port, or where it is; what it takes, and its rest."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil

from benchmarks.machine import ROOT
from deploy.processes import HOST, free_ports, wait_until_answers, wait_until_ended
from serving.encodings import QUICK

if TYPE_CHECKING:
    from benchmarks.targets import Target
    from deploy.local import Cluster

LONGEST_REST_S = 300.0
REST_S = 1.0
AT_REST = 0.05
"""A server that uses less than this part of a core does nothing for anybody."""


@dataclass(frozen=True)
class Served:
    """Where the page is served, and the processes that serve it."""

    address: str
    pids: tuple[int, ...]

    def processes(self) -> list[psutil.Process]:
        """They and their children. Raises ``RuntimeError`` if they are not known or have ended."""
        if not self.pids:
            raise RuntimeError(f"The server at {self.address}: its processes are not known.")
        if not all(map(_lives, self.pids)):
            raise RuntimeError(f"The server at {self.address} has ended.")
        found = [psutil.Process(pid) for pid in self.pids]
        return found + [child for each in found for child in each.children(recursive=True)]

    def cpu_s(self) -> float:
        """Processor seconds that they took so far, in user code and in the kernel."""
        return sum(sum(process.cpu_times()[:2]) for process in self.processes())

    def rss_mb(self) -> float:
        """Memory that they hold, in MB; what they share with others counts too."""
        return sum(process.memory_info().rss for process in self.processes()) / 1e6

    def uss_mb(self) -> float:
        """Memory that would be free if they ended, in MB."""
        return sum(process.memory_full_info().uss for process in self.processes()) / 1e6

    def keep_to(self, cores: Sequence[int]) -> None:
        """Keep every thread of theirs on some cores."""
        for process in self.processes():
            for thread in process.threads():
                os.sched_setaffinity(thread.id, cores)


@dataclass(frozen=True)
class ServedByMany(Served):
    """Replicas behind nginx; one that was killed comes again as another process."""

    cluster: Cluster

    def processes(self) -> list[psutil.Process]:
        """Those that live now: what is killed on purpose is no fault."""
        pids = (self.cluster.pid(index) for index in range(len(self.cluster.ports)))
        found = [psutil.Process(pid) for pid in pids if _lives(pid)]
        return found + [child for each in found for child in each.children(recursive=True)]

    def kill(self, turn: int) -> None:
        """Kill one replica, each in its turn."""
        self.cluster.kill(turn % len(self.cluster.ports))


def _lives(pid: int) -> bool:
    """Whether a process is there and has not ended; one that nobody asked about yet is both."""
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


@contextmanager
def behind_nginx(
    count: int, quality: int = QUICK, *, limits: bool = False
) -> Iterator[ServedByMany]:
    """The dashboard as it is deployed; ``quality`` of packing as in ``deploy.static.export``.

    ``limits``: whether nginx has those that it is deployed with; a crowd from one address has none.
    """
    from deploy.local import replicas
    from deploy.proxy import Limits

    usual = Limits() if limits else None
    with replicas(count, limits=usual, quality=quality) as cluster:
        yield ServedByMany(cluster.address, (), cluster)


@contextmanager
def started(target: Target, path: str = "") -> Iterator[Served]:
    """A server of the target on a free port, once it answers at ``path``; ended afterwards.

    Raises ``RuntimeError`` with the end of what it printed if it ends before that.
    """
    [port] = free_ports(1)
    address = f"http://{HOST}:{port}"
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryDirectory() as elsewhere:
        process = subprocess.Popen(
            target.command(port),
            cwd=ROOT if target.at_home else elsewhere,  # Streamlit reads settings of its folder
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=printed,
            stderr=subprocess.STDOUT,
        )

        def check() -> None:
            if process.poll() is not None:
                printed.seek(0)
                said = printed.read()[-2000:].decode(errors="replace")
                raise RuntimeError(f"The server at {address} did not start. It said:\n{said}")

        try:
            wait_until_answers(f"{address}{path}", check)
            yield Served(address, (process.pid,))
        finally:
            process.terminate()
            wait_until_ended(process)


def wait_until_at_rest(server: Served) -> None:
    """Wait until a server has done what it does once, such as compressing its files.

    Raises ``TimeoutError`` if it goes on and on, ``RuntimeError`` if it has ended.
    """
    deadline = time.perf_counter() + LONGEST_REST_S
    while time.perf_counter() < deadline:
        before = server.cpu_s()
        time.sleep(REST_S)
        if server.cpu_s() - before < AT_REST * REST_S:
            return
    raise TimeoutError(f"The server at {server.address} is still busy after {LONGEST_REST_S:g} s.")
