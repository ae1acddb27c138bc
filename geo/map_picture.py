"""Outlines of a division for a picture of the map, placed as a web map places them."""

from __future__ import annotations

from itertools import pairwise
from math import asinh, pi, radians, tan
from weakref import WeakKeyDictionary

from geo.division import Division

WORLD = 2**15
"""Units round the equator: two to a pixel when the whole country fills a wide window."""

TOLERANCE = 0.015
"""How far, in degrees, an outline may be from that of the map: less than a pixel."""


def web_mercator(lon: float, lat: float) -> tuple[float, float]:
    """A point (EPSG:4326) in Web Mercator (EPSG:3857), in units from the north-western corner."""
    return (lon + 180) / 360 * WORLD, (1 - asinh(tan(radians(lat))) / pi) / 2 * WORLD


_drawn: WeakKeyDictionary[Division, dict[str, str]] = WeakKeyDictionary()


def outlines(division: Division) -> dict[str, str]:
    """By zone, its outline as the ``d`` of an SVG path in units of :func:`web_mercator`.

    Raises :class:`geo.errors.DataError` if the outlines cannot be read.
    """
    if division not in _drawn:
        _drawn[division] = _draw(division)
    return _drawn[division]


def _draw(division: Division) -> dict[str, str]:
    import shapely

    coarse = shapely.coverage_simplify(list(division.overview.values()), TOLERANCE)
    return {
        zone: "".join(
            _ring([web_mercator(lon, lat) for lon, lat in shapely.get_coordinates(ring)])
            for part in shapely.get_parts(shape)
            for ring in shapely.get_rings(part)
        )
        for zone, shape in zip(division.overview, coarse, strict=True)
    }


def _ring(corners: list[tuple[float, float]]) -> str:
    """A closed ring in whole units: its first corner, then steps, which pack better."""
    whole = [(round(x), round(y)) for x, y in corners]
    pairs = pairwise(whole[:-1])  # the last corner is the first again
    steps = [(x - before_x, y - before_y) for (before_x, before_y), (x, y) in pairs]
    kept = [f"{x},{y}" for x, y in steps if x or y]
    if len(kept) < 2:  # smaller than a unit
        return ""
    return f"M{whole[0][0]},{whole[0][1]}l{' '.join(kept)}z"
