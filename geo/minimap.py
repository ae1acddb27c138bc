"""Very small outlines of a plan's zones, for a picture beside a clause."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians

from geo import paths
from geo.reading import read_json

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


@lru_cache(maxsize=32)
def minimap(plan_id: str, line: str) -> Minimap:
    """The zones of a plan on a line, simplified together so that neighbours stay neighbours.

    Raises :class:`geo.errors.DataError` if they cannot be read.
    """
    import shapely

    collection = read_json(paths.overview(paths.zones_file(plan_id, line)))
    features = collection["features"]
    shapes = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features]
    coarse = shapely.coverage_simplify(shapes, TOLERANCE)
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

    names = [feature["properties"]["zone"] for feature in features]
    outlines = {zone: drawn(shape) for zone, shape in zip(names, coarse, strict=True)}
    country = drawn(shapely.coverage_union_all(coarse))
    return Minimap(country, outlines, WIDTH, round((north - south) * scale))
