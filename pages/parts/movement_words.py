"""Changes in words: with sign and range, and whether they can be told from no change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages.parts.ledger_figures import rounded_outwards
from pages.parts.speech import N_, _, number, short_day

if TYPE_CHECKING:
    from geo.intervals import Interval

READINGS = {
    "gain": N_("a gain"),
    "loss": N_("a loss"),
    "unsure": N_("cannot be told from no change"),
    "same": N_("no change"),
    "unmeasured": N_("how sure is not measured"),
}
"""What a change in Russian-held ground can be read as."""


def signed(value: float) -> str:
    """A change in whole numbers, with its sign."""
    whole = round(value)
    sign = "+" if whole > 0 else "−" if whole < 0 else ""
    return f"{sign}{number(abs(whole))}"


def ends(interval: Interval) -> tuple[int, int]:
    """The range of a change as it is shown: rounded outwards, as all ranges are."""
    if interval.high - interval.low < 0.5:
        return round(interval.low), round(interval.high)
    return rounded_outwards(interval.low, interval.high)


def signed_range(interval: Interval | None) -> str:
    """A range from low to high with signs; empty where there is none, or nothing to doubt."""
    if interval is None or ends(interval) == (0, 0):
        return ""
    low, high = ends(interval)
    return _("{low} to {high}").format(low=signed(low), high=signed(high))


def reading(net_km2: float, interval: Interval | None) -> str:
    """One of :data:`READINGS`. What is read is the range as it is shown, so the two agree."""
    if interval is None:
        return "unmeasured"
    low, high = ends(interval)
    if low == high == 0:
        return "same"
    if low <= 0 <= high:
        return "unsure"
    return "gain" if net_km2 > 0 else "loss"


def period_name(since: str, line: str) -> str:
    """Two days as one period."""
    return f"{short_day(since)} – {short_day(line)}"
