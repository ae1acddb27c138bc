"""Replicas behind nginx on this machine: ``python -m deploy.local --replicas 3 --port 8600``.

What an orchestrator does is done here by a thread: a replica that ends is started again. Tests and
benchmarks use the same::

    with replicas(3) as cluster:
        cluster.kill(0)
        cluster.wait_until_ready()
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deploy.processes import (
    HOST,
    START_SECONDS,
    free_ports,
    nginx,
    tail,
    wait_until_answers,
    wait_until_ended,
)
from deploy.proxy import Limits, Proxy, Replica, configure
from deploy.static import export
from serving.encodings import QUICK
from serving.errors import SettingError
from serving.settings import read_settings

ROOT = Path(__file__).parents[1]

QUICK_SECONDS = 20
"""A replica that ends by a fault of its own within this time has hardly served."""

QUICK_EXITS = 3
"""So many of them in a row are no accident: it is not started again."""


class ClusterError(RuntimeError):
    """A replica or nginx cannot go on; the text says which, and shows the end of its log."""


class Cluster:
    """nginx and its replicas, counted from 0; made by :func:`replicas`."""

    def __init__(self, folder: Path, ports: list[int], port: int, extra: Mapping[str, str]):
        self.folder = folder
        self.ports = ports
        self.address = f"http://{HOST}:{port}"
        self.restarts = [0] * len(ports)
        self.fault: str | None = None
        self._environment = {**os.environ, **extra}
        self._processes: list[subprocess.Popen[bytes]] = []
        self._started = [0.0] * len(ports)
        self._quick_exits = [0] * len(ports)
        self._proxy: subprocess.Popen[bytes] | None = None
        self._ending = threading.Event()
        self._supervisor = threading.Thread(target=self._supervise, daemon=True)

    def start(self, configuration: Path) -> None:
        """Start everything and wait until all of it answers.

        Raises :class:`ClusterError` if nginx is missing or refuses ``configuration``, or if
        something does not stay or does not answer in time.
        """
        try:
            self._start(configuration)
        except subprocess.CalledProcessError as error:
            raise ClusterError(f"nginx refuses its configuration:\n{error.stderr}") from error
        except (FileNotFoundError, TimeoutError) as error:
            raise ClusterError(str(error)) from error

    def _start(self, configuration: Path) -> None:
        run = [nginx(), "-p", str(self.folder), "-c", str(configuration)]
        subprocess.run([*run, "-t", "-q"], check=True, stderr=subprocess.PIPE, text=True)
        for index in range(len(self.ports)):
            self._processes.append(self._replica(index))
        self._proxy = subprocess.Popen([*run, "-g", "daemon off;"])
        self._supervisor.start()
        self.wait_until_ready()
        wait_until_answers(f"{self.address}/_stcore/health", self.check)

    def check(self) -> None:
        """Raises :class:`ClusterError` once a replica does not stay or nginx has ended."""
        if self.fault:
            raise ClusterError(self.fault)

    def stop(self) -> None:
        """End everything; what does not end by itself is killed."""
        self._ending.set()
        if self._supervisor.is_alive():
            self._supervisor.join()
        running = [*self._processes, *([self._proxy] if self._proxy else [])]
        for process in running:
            process.terminate()
        for process in running:
            wait_until_ended(process)

    def kill(self, index: int) -> None:
        """End a replica as a crash would (SIGKILL); it is started again."""
        self._processes[index].kill()

    def terminate(self, index: int) -> None:
        """Ask a replica to end (SIGTERM); it is started again."""
        self._processes[index].terminate()

    def drain(self, index: int) -> None:
        """Ask a replica to end and wait until a new one answers in its place."""
        process = self._processes[index]
        process.terminate()
        wait_until_ended(process)
        self._wait_for_another(index, process)
        self.wait_until_ready(index)

    def rolling_restart(self) -> None:
        """Drain one replica after another, as for a new version.

        The last one first: its readers go on at the next one, which is the first; all others go
        on at one that is new already.
        """
        for index in reversed(range(len(self.ports))):
            self.drain(index)

    def wait_until_ready(self, index: int | None = None) -> None:
        """Wait until a replica, or each of them, takes readers."""
        for port in self.ports if index is None else [self.ports[index]]:
            wait_until_answers(f"http://{HOST}:{port}/readyz", self.check)

    def pid(self, index: int) -> int:
        """The process of a replica."""
        return self._processes[index].pid

    def _replica(self, index: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "streamlit", "run", "serve.py"]
        place = ["--server.address", HOST, "--server.port", str(self.ports[index])]
        self._started[index] = time.monotonic()
        with self._log(index).open("ab") as log:
            return subprocess.Popen(
                [*command, *place], cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )

    def _log(self, index: int) -> Path:
        return self.folder / f"replica-{index}.log"

    def _supervise(self) -> None:
        try:
            while self.fault is None and not self._ending.wait(0.2):
                self._look_after_all()
        except Exception as error:
            # Else the thread would end with it, and nobody would hear of a replica that ends.
            self.fault = f"Replicas can no longer be started again: {error!r}"

    def _look_after_all(self) -> None:
        for index, process in enumerate(self._processes):
            if process.poll() is not None:
                self._start_again(index, process.returncode)
        if self._proxy and self._proxy.poll() is not None:
            errors = tail(self.folder / "error.log")
            self.fault = f"nginx ended ({self._proxy.returncode}). Its log:\n{errors}"

    def _start_again(self, index: int, returned: int) -> None:
        quick = time.monotonic() - self._started[index] < QUICK_SECONDS
        # A signal's number comes as a negative one: who sent it wanted this end.
        self._quick_exits[index] = self._quick_exits[index] + 1 if quick and returned > 0 else 0
        if self._quick_exits[index] == QUICK_EXITS:
            log = tail(self._log(index))
            self.fault = f"Replica {index} ended {QUICK_EXITS} times at once. Its log:\n{log}"
            return
        self._processes[index] = self._replica(index)
        self.restarts[index] += 1

    def _wait_for_another(self, index: int, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self._processes[index] is process:
            self.check()
            if time.monotonic() > deadline:
                raise TimeoutError(f"Replica {index} ended and was not started again.")
            self._ending.wait(0.05)


@contextmanager
def replicas(
    count: int = 3,
    port: int | None = None,
    limits: Limits | None = None,
    environment: Mapping[str, str] | None = None,
    quality: int = QUICK,
) -> Iterator[Cluster]:
    """Start ``count`` replicas and nginx; all end with the block.

    ``port``: of nginx, any free one without. ``limits``: wide ones without, since a crowd comes
    from one address here. ``environment``: settings for the replicas.
    ``quality``: how hard files are packed (:func:`deploy.static.export`).

    Raises ``SettingError`` for settings that cannot be meant, :class:`ClusterError` if a replica
    or nginx does not start.
    """
    environment = environment or {}
    read_settings({**os.environ, **environment})  # else every replica would end by their faults
    folder = Path(tempfile.mkdtemp(prefix="territory-"))
    *ports, free = free_ports(count + 1)
    secret = {"STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32)}
    cluster = Cluster(folder, ports, port or free, {**secret, **environment})
    try:
        export(folder / "static", quality)
        cluster.start(configure(_proxy(cluster, limits or Limits().for_one_machine())))
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder)


def _proxy(cluster: Cluster, limits: Limits) -> Proxy:
    return Proxy(
        folder=cluster.folder / "nginx",
        scratch=cluster.folder / "scratch",
        static=cluster.folder / "static",
        replicas=tuple(Replica(HOST, port) for port in cluster.ports),
        listen=cluster.address.removeprefix("http://"),
        access_log=str(cluster.folder / "access.log"),
        error_log=str(cluster.folder / "error.log"),
        workers="1",
        # Workers of a root's nginx belong to nobody else, who may not read a private folder.
        user="root root" if os.geteuid() == 0 else None,
        limits=limits,
    )


def main() -> None:
    """Run until SIGTERM or Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    parser.add_argument("--replicas", type=int, default=3)
    parser.add_argument("--port", type=int, help="of nginx; any free one without")
    asked = parser.parse_args()
    stopped = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: stopped.set())
    try:
        with replicas(asked.replicas, asked.port) as cluster:
            sys.stdout.write(f"{asked.replicas} replicas behind {cluster.address}\n")
            sys.stdout.write(f"Their logs until they end: {cluster.folder}\n")
            sys.stdout.flush()
            while not stopped.wait(0.5):
                cluster.check()
    except (SettingError, ClusterError) as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
