"""GeoJSON, read with Python's own parser.

GDAL would need thirty times a file's size for it, and would fetch a CRS given as a link.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.notices import say
from geo.uploads import messages
from geo.uploads.notices import NotReadError
from geo.uploads.raw_layers import RawLayer

GEOMETRIES = {
    "Point": shapely.Point,
    "MultiPoint": shapely.MultiPoint,
    "LineString": shapely.LineString,
    "MultiLineString": shapely.MultiLineString,
    "Polygon": lambda rings: shapely.Polygon(rings[0], rings[1:]) if rings else shapely.Polygon(),
}


class _Geometries:
    """Makes shapes of geometries while the parser still reads, so that few lists are alive."""

    def __init__(self) -> None:
        self.heights = 0

    def __call__(self, value: dict[str, Any]) -> Any:
        if not {"coordinates", "geometries"} & value.keys():
            return value
        kind, found = value.get("type"), value
        try:
            if kind == "GeometryCollection":
                parts = value["geometries"]
                found = shapely.GeometryCollection([part for part in parts if part is not None])
            elif kind == "MultiPolygon":
                polygon = GEOMETRIES["Polygon"]
                parts = [polygon([self._points(r) for r in part]) for part in value["coordinates"]]
                found = shapely.MultiPolygon(parts)
            elif kind in ("MultiLineString", "Polygon"):
                found = GEOMETRIES[kind]([self._points(part) for part in value["coordinates"]])
            elif kind in GEOMETRIES:
                points = value["coordinates"]
                found = GEOMETRIES[kind](self._points([points] if kind == "Point" else points))
        except (shapely.errors.GEOSException, ValueError, TypeError, LookupError, OverflowError):
            return _UNREADABLE
        return found

    def _points(self, points: Any) -> Any:
        """Positions, without heights."""
        try:
            array = np.asarray(points, dtype=float)
        except ValueError:
            array = np.asarray([point[:2] for point in points], dtype=float)
        if array.size and array.shape[1] > 2:
            self.heights += 1
        return array[:, :2] if array.size else np.empty((0, 2))


_UNREADABLE = object()


def read_geojson(path: Path) -> RawLayer:
    """The one layer of a GeoJSON file. Raises :class:`NotReadError`."""
    geometries = _Geometries()
    value = _parsed(path, geometries)
    features = _features(value)
    shapes, rows, unreadable = [], [], 0
    for feature in features:
        shape = feature.get("geometry") if isinstance(feature, dict) else _UNREADABLE
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if shape is not None and not isinstance(shape, shapely.Geometry):
            unreadable += 1
            shape = None
        shapes.append(shape)
        rows.append(properties if isinstance(properties, dict) else {})
    if unreadable and unreadable == len(shapes):
        raise NotReadError(say(messages.UNREADABLE_GEOMETRY, count=unreadable))
    crs = value.get("crs") if isinstance(value, dict) else None
    return RawLayer("GeoJSON", shapes, rows, _crs_name(crs), geometries.heights > 0, unreadable)


def _parsed(path: Path, geometries: _Geometries) -> Any:
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"), object_hook=geometries)
    except UnicodeDecodeError as cause:
        raise NotReadError(say(messages.NOT_UTF8)) from cause
    except json.JSONDecodeError as cause:
        raise NotReadError(
            say(messages.BROKEN_JSON, line=cause.lineno, column=cause.colno)
        ) from cause
    except (RecursionError, ValueError) as cause:
        raise NotReadError(say(messages.JSON_TOO_DEEP)) from cause


def _features(value: Any) -> list[Any]:
    if isinstance(value, shapely.Geometry) or value is _UNREADABLE:
        return [{"geometry": value}]
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "Feature":
        return [value]
    if kind == "Topology":
        raise NotReadError(say(messages.TOPOJSON))
    if kind != "FeatureCollection" or not isinstance(value.get("features"), list):
        raise NotReadError(say(messages.NOT_GEOJSON))
    return list(value["features"])


def _crs_name(crs: Any) -> str | None:
    """The CRS that old GeoJSON may name; without one it is WGS 84. A link is never followed."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if crs is None:
        return "EPSG:4326"
    return name if isinstance(name, str) else None
