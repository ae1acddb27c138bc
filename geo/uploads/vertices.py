"""More vertices along long edges, fewer where they crowd.

Ring by ring: GEOS's own functions mend areas as they go, and lose ground that a reader should
be told of, or calls itself as deep as a hostile shape wants (Douglas and Peucker's method).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

FEWEST = 4
"""Positions in a ring, the first one counted twice."""


def thinned(shape: BaseGeometry, tolerance: float) -> BaseGeometry:
    """A shape without the vertices that are nearer than ``tolerance`` to the last one kept.

    Rings that shrink to nothing are left out. An area may cross itself afterwards.
    """
    return _changed(shape, lambda line: shapely.remove_repeated_points(line, tolerance))


def densified(shape: BaseGeometry, longest: float) -> BaseGeometry:
    """A shape none of whose edges is longer than ``longest``; itself if that is so already."""
    if not shape.has_z and _longest_edge(shape) <= longest:
        return shape
    return _changed(shape, lambda line: shapely.segmentize(line, longest))


def single_parts(shape: Any) -> list[BaseGeometry]:
    """The points, lines and polygons in a shape or an array of shapes, however deep they lie."""
    parts = shapely.get_parts(shape)
    while any(part.geom_type.startswith(("Multi", "GeometryC")) for part in parts):
        parts = shapely.get_parts(parts)
    return list(parts)


def _longest_edge(shape: BaseGeometry) -> float:
    parts = np.array(single_parts(shape))
    lines = np.append(shapely.get_rings(parts), parts[shapely.get_dimensions(parts) == 1])
    points, line = shapely.get_coordinates(lines, return_index=True)
    steps = np.hypot(*np.diff(points, axis=0).T)[np.diff(line) == 0]
    return float(steps.max(initial=0))


def _changed(shape: BaseGeometry, change: Callable[[BaseGeometry], BaseGeometry]) -> BaseGeometry:
    if shape.is_empty or shape.geom_type in ("Point", "MultiPoint"):
        return shape
    if shape.geom_type in ("LineString", "LinearRing"):
        return change(shape)
    if shape.geom_type != "Polygon":
        parts = [_changed(part, change) for part in single_parts(shape)]
        return type(shape)([part for part in parts if not part.is_empty])
    lines = [shapely.LineString(ring.coords) for ring in (shape.exterior, *shape.interiors)]
    rings = [shapely.get_coordinates(change(line)) for line in lines]
    if len(rings[0]) < FEWEST:
        return shapely.Polygon()
    return shapely.Polygon(rings[0], [ring for ring in rings[1:] if len(ring) >= FEWEST])
