"""Small things about processes of this machine: ports, programs, logs, and waiting."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

HOST = "127.0.0.1"

START_SECONDS = 120
"""How long a replica may take to answer, on a machine that is busy with much else."""

STOP_SECONDS = 30
"""How long a replica may take to end by itself; an orchestrator would end it then."""


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


def wait_until_answers(url: str, check: Callable[[], None] = lambda: None) -> None:
    """Wait until an address answers with success. Raises ``TimeoutError`` if it does not.

    ``check`` is called between attempts and raises if there is nothing to wait for any more.
    """
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError as error:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{url} did not answer in {START_SECONDS} s: {error}") from error
            check()
            time.sleep(0.1)


def wait_until_ended(process: subprocess.Popen[bytes]) -> None:
    """Wait until a process ends by itself; kill it when it takes longer than it may."""
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def tail(log: Path, lines: int = 20) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-lines:])
