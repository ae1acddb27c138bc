"""From the start of the server's process to its first answers."""

from __future__ import annotations

import asyncio
import subprocess
import tempfile
import time
import urllib.request

from benchmarks.crowd.server import free_port, wait_for_answer
from benchmarks.crowd.tally import Tally
from benchmarks.crowd.visitor import Habits, Visitor
from benchmarks.machine import ROOT
from benchmarks.targets import TARGETS


def starts() -> dict[str, float]:
    """Seconds from the start of a server to its health answer, its page, and a reader's first run.

    The processor seconds that it took until then beside them: a busy machine stretches the others.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    begun = time.monotonic()
    with (
        tempfile.TemporaryFile() as printed,
        subprocess.Popen(
            TARGETS["ours"].command(port), cwd=ROOT, stdout=printed, stderr=printed
        ) as process,
    ):
        try:
            wait_for_answer(f"{address}/_stcore/health", process)
            found = {"start_to_health": time.monotonic() - begun}
            with urllib.request.urlopen(address, timeout=60):
                found["start_to_page"] = time.monotonic() - begun
            tally = Tally()
            nothing = Habits(every=1, weights={"click": 1})
            asyncio.run(Visitor(0, address, nothing, tally).stay(time.monotonic()))
            if tally.errors:
                raise RuntimeError(f"the first page did not open: {dict(tally.errors)}")
            found["start_to_first_run"] = time.monotonic() - begun
            found["start_cpu"] = _cpu_s(process.pid)
        finally:
            process.terminate()
    return found


def _cpu_s(pid: int) -> float:
    import psutil

    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)
