"""What each date would have changed: how large every zone of a plan is on each shipped line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from geo.answers import answer
from geo.division import load_division
from geo.intervals import Interval, area_interval
from geo.line import line_dates
from geo.plan import Plan
from geo.statuses import STATUSES, Status

LEFT_AS_IT_IS: Status = "unaffected"
"""The status of land that a plan does not address."""


@dataclass(frozen=True)
class Size:
    """How large a zone, or all land of one status together, is on one line; km², equal-area.

    ``interval`` is ``None`` where nothing says how sure the line is.
    """

    area_km2: float
    interval: Interval | None


@dataclass(frozen=True)
class Series:
    """The sizes of one zone, or of all land of a status (``zone`` is ``None``), by date."""

    status: Status
    zone: str | None
    sizes: dict[str, Size]

    @property
    def moves(self) -> bool:
        """Whether the size is not the same on every date."""
        return len({round(size.area_km2) for size in self.sizes.values()}) > 1


def sizes(plan: Plan) -> list[Series]:
    """The zones that a plan addresses, by status; before the zones of a status, all of them.

    A zone that a line does not have, since all of its territory was held by the other side, is
    0 km² on that date. Raises :class:`geo.errors.DataError` if a division cannot be read.
    """
    pieces = {zone: p for date in line_dates() for zone, p in load_division(date).pieces.items()}
    found: dict[Status, list[str]] = {}
    for zone, piece in sorted(pieces.items()):
        status = answer(plan, piece.territory, piece.held_by).status
        found.setdefault(status, []).append(zone)
    rows = []
    for status in STATUSES:
        zones = found.get(status, []) if status != LEFT_AS_IT_IS else []
        if zones:
            rows.append(_series(status, None, *zones))
        rows += [_series(status, zone, zone) for zone in zones]
    return rows


def _series(status: Status, zone: str | None, *zones: str) -> Series:
    return Series(status, zone, {date: size_on(date, *zones) for date in line_dates()})


@lru_cache(maxsize=2048)
def size_on(date: str, *zones: str) -> Size:
    """How large zones are together by the line of a date."""
    pieces = load_division(date).pieces
    areas = {zone: pieces[zone].area_km2 for zone in zones if zone in pieces}
    return Size(sum(areas.values()), area_interval(date, areas))
