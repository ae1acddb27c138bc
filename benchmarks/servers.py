"""Targets as processes on free ports."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.crowd.server import Served, free_port
from benchmarks.machine import ROOT
from benchmarks.targets import Target

LONGEST_START_S = 120.0
LONGEST_REST_S = 300.0
AT_REST = 0.05
"""A server that uses less than this part of a core does nothing for anybody."""


@dataclass(frozen=True)
class Started(Served):
    """A server that was just started, and the seconds until it answered its first page."""

    first_answer_s: float = 0.0


@contextmanager
def started(target: Target) -> Iterator[Started]:
    """A server of the target on a free port; ended afterwards.

    Raises ``RuntimeError`` with the end of what it printed if it does not answer.
    """
    port = free_port()
    command = target.command(port)
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryDirectory() as elsewhere:
        process = subprocess.Popen(
            command,
            cwd=ROOT if target.at_home else elsewhere,  # Streamlit reads settings of its folder
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            yield Started(address, (process.pid,), _first_answer(address, process))
        except RuntimeError as error:
            printed.seek(0)
            error.add_note(printed.read()[-2000:].decode(errors="replace"))
            raise
        finally:
            _end(process)


def _first_answer(address: str, process: subprocess.Popen[bytes]) -> float:
    """Seconds until the page is answered. Raises ``RuntimeError`` if that does not happen."""
    began = time.perf_counter()
    while time.perf_counter() - began < LONGEST_START_S and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=LONGEST_START_S):
                return time.perf_counter() - began
        except OSError:  # nobody listens yet, or whoever does is not ready
            time.sleep(0.01)
    raise RuntimeError(f"The server at {address} did not answer; this is what it printed:")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end; a server that first waits for its readers is not waited for."""
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_until_at_rest(server: Served) -> None:
    """Wait until a server has done what it does once, such as compressing its files.

    Raises ``TimeoutError`` if it goes on and on.
    """
    deadline = time.perf_counter() + LONGEST_REST_S
    while time.perf_counter() < deadline:
        before = server.cpu_s()
        time.sleep(1)
        if server.cpu_s() - before < AT_REST:
            return
    raise TimeoutError(f"The server at {server.address} is still busy after {LONGEST_REST_S:g} s.")
