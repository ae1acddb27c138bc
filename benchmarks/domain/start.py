"""From the start of the server's process to its first answers."""

from __future__ import annotations

import asyncio
import time
import urllib.request

from benchmarks.crowd.tally import Tally
from benchmarks.crowd.visitor import Habits, Visitor
from benchmarks.servers import started
from benchmarks.targets import OURS


def starts() -> dict[str, float]:
    """Seconds from the start of a server to its health answer, its page, and a reader's first run.

    The processor seconds that it took until then beside them: a busy machine stretches the others.
    """
    begun = time.monotonic()
    with started(OURS, path="/_stcore/health") as served:
        found = {"start_to_health": time.monotonic() - begun}
        with urllib.request.urlopen(served.address, timeout=60):
            found["start_to_page"] = time.monotonic() - begun
        tally, habits = Tally(), Habits(every=1, weights={"click": 1})
        asyncio.run(Visitor(0, served.address, habits, tally).stay(time.monotonic()))
        if tally.errors:
            raise RuntimeError(f"the first page did not open: {dict(tally.errors)}")
        found["start_to_first_run"] = time.monotonic() - begun
        found["start_cpu"] = served.cpu_s()
    return found
