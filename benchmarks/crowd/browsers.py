"""Real browsers in a crowd, timed inside: ``python -m benchmarks.crowd.browsers ADDRESS``.

A process of its own, so that replayed readers and browsers do not wait for each other.
"""

from __future__ import annotations

import argparse
import json
import time
from contextlib import ExitStack
from itertools import cycle

from benchmarks.browser import Visit, chromium, reader
from benchmarks.targets import CLICKED, TARGETS


def clicks(address: str, browsers: int, seconds: float, every: float) -> list[float]:
    """Readers who click in turn, each every so often; ms from each click to its clause drawn."""
    waits = []
    with chromium() as browser, ExitStack() as contexts:
        visits = []
        for _ in range(browsers):
            context = contexts.enter_context(reader(browser))
            visits.append(Visit(context, TARGETS["ours"], address))
            visits[-1].open()
            visits[-1].settle()
        end = time.monotonic() + seconds
        turns = zip(cycle(visits), cycle(CLICKED * browsers), strict=False)
        while time.monotonic() < end:
            visit, code = next(turns)
            waits.append(visit.click(code)["clause"]["ms"])
            visit.page.wait_for_timeout(1000 * every / browsers)
    return waits


def main() -> None:
    """Print the waits as a JSON list."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crowd.browsers")
    parser.add_argument("address")
    parser.add_argument("--browsers", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--every", type=float, default=5)
    asked = parser.parse_args()
    print(json.dumps(clicks(asked.address, asked.browsers, asked.seconds, asked.every)))


if __name__ == "__main__":
    main()
