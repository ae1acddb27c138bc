"""The ledger: what stands under which status, by territory, holder and clause, with intervals.

One entry a piece of land. Sums of central figures are exact: areas add up to the outlines, people
to the official figures, to the person. Intervals are those of the lines that could as well be
drawn (:mod:`geo.intervals`), of any group of pieces as one, so ends of intervals are never added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from geo.ledger_entries import Entry, Grouping, Treated, entries_of, grouped
from geo.line import OWN_LINE
from geo.people import shared
from geo.statuses import STATUSES
from geo.territories import territory_facts

if TYPE_CHECKING:
    from geo.division import Division
    from geo.intervals import Interval
    from geo.plan import Plan, Side
    from geo.statuses import Status


@dataclass(frozen=True)
class Sum:
    """The figures of some pieces together.

    Intervals are ``None`` where nobody has measured the line, a reader's own. ``years``: of the
    official figures of people, ascending. ``official_km2``: the official area of the territories
    that are there whole, ``None`` if some are not.
    """

    zones: tuple[str, ...]
    area_km2: float
    area: Interval | None
    people: int
    people_interval: Interval | None
    years: tuple[int, ...]
    settlements: int
    settlements_interval: Interval | None
    unplaced: int
    official_km2: float | None


@dataclass(frozen=True, eq=False)
class Ledger:
    """The entries of one plan on one line, by status, then territory, then holder.

    ``plan``: its id; ``standing``: that it is not in force, for files.
    """

    plan: str
    standing: str
    line: str
    entries: tuple[Entry, ...]

    def sum(self, entries: Iterable[Entry]) -> Sum:
        """The figures of some entries together, with the interval of them as one."""
        mine = tuple(entries)
        areas = {entry.zone: entry.area_km2 for entry in mine}
        people = {entry.zone: entry.people.count for entry in mine}
        settled = {entry.zone: entry.contents.settlements for entry in mine}
        unplaced = {entry.territory: entry.contents.unplaced for entry in mine}
        area, people_interval, settlements_interval = self._intervals(areas, people, settled)
        return Sum(
            zones=tuple(areas),
            area_km2=sum(areas.values()),
            area=area,
            people=sum(people.values()),
            people_interval=people_interval,
            years=tuple(sorted({entry.people.year for entry in mine})),
            settlements=sum(settled.values()),
            settlements_interval=settlements_interval,
            unplaced=sum(unplaced.values()),
            official_km2=self._official(mine),
        )

    def groups(self, grouping: Grouping) -> dict[str, tuple[Entry, ...]]:
        """The entries by status, territory, holder, treatment or clause, in the order of each."""
        return grouped(self.entries, grouping)

    @cached_property
    def whole_km2(self) -> dict[str, int]:
        """The areas in whole km², by zone, so that what is shown adds up to what is shown.

        Rounded by largest remainder: the territories to the country, and the pieces of a territory
        to it.
        """
        groups = self.groups("territory")
        areas = [[entry.area_km2 for entry in mine] for mine in groups.values()]
        wholes = shared(round(sum(map(sum, areas))), [sum(parts) for parts in areas])
        return {
            entry.zone: km2
            for mine, parts, whole in zip(groups.values(), areas, wholes, strict=True)
            for entry, km2 in zip(mine, shared(whole, parts), strict=True)
        }

    @cached_property
    def total(self) -> Sum:
        """All of the land."""
        return self.sum(self.entries)

    def _intervals(
        self, areas: dict[str, float], people: dict[str, int], settled: dict[str, int]
    ) -> tuple[Interval | None, Interval | None, Interval | None]:
        if self.line == OWN_LINE:
            return None, None, None
        from geo.intervals import area_interval, people_interval, settlements_interval

        return (
            area_interval(self.line, areas),
            people_interval(self.line, people, _populations()),
            settlements_interval(self.line, settled),
        )

    def _official(self, entries: tuple[Entry, ...]) -> float | None:
        zones = {entry.zone for entry in entries}
        territories = {entry.territory for entry in entries}
        there = {entry.zone for entry in self.entries if entry.territory in territories}
        if zones != there:
            return None
        return float(sum(territory_facts()[code]["official_area_km2"] for code in territories))


def ledger(plan: Plan, division: Division) -> Ledger:
    """The ledger of a plan on a divided land."""
    return Ledger(plan.id, plan.standing, division.line, entries_of(plan, division))


def _populations() -> dict[str, float]:
    return {code: facts["population"] for code, facts in territory_facts().items()}


Flow = tuple["Side", Treated, "Status"]
"""Who holds land now, as whose it would be treated, and under which status."""


def flows(entries: Iterable[Entry]) -> dict[Flow, tuple[Entry, ...]]:
    """The entries by where they come from and go to; those that no clause reaches are left out."""
    found: dict[Flow, tuple[Entry, ...]] = {}
    for entry in entries:
        if entry.treated_as != "not_addressed":
            flow = (entry.held_by, entry.treated_as, entry.status)
            found[flow] = (*found.get(flow, ()), entry)
    return found


def totals(zones: list[dict[str, Any]]) -> dict[str, float]:
    """Square kilometres under each status, every status named; ``zones`` as plain rows."""
    found: dict[str, float] = dict.fromkeys(STATUSES, 0.0)
    for zone in zones:
        found[zone["status"]] += zone["area_km2"]
    return found
