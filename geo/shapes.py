"""Shapes of GeoJSON files, by the name that one of their properties gives, and their union."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.reading import read_json

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry


def read_shapes(path: Path, key: str) -> dict[str, BaseGeometry]:
    """The shapes of a FeatureCollection by property ``key``, in the file's CRS and order."""
    import shapely

    return {
        feature["properties"][key]: shapely.from_geojson(json.dumps(feature["geometry"]))
        for feature in read_json(path)["features"]
    }


def joined(outlines: NDArray[Any]) -> BaseGeometry:
    """The union of outlines in one CRS, which may overlap.

    Neighbours that fit, as ours do, need only lose the edges that they share.
    """
    import shapely

    if shapely.coverage_is_valid(outlines):
        return shapely.coverage_union_all(outlines)
    return shapely.union_all(outlines)
