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
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from deploy.proxy import Limits, Proxy, Replica, configure
from deploy.static import export

ROOT = Path(__file__).parents[1]

HOST = "127.0.0.1"

START_SECONDS = 120
"""How long a replica may take to answer, on a machine that is busy with much else."""

STOP_SECONDS = 30
"""How long a replica may take to end by itself; an orchestrator would end it then."""

QUALITY = 5
"""Of Brotli: a trial starts at once, a build compresses harder."""


class Cluster:
    """nginx and its replicas, counted from 0; made by :func:`replicas`."""

    def __init__(self, folder: Path, ports: list[int], port: int, extra: Mapping[str, str]):
        self.folder = folder
        self.ports = ports
        self.address = f"http://{HOST}:{port}"
        self.restarts = [0] * len(ports)
        self._environment = {**os.environ, **extra}
        self._processes: list[subprocess.Popen[bytes]] = []
        self._proxy: subprocess.Popen[bytes] | None = None
        self._ending = threading.Event()
        self._supervisor = threading.Thread(target=self._supervise, daemon=True)

    def start(self, configuration: Path) -> None:
        """Start everything and wait until all of it answers."""
        run = [nginx(), "-p", str(self.folder), "-c", str(configuration)]
        subprocess.run([*run, "-t", "-q"], check=True)
        self._processes = [self._replica(index) for index in range(len(self.ports))]
        self._proxy = subprocess.Popen([*run, "-g", "daemon off;"])
        self._supervisor.start()
        self.wait_until_ready()
        wait_until_answers(f"{self.address}/_stcore/health")

    def stop(self) -> None:
        """End everything; what does not end by itself is killed."""
        self._ending.set()
        if self._supervisor.is_alive():
            self._supervisor.join()
        running = [*self._processes, *([self._proxy] if self._proxy else [])]
        for process in running:
            process.terminate()
        for process in running:
            _wait_until_ended(process)

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
        _wait_until_ended(process)
        self._wait_for_another(index, process)
        self.wait_until_ready(index)

    def rolling_restart(self) -> None:
        """Drain one replica after another, as for a new version."""
        for index in range(len(self.ports)):
            self.drain(index)

    def wait_until_ready(self, index: int | None = None) -> None:
        """Wait until a replica, or each of them, takes readers."""
        for port in self.ports if index is None else [self.ports[index]]:
            wait_until_answers(f"http://{HOST}:{port}/readyz")

    def pid(self, index: int) -> int:
        """The process of a replica."""
        return self._processes[index].pid

    def rss(self) -> list[int]:
        """Memory of each replica in bytes; 0 for one that is just being started again."""
        return [_resident(process.pid) for process in self._processes]

    def _replica(self, index: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "streamlit", "run", "serve.py"]
        place = ["--server.address", HOST, "--server.port", str(self.ports[index])]
        with (self.folder / f"replica-{index}.log").open("ab") as log:
            return subprocess.Popen(
                [*command, *place], cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )

    def _supervise(self) -> None:
        while not self._ending.wait(0.2):
            for index, process in enumerate(self._processes):
                if process.poll() is not None:
                    self._processes[index] = self._replica(index)
                    self.restarts[index] += 1

    def _wait_for_another(self, index: int, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while self._processes[index] is process:
            if time.monotonic() > deadline:
                raise TimeoutError(f"Replica {index} ended and was not started again.")
            self._ending.wait(0.05)


@contextmanager
def replicas(
    count: int = 3,
    port: int | None = None,
    limits: Limits | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Cluster]:
    """Start ``count`` replicas and nginx; all end with the block.

    ``port``: of nginx, any free one without. ``limits``: wide ones without, since a crowd comes
    from one address here. ``environment``: settings for the replicas.
    """
    folder = Path(tempfile.mkdtemp(prefix="territory-"))
    *ports, free = free_ports(count + 1)
    secret = {"STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(32)}
    cluster = Cluster(folder, ports, port or free, {**secret, **(environment or {})})
    try:
        export(folder / "static", QUALITY)
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


def nginx() -> str:
    """Where nginx is; many systems keep it where only root looks."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        raise FileNotFoundError(
            "nginx is not installed. `make browser` installs it where apt-get is; elsewhere, put"
            " an nginx on the PATH."
        )
    return found


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens at, held together so that they differ."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind((HOST, 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def wait_until_answers(url: str) -> None:
    """Wait until an address answers with success. Raises ``TimeoutError`` if it does not."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError as error:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{url} did not answer in {START_SECONDS} s: {error}") from error
            time.sleep(0.1)


def _wait_until_ended(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _resident(pid: int) -> int:
    """Resident memory of a process in bytes."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return 0
    held = [line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")]
    return int(held[0]) * 1024 if held else 0  # one that has ended and is still known has none


def main() -> None:
    """Run until SIGTERM or Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local", description=__doc__)
    parser.add_argument("--replicas", type=int, default=3)
    parser.add_argument("--port", type=int, help="of nginx; any free one without")
    asked = parser.parse_args()
    stopped = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: stopped.set())
    with replicas(asked.replicas, asked.port) as cluster:
        sys.stdout.write(f"{asked.replicas} replicas behind {cluster.address}\n")
        sys.stdout.flush()
        stopped.wait()


if __name__ == "__main__":
    main()
