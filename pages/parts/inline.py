"""The outlines of a division for the map's script: files to fetch, or the shapes themselves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.division import Division


def shapes_for_map(division: Division) -> dict[str, Any]:
    """Where the map's script finds the zones' outlines and the line of contact.

    ``key`` changes with them. A shipped line has files, which browsers keep; what a reader brought
    goes with the page: outlines by zone for two scales, and the line.
    """
    if not division.unshipped:
        line = division.line
        return {"key": line, "zones": f"divisions/{line}", "line": f"lines/{line}"}
    import shapely

    shapes = division.shapes
    detail = {zone: shapes.zones[zone] for zone in division.unshipped}
    digest = hashlib.sha256(b"".join(map(shapely.to_wkb, (*detail.values(), shapes.contact))))
    return {
        "key": digest.hexdigest()[:16],
        "overview": _drawn({zone: division.overview[zone] for zone in detail}),
        "detail": _drawn(detail),
        "contact": _drawn({"line": shapes.contact})["line"],
    }


def _drawn(shapes: Mapping[str, BaseGeometry]) -> dict[str, Any]:
    """GeoJSON geometries with four decimals, which are some ten metres."""
    import shapely

    coarse = shapely.transform(list(shapes.values()), lambda lon_lat: lon_lat.round(4))
    return dict(zip(shapes, map(json.loads, shapely.to_geojson(coarse)), strict=True))
