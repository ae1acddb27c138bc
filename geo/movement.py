"""How the line of contact moved between two days: the ground that Russia gained and lost.

Contested ground counts as not Russian-held, as everywhere here, so gained ground may have been
contested before, and lost ground may be contested now. Both divisions have to be of the same
outlines.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from geo.crs import EQUAL_AREA, WGS84
from geo.division import Division
from geo.ground import in_metres

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    Ground = dict[str, tuple[BaseGeometry, BaseGeometry]]

SLIVER_KM2 = 0.05
"""Where no single bit is larger, outlines differ by the rounding of their files, not by land."""

TOLERANCE_M = 120
"""How far drawn ground may be from the true one."""

SMALLEST_DRAWN_KM2, NARROWEST_DRAWN_M = 0.2, 100
"""Smaller bits are counted, not drawn; nor are narrower ones: lines are simplified by 100 m."""

DECIMALS = 4
"""Decimal places of a degree that drawn ground keeps: about ten metres."""


@dataclass(frozen=True)
class Moved:
    """The ground of one territory (ISO code) that came under Russia's control, or went from it."""

    territory: str
    gained_km2: float
    lost_km2: float

    @property
    def net_km2(self) -> float:
        """How much more Russia held afterwards; below 0 for less."""
        return self.gained_km2 - self.lost_km2


@dataclass(frozen=True)
class Change:
    """What moved from the line of ``since`` to that of ``line``: dates, or a reader's own line.

    ``parts``: every territory that one of the two lines divides, in order of ISO code, also where
    nothing moved.
    """

    since: str
    line: str
    parts: tuple[Moved, ...]

    @property
    def gained_km2(self) -> float:
        """All ground that Russia held afterwards only."""
        return sum(part.gained_km2 for part in self.parts)

    @property
    def lost_km2(self) -> float:
        """All ground that Russia held before only."""
        return sum(part.lost_km2 for part in self.parts)

    @property
    def net_km2(self) -> float:
        """How much more Russia held afterwards; below 0 for less."""
        return self.gained_km2 - self.lost_km2


def change(before: Division, after: Division) -> Change:
    """The ground gained and lost in each territory, km² in the equal-area CRS.

    Where both lines leave Russia the same ground it is exactly 0. Raises
    :class:`geo.errors.DataError` if the outlines cannot be read.
    """
    ground = moved_ground(before, after)
    parts = [Moved(code, *(shape.area / 1e6 for shape in ground[code])) for code in sorted(ground)]
    return Change(before.line, after.line, tuple(parts))


def change_shapes(before: Division, after: Division) -> dict[str, Any]:
    """``gained`` and ``lost`` as GeoJSON geometries to draw, EPSG:4326; ``None`` where is none.

    Simplified by :data:`TOLERANCE_M`, without bits that are too small or narrow to be land.
    """
    found = moved_ground(before, after).values()
    return {
        "gained": _drawn([gained for gained, _lost in found]),
        "lost": _drawn([lost for _gained, lost in found]),
    }


def _drawn(ground: list[BaseGeometry]) -> dict[str, Any] | None:
    """Ground in equal-area metres as a GeoJSON geometry in degrees."""
    import shapely

    bits = shapely.get_parts(shapely.union_all(ground))
    area, width = shapely.area(bits), 2 * shapely.area(bits) / shapely.length(bits)
    large = bits[(area >= SMALLEST_DRAWN_KM2 * 1e6) & (width >= NARROWEST_DRAWN_M)]
    if not len(large):
        return None
    shape = _in_degrees(shapely.simplify(shapely.MultiPolygon(large.tolist()), TOLERANCE_M))
    geometry: dict[str, Any] = json.loads(shapely.to_geojson(shape))
    return geometry


_found: WeakKeyDictionary[Division, WeakKeyDictionary[Division, Ground]] = WeakKeyDictionary()


def moved_ground(before: Division, after: Division) -> Ground:
    """Gained and lost ground by territory, equal-area metres; kept as long as the divisions are."""
    found = _found.setdefault(before, WeakKeyDictionary())
    if after not in found:
        codes = sorted({*before.divided, *after.divided, *_of_another_holder(before, after)})
        found[after] = {code: _moved(code, before, after) for code in codes}
    return found[after]


def _of_another_holder(before: Division, after: Division) -> set[str]:
    """The territories that one side held whole before and the other side afterwards."""
    held = [
        {piece.territory for piece in division.pieces.values() if piece.held_by == "Russia"}
        for division in (before, after)
    ]
    return held[0] ^ held[1]


def _moved(code: str, before: Division, after: Division) -> tuple[BaseGeometry, BaseGeometry]:
    import shapely

    then, now = _held(code, before), _held(code, after)
    gained, lost = shapely.difference(now, then), shapely.difference(then, now)
    bits = shapely.get_parts([gained, lost])
    if not any(shapely.area(bits) > SLIVER_KM2 * 1e6):
        return shapely.Polygon(), shapely.Polygon()
    return gained, lost


def _held(code: str, division: Division) -> BaseGeometry:
    """The Russian-held part of a territory, equal-area metres; empty if there is none."""
    import shapely

    zones = [piece.zone for piece in division.pieces_of(code) if piece.held_by == "Russia"]
    return in_metres(division.shapes.zones[zones[0]]) if zones else shapely.Polygon()


def _in_degrees(shape: BaseGeometry) -> BaseGeometry:
    """A shape in equal-area metres as one in degrees, rounded and still valid."""
    import numpy as np
    import shapely

    def degrees(metres: Any) -> Any:
        return np.column_stack(_to_degrees().transform(metres[:, 0], metres[:, 1]))

    # Parts that were simplified one by one may touch or cross.
    mended = shapely.make_valid(shapely.transform(shape, degrees), method="structure")
    snapped = shapely.set_precision(mended, 10**-DECIMALS)
    return shapely.transform(snapped, lambda lon_lat: lon_lat.round(DECIMALS))


@cache
def _to_degrees() -> Any:
    from pyproj import Transformer

    return Transformer.from_crs(EQUAL_AREA, WGS84, always_xy=True)
