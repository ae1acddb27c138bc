"""What many measurements come to."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def median(values: Sequence[float]) -> float:
    """The middle one, or the mean of the two in the middle."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """What 95 in 100 stay below, between the two nearest values; of a single value, itself."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=20, method="inclusive")[-1]
