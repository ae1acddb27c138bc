"""How time grows with size, against n log n."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

MOST_BEYOND = 1.0
"""The goal: time grows no faster than n log n."""


def milliseconds(work: Callable[[], object], rounds: int) -> list[float]:
    """How long ``work`` takes, each of so many times, after once that warms up."""
    work()
    found = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - begun))
    return found


def beyond_n_log_n(sizes: tuple[int, int], times: tuple[float, float]) -> float:
    """How many times more the time grew than n log n did.

    ``sizes`` and ``times``: of the smaller and the larger case.
    """
    small, large = sizes
    allowed = large * math.log(large) / (small * math.log(small))
    return times[1] / times[0] / allowed
