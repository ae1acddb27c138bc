"""The outlines of a division for the map's script: files to fetch, or the shapes themselves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from geo.division import Division

if TYPE_CHECKING:
    from geopandas import GeoDataFrame, GeoSeries
    from shapely.geometry.base import BaseGeometry

    Outlines = Mapping[str, BaseGeometry]


COARSE_DEGREES = 0.008
"""How far outlines may be from the true ones on maps of the whole country."""


def shapes_for_map(division: Division, outlines: GeoDataFrame | None) -> dict[str, Any]:
    """Where the map's script finds the zones' outlines and the line of contact.

    ``outlines``: the reader's own, if there are any. ``key`` changes with the shapes. A shipped
    line has files, which browsers keep; what a reader brought goes with the page: outlines by zone
    for two scales, the line, and the territories' outlines where those are the reader's too.
    """
    line = division.line
    if division.shipped:
        return {"key": line, "zones": f"divisions/{line}", "line": f"lines/{line}"}
    import shapely

    shapes = division.shapes
    sent = [
        piece.zone
        for piece in division.pieces.values()
        if outlines is not None or piece.territory in division.divided
    ]
    detail = {zone: shapes.zones[zone] for zone in sent}
    digest = hashlib.sha256(b"".join(map(shapely.to_wkb, (*detail.values(), shapes.contact))))
    packed = {
        "key": f"{line} {digest.hexdigest()[:16]}",
        "overview": _drawn({zone: division.overview[zone] for zone in sent}),
        "detail": _drawn(detail),
        "contact": _drawn({"line": shapes.contact})["line"],
    }
    return packed if outlines is None else packed | {"territories": _territories(outlines.geometry)}


def _territories(outlines: GeoSeries) -> dict[str, Any]:
    """The reader's outlines of whole territories, for two scales."""
    import shapely

    coarse = shapely.simplify(outlines.to_numpy(), COARSE_DEGREES)
    return {
        "overview": _drawn(dict(zip(outlines.index, coarse, strict=True))),
        "detail": _drawn(dict(outlines.items())),
    }


def _drawn(shapes: Outlines) -> dict[str, Any]:
    """GeoJSON geometries with four decimals, which are some ten metres."""
    import shapely

    coarse = shapely.transform(list(shapes.values()), lambda lon_lat: lon_lat.round(4))
    return dict(zip(shapes, map(json.loads, shapely.to_geojson(coarse)), strict=True))
