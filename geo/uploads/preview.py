"""What to draw of a reader's file: the shape as it came, gaps, crossings, ends, what was left."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

from geo.uploads.notices import Preview
from geo.uploads.vertices import thinned

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MOST_EACH = 100
"""Features of one kind that are drawn."""
MOST_POINTS = 20_000
COARSE = 0.002
"""Degrees: a very fine shape is drawn with vertices this far apart."""


class Sketch:
    """Collects features; ``kind`` is raw, gap, bridge, loose_end, crossing, pocket or strip."""

    def __init__(self) -> None:
        self._features: list[dict[str, Any]] = []

    def add(self, kind: str, shapes: Any, **properties: Any) -> None:
        """Add shapes (EPSG:4326) of one kind, the first hundred of them."""
        for shape in list(shapes)[:MOST_EACH]:
            drawn = _drawable(shape)
            if not drawn.is_empty:
                self._features.append(
                    {
                        "type": "Feature",
                        "properties": {"kind": kind, **properties},
                        "geometry": json.loads(shapely.to_geojson(drawn)),
                    }
                )

    def done(self) -> Preview:
        """The features as a GeoJSON FeatureCollection."""
        return {"type": "FeatureCollection", "features": list(self._features)}


def _drawable(shape: BaseGeometry) -> BaseGeometry:
    if shapely.count_coordinates(shape) <= MOST_POINTS:
        return shape
    return thinned(shape, COARSE)
