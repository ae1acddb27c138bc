"""Write GeoJSON the same way every time, so that a rebuild gives the same bytes."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame

DECIMALS = 5
"""Decimal places of a degree that are kept: about one metre."""


def rounded(shapes: Any, decimals: int = DECIMALS) -> Any:
    """Round coordinates (degrees); vertices that were shared stay shared. Array in, array out."""
    return shapely.transform(np.asarray(shapes), lambda xy: xy.round(decimals))


def features(frame: GeoDataFrame) -> list[dict[str, Any]]:
    """GeoJSON features of ``frame``, in its order, every column but the geometry as a property."""
    columns = [name for name in frame.columns if name != frame.geometry.name]
    records = json.loads(frame[columns].to_json(orient="records", double_precision=6))
    return [
        {"type": "Feature", "properties": record, "geometry": json.loads(shapely.to_geojson(shape))}
        for record, shape in zip(records, frame.geometry, strict=True)
    ]


def write_collection(path: Path, rows: list[dict[str, Any]], **members: Any) -> None:
    """Write a FeatureCollection, one feature a line, with further top-level ``members`` first.

    Packed if the name ends in .gz.
    """
    head = {"type": "FeatureCollection", **members}
    start = json.dumps(head, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = f'{start}, "features": [\n{lines}\n]}}\n'.encode()
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)
