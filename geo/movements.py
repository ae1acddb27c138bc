"""How the line moved between any two of the shipped dates, as ``data/movement.geojson`` keeps it.

Measured once in the build by :mod:`geo.movement`, so that pages need no geometry library.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from geo import paths
from geo.division import Division
from geo.errors import Fault, NotFoundError
from geo.line import line_dates
from geo.movement import Change, Moved, change, change_shapes
from geo.reading import read_json

FILE = paths.DATA / "movement.geojson"


@dataclass(frozen=True)
class Movement:
    """What moved, in km², and where: GeoJSON geometries to draw, EPSG:4326, ``None`` for none."""

    change: Change
    gained: dict[str, Any] | None
    lost: dict[str, Any] | None

    @property
    def backwards(self) -> Movement:
        """The same, told from the later line to the earlier one."""
        told = self.change
        parts = tuple(Moved(p.territory, p.lost_km2, p.gained_km2) for p in told.parts)
        return Movement(Change(told.line, told.since, parts), gained=self.lost, lost=self.gained)


def periods() -> list[tuple[str, str]]:
    """The dates of the shipped lines, each with the next."""
    return list(pairwise(line_dates()))


def movement(since: str, line: str) -> Movement:
    """What moved between two shipped dates, in either order.

    Raises :class:`geo.errors.NotFoundError` if the file does not have them.
    """
    earlier, later = sorted((since, line))
    found = _load().get((earlier, later))
    if found is None:
        message = f"nothing from {earlier} to {later}; run python -m geo.build movement."
        raise NotFoundError(Fault(FILE.name, message))
    return found if since <= line else found.backwards


def movement_between(before: Division, after: Division) -> Movement:
    """The same between two divisions, measured now if one is of a line or outlines not shipped."""
    if before.shipped and after.shipped:
        return movement(before.line, after.line)
    return Movement(change(before, after), **change_shapes(before, after))


@cache
def _load() -> dict[tuple[str, str], Movement]:
    """Every pair of dates, the earlier one first; a date with itself too."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for feature in read_json(FILE)["features"]:
        told = feature["properties"]
        pair = rows.setdefault((told["since"], told["line"]), {})
        pair[told["kind"]] = (told["km2"], feature["geometry"])
    return {pair: _movement(*pair, **row) for pair, row in rows.items()} | {
        (date, date): Movement(Change(date, date, ()), None, None) for date in line_dates()
    }


def _movement(
    since: str,
    line: str,
    gained: tuple[dict[str, float], dict[str, Any] | None],
    lost: tuple[dict[str, float], dict[str, Any] | None],
) -> Movement:
    parts = tuple(Moved(code, gained[0][code], lost[0][code]) for code in gained[0])
    return Movement(Change(since, line, parts), gained[1], lost[1])
