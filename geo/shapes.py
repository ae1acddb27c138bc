"""Shapes of GeoJSON files, by the name that one of their properties gives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from geo.reading import read_json

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def read_shapes(path: Path, key: str) -> dict[str, BaseGeometry]:
    """The shapes of a FeatureCollection by property ``key``, in the file's CRS and order."""
    import shapely

    return {
        feature["properties"][key]: shapely.from_geojson(json.dumps(feature["geometry"]))
        for feature in read_json(path)["features"]
    }
