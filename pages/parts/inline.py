"""The outlines of a division for the map's script: files to fetch, or the shapes themselves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from geo.division import Division
from pages.parts.own import own

if TYPE_CHECKING:
    from geopandas import GeoSeries
    from shapely.geometry.base import BaseGeometry

    Outlines = Mapping[str, BaseGeometry]


COARSE_DEGREES = 0.008
"""How far outlines may be from the true ones on maps of the whole country."""

_packed: WeakKeyDictionary[Division, dict[str, Any]] = WeakKeyDictionary()


def shapes_for_map(division: Division) -> dict[str, Any]:
    """Where the map's script finds the zones' outlines and the line of contact.

    ``key`` changes with them. A shipped line has files, which browsers keep; what a reader brought
    goes with the page: outlines by zone for two scales, the line, and the territories' outlines
    where those are the reader's too.
    """
    if not division.unshipped:
        line = division.line
        return {"key": line, "zones": f"divisions/{line}", "line": f"lines/{line}"}
    if division not in _packed:
        _packed[division] = _shapes_of(division)
    return _packed[division]


def _shapes_of(division: Division) -> dict[str, Any]:
    import shapely

    shapes = division.shapes
    detail = {zone: shapes.zones[zone] for zone in division.unshipped}
    overview = {zone: division.overview[zone] for zone in division.unshipped}
    digest = hashlib.sha256(b"".join(map(shapely.to_wkb, (*detail.values(), shapes.contact))))
    packed = {
        "key": digest.hexdigest()[:16],
        "overview": _drawn(overview),
        "detail": _drawn(detail),
        "contact": _drawn({"line": shapes.contact})["line"],
    }
    outlines = own().outlines
    if outlines is not None:
        packed["territories"] = _territories(outlines.geometry)
    return packed


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
