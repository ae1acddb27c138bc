"""The server under test: where it is, the processor time and memory it takes."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.error import URLError

import psutil

if TYPE_CHECKING:
    from deploy.local import Cluster

LONGEST_START_S = 60.0


@dataclass(frozen=True)
class Served:
    """Where the page is served, and the processes that serve it (none, if they are not ours)."""

    address: str
    pids: tuple[int, ...] = ()

    def serving(self) -> tuple[int, ...]:
        """The processes that serve now."""
        return self.pids

    def processes(self) -> list[psutil.Process]:
        """The same and their children, as far as they live."""
        found = [psutil.Process(pid) for pid in self.serving() if psutil.pid_exists(pid)]
        return found + [child for each in found for child in each.children(recursive=True)]

    def cpu_s(self) -> float:
        """Processor seconds that they took so far, in user code and in the kernel."""
        times = [process.cpu_times() for process in self.processes()]
        return sum(each.user + each.system for each in times)

    def rss_mb(self) -> float:
        """Memory that they hold, in MB."""
        return sum(process.memory_info().rss for process in self.processes()) / 1e6

    def keep_to(self, cores: Sequence[int]) -> None:
        """Keep every thread of theirs on some cores."""
        for process in self.processes():
            for thread in process.threads():
                os.sched_setaffinity(thread.id, cores)


@dataclass(frozen=True)
class ServedByMany(Served):
    """Replicas behind nginx; a replica that was killed comes again as another process."""

    cluster: Cluster | None = None

    def serving(self) -> tuple[int, ...]:
        """The replicas' processes now."""
        cluster = self.cluster
        return tuple(map(cluster.pid, range(len(cluster.ports)))) if cluster else ()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for_answer(address: str, process: subprocess.Popen[bytes]) -> float:
    """Seconds until ``address`` answers well. Raises :class:`RuntimeError` if it never does."""
    begun = time.monotonic()
    while time.monotonic() - begun < LONGEST_START_S and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return time.monotonic() - begun
        except URLError:
            time.sleep(0.02)
    raise RuntimeError(f"{address} does not answer; run the server by hand and read what it says.")
