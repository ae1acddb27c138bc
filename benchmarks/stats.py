"""What many measurements come to."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

import scipy.stats

FEWEST_FOR_P95 = 20
"""Among fewer values the 95th percentile is just the largest, and is not told."""


def median(values: Sequence[float]) -> float:
    """The middle one, or the mean of the two in the middle."""
    return statistics.median(values)


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that ``share`` of them do not exceed; NaN where there are none."""
    if not values:
        return math.nan
    return sorted(values)[max(math.ceil(share * len(values)) - 1, 0)]


def p95(values: Sequence[float]) -> float:
    """The value that 95 in 100 do not exceed."""
    return quantile(values, 0.95)


def slope_between(xs: Sequence[float], ys: Sequence[float]) -> tuple[float, float, float]:
    """How much y grows with x by least squares, between the least and the most it may well be.

    The two are ends of the 95 % interval; at least three points.
    """
    found = scipy.stats.linregress(xs, ys)
    unsure = scipy.stats.t.ppf(0.975, len(xs) - 2) * found.stderr
    return found.slope - unsure, found.slope, found.slope + unsure
