"""Very small outlines of pieces of land, for a picture beside a clause."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from weakref import WeakKeyDictionary

from geo.division import Division

WIDTH = 132
"""Pixels; the height follows from the country's shape."""

TOLERANCE = 0.07
"""How far, in degrees, an outline may be from the true one: less than half a pixel."""

STRETCH = cos(radians(48.5))
"""How much shorter a degree of longitude is than one of latitude, in the middle of the country."""


@dataclass(frozen=True)
class Minimap:
    """``country`` and, by zone id, ``zones``: outlines as the ``d`` of an SVG path of that size."""

    country: str
    zones: dict[str, str]
    width: int
    height: int


_drawn: WeakKeyDictionary[Division, Minimap] = WeakKeyDictionary()


def minimap(division: Division) -> Minimap:
    """The pieces of land, simplified together so that neighbours stay neighbours.

    Raises :class:`geo.errors.DataError` if they cannot be read.
    """
    if division not in _drawn:
        _drawn[division] = _draw(division)
    return _drawn[division]


def _draw(division: Division) -> Minimap:
    import shapely

    shapes = list(division.overview.values())
    fits = shapely.coverage_is_valid(shapes)  # not always, if a reader brought the outlines
    simplify = shapely.coverage_simplify if fits else shapely.simplify
    coarse = simplify(shapes, TOLERANCE)
    west, south, east, north = shapely.total_bounds(coarse)
    scale = WIDTH / ((east - west) * STRETCH)

    def drawn(shape: shapely.Geometry) -> str:
        rings = [
            ring
            for part in shapely.get_parts(shape)
            for ring in shapely.get_rings(part)
            if shapely.Polygon(ring).area > TOLERANCE**2 / 4
        ]
        corners = (
            " ".join(
                f"{(x - west) * STRETCH * scale:.0f},{(north - y) * scale:.0f}"
                for x, y in shapely.get_coordinates(ring)[:-1]
            )
            for ring in rings
        )
        return "".join(f"M{points}Z" for points in corners)

    outlines = {zone: drawn(shape) for zone, shape in zip(division.overview, coarse, strict=True)}
    country = drawn(shapely.union_all(shapely.make_valid(coarse), grid_size=1e-6))
    return Minimap(country, outlines, WIDTH, round((north - south) * scale))
