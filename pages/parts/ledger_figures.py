"""Figures of the ledger as the reader sees them: with their range, or that there is none."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any, Literal

from pages.parts import words
from pages.parts.speech import N_, _, ngettext, number

if TYPE_CHECKING:
    from geo.intervals import Interval
    from geo.ledger import Ledger
    from geo.ledger_entries import Entry

Unit = Literal["area", "people"]
"""What is counted: square kilometres or people."""

HELD = {"Russia": N_("Held by Russia"), "Ukraine": N_("Held by Ukraine")}
TREATED_LONG = {
    "Russia": N_("Treated as Russian"),
    "Ukraine": N_("Treated as Ukrainian"),
    "open": N_("Left open"),
    "not_said": words.NOT_SAID,
    "not_addressed": N_("No clause reaches it"),
}

METHODS = {
    "official": N_("official figure"),
    "settlements": N_("split by settlements"),
    "area": N_("split by area"),
}
"""How the people of a piece were found, beside the year of the figure."""


def span(interval: Interval | None) -> str:
    """A range from low to high; "not measured" if nobody has measured the line.

    Empty if all plausible lines give the same.
    """
    if interval is None:
        return _("range not measured")
    if interval.high - interval.low < 0.5:
        return ""
    low, high = rounded_outwards(interval.low, interval.high)
    return _("{low} to {high}").format(low=number(low), high=number(high))


def rounded_outwards(low: float, high: float) -> tuple[int, int]:
    """The ends of a range, moved apart to steps that are a small part of its width."""
    step = 10 ** max(0, floor(log10((high - low) / 2)) - 1)
    return floor(low / step) * step, ceil(high / step) * step


def figures(ledger: Ledger, entries: tuple[Entry, ...]) -> dict[str, Any]:
    """The three figures of some entries and their ranges, for a template."""
    sums = ledger.sum(entries)
    divided = _is_divided(ledger, entries)
    return {
        "area": number(sum(ledger.whole_km2[zone] for zone in sums.zones)),
        "area_span": span(sums.area) if divided else "",
        "people": number(sums.people),
        "in_words": shown(sums.people, "people"),
        "people_span": span(sums.people_interval) if divided else "",
        "years": ", ".join(str(year) for year in sums.years),
        "settlements": number(sums.settlements),
        "settlements_span": span(sums.settlements_interval) if divided else "",
        "official": number(sums.official_km2) if sums.official_km2 else "",
    }


def _is_divided(ledger: Ledger, entries: tuple[Entry, ...]) -> bool:
    """Whether the line has a say in the figures: a part of a territory is in, and a part is not."""
    mine = {entry.zone for entry in entries}
    territories = {entry.territory for entry in entries}
    return any(
        entry.territory in territories and entry.zone not in mine for entry in ledger.entries
    )


def amount(ledger: Ledger, entries: Iterable[Entry], unit: Unit) -> tuple[int, Interval | None]:
    """Whole square kilometres, as the tables have them, or people; and their interval."""
    sums = ledger.sum(entries)
    if unit == "area":
        return sum(ledger.whole_km2[zone] for zone in sums.zones), sums.area
    return sums.people, sums.people_interval


def shown(value: int, unit: Unit) -> str:
    """An amount with its unit: "6,299 km²", "688,506 people"."""
    if unit == "area":
        return _("{area} km²").format(area=number(value))
    return ngettext("{count} person", "{count} people", value).format(count=number(value))


def with_range(value: str, interval: Interval | None) -> str:
    """A figure and its range: "6,431 km² (5,900 to 7,000)"."""
    reach = span(interval)
    return _("{figure} ({range})").format(figure=value, range=reach) if reach else value
