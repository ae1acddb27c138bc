"""Very fine shapes, with fewer vertices."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry


def thinned(shape: BaseGeometry, tolerance: float) -> BaseGeometry:
    """A line or area without the vertices that are nearer than ``tolerance`` to the last one kept.

    Rings that shrink to nothing are left out. It may cross itself. (Douglas and Peucker's method
    would keep fewer vertices, but calls itself as deep as a hostile shape wants.)
    """
    parts = [_thinned(part, tolerance) for part in shapely.get_parts(shape)]
    kept = [part for part in parts if not part.is_empty]
    if shape.geom_type in ("Polygon", "LineString"):
        return kept[0] if kept else shapely.from_wkt(f"{shape.geom_type.upper()} EMPTY")
    return type(shape)(kept)


def _thinned(part: BaseGeometry, tolerance: float) -> BaseGeometry:
    if part.geom_type != "Polygon":
        return shapely.remove_repeated_points(part, tolerance)
    lines = [shapely.LineString(ring.coords) for ring in (part.exterior, *part.interiors)]
    rings = [
        shapely.get_coordinates(each) for each in shapely.remove_repeated_points(lines, tolerance)
    ]
    if len(rings[0]) < 4:
        return shapely.Polygon()
    return shapely.Polygon(rings[0], [ring for ring in rings[1:] if len(ring) >= 4])
