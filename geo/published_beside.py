"""Published figures beside ours of the nearest day: how far apart they are, and on which side.

Every figure stands alone. Sources count different things, so nothing is added up over them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Literal

from geo.answers import SIDES
from geo.division import load_division
from geo.intervals import area_interval
from geo.line import line_dates
from geo.published import Figure, published_figures
from geo.zone_ids import split_zone_id, zone_id

if TYPE_CHECKING:
    from geo.division import Division
    from geo.plan import Side

Verdict = Literal["below", "inside", "above"]


@dataclass(frozen=True)
class Beside:
    """A published figure, and ours for the same land on the line of the nearest day.

    ``low``, ``central`` and ``high`` are in the unit of the figure, km² or percent; ``line`` and
    they are ``None`` where we have no counterpart. ``verdict``: where the published figure lies,
    seen from our interval.
    """

    figure: Figure
    line: str | None = None
    low: float | None = None
    central: float | None = None
    high: float | None = None

    @property
    def published(self) -> float:
        """The published figure, km² or percent."""
        return self.figure.km2 or self.figure.percent or 0.0

    @property
    def verdict(self) -> Verdict | None:
        """Whether the published figure lies inside our interval; ``None`` if there is none."""
        if self.low is None or self.high is None:
            return None
        if self.published < self.low:
            return "below"
        return "above" if self.published > self.high else "inside"


@cache
def published_beside() -> tuple[Beside, ...]:
    """Every published figure beside ours, in the order of the file."""
    return tuple(beside(figure) for figure in published_figures())


def nearest_line(day: str) -> str:
    """The date of the shipped line that is nearest to a day; of two, the earlier."""
    asked = date.fromisoformat(day)
    return min(line_dates(), key=lambda found: abs((date.fromisoformat(found) - asked).days))


def beside(figure: Figure) -> Beside:
    """A figure and ours; one of a change has no counterpart, for lines are months apart."""
    if figure.since:
        return Beside(figure)
    division = load_division(nearest_line(figure.as_of))
    pieces, base = _pieces(figure, division)
    areas = {zone: division.pieces[zone].area_km2 for zone in pieces}
    central = sum(areas.values())
    found = area_interval(division.line, areas)
    ends = (central, central, central) if found is None else (found.low, central, found.high)
    # What a figure leaves out is in `pieces` as its other side, and taken off again as a whole.
    off = sum(_whole(division, zone) for zone in figure.less)
    factor = 1.0 if figure.percent is None else 100 / base
    low, central, high = (factor * (end - off) for end in ends)
    return Beside(figure, division.line, low, central, high)


def _pieces(figure: Figure, division: Division) -> tuple[list[str], float]:
    """The zones that a figure is about, and the km² that it is a share of, if it is one."""
    country = sum(piece.area_km2 for piece in division.pieces.values())
    if figure.sum_of:
        zones = [*figure.sum_of, *(_other_side(zone) for zone in figure.less)]
        return _there(zones, division), country
    if figure.zone:
        return _there([figure.zone], division), _whole(division, figure.zone)
    held = [
        zone
        for zone, piece in division.pieces.items()
        if piece.held_by == "Russia" and figure.territory in (None, piece.territory)
    ]
    whole = sum(piece.area_km2 for piece in division.pieces_of(figure.territory or ""))
    return held, whole if figure.territory else country


def _there(zones: list[str], division: Division) -> list[str]:
    return [zone for zone in zones if zone in division.pieces]


def _whole(division: Division, zone: str) -> float:
    """The area of the territory that a zone is a part of."""
    territory, _ = _parts(zone)
    return sum(piece.area_km2 for piece in division.pieces_of(territory))


def _other_side(zone: str) -> str:
    territory, side = _parts(zone)
    return zone_id(territory, SIDES[1 - SIDES.index(side)])


def _parts(zone: str) -> tuple[str, Side]:
    parts = split_zone_id(zone)
    if parts is None:
        raise ValueError(f"{zone!r} is the name of no zone")
    return parts
