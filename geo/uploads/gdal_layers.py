"""KML, Shapefile and GeoPackage, read by GDAL; layers by number, so no name becomes a query."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely

from geo.notices import say
from geo.uploads import messages
from geo.uploads.limits import MOST_COLUMNS, MOST_FEATURES, MOST_LAYERS, MOST_VERTICES
from geo.uploads.notices import NotReadError
from geo.uploads.raw_layers import RawLayer

DRIVERS = ("ESRI Shapefile", "GPKG", "LIBKML")
"""The only drivers of GDAL that are left on in the process that reads."""

SMALLEST_POINT = 16
"""Bytes that a position takes at least."""


def read_layers(path: Path, name: str | None = None) -> list[RawLayer]:
    """The layers of a file; ``name``: that of its only layer. Raises :class:`NotReadError`."""
    import pyogrio

    try:
        listed = [str(row[0]) for row in pyogrio.list_layers(path)]
        if len(listed) > MOST_LAYERS:
            raise NotReadError(say(messages.TOO_MANY_LAYERS, count=len(listed), most=MOST_LAYERS))
        return [_read(path, number, name or each) for number, each in enumerate(listed)]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as cause:
        raise NotReadError(say(messages.GDAL_CANNOT)) from cause
    except (pyogrio.errors.FeatureError, pyogrio.errors.GeometryError) as cause:
        raise NotReadError(say(messages.GDAL_CANNOT)) from cause


def _read(path: Path, number: int, name: str) -> RawLayer:
    import pyogrio

    info = pyogrio.read_info(path, layer=number, force_feature_count=True)
    if info["features"] > MOST_FEATURES:
        raise NotReadError(
            say(messages.TOO_MANY_FEATURES, count=int(info["features"]), most=MOST_FEATURES)
        )
    columns = [str(column) for column in info["fields"]][:MOST_COLUMNS]
    try:
        found = _raw(path, number, columns, None)
    except UnicodeDecodeError:
        found = _raw(path, number, columns, "ISO-8859-1")
    meta, _, wkb, values = found
    if wkb is None:
        return RawLayer(name, [], [], None)
    if sum(len(each) for each in wkb if each) > MOST_VERTICES * SMALLEST_POINT * 2:
        raise NotReadError(say(messages.TOO_MANY_VERTICES, most=MOST_VERTICES))
    shapes = shapely.from_wkb(wkb, on_invalid="ignore")
    unreadable = sum(1 for raw, shape in zip(wkb, shapes, strict=True) if raw and shape is None)
    rows = [
        dict(zip(meta["fields"], row, strict=True))
        for row in zip(*(column.tolist() for column in values), strict=True)
    ] or [{} for _ in shapes]
    heights = bool(shapely.has_z(shapes).any())
    return RawLayer(name, list(shapes), rows, meta["crs"], heights, unreadable)


def _raw(path: Path, number: int, columns: list[str], encoding: str | None) -> Any:
    import pyogrio.raw

    return pyogrio.raw.read(
        path, layer=number, columns=columns, encoding=encoding, datetime_as_string=True
    )
