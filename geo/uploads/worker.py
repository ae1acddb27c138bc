"""The process that reads a stranger's file, alone with it: ``python -m geo.uploads.worker``.

It has little memory, no driver of GDAL but those that are needed, and no way to the network that
GDAL knows of. It is told a private folder that holds the file, and leaves there ``result.json``
and the shapes, as WKB, in ``shapes.npz``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, cast

from geo.notices import Notice, say
from geo.uploads import messages
from geo.uploads.kinds import FORMATS, PACKED_FORMATS, Container
from geo.uploads.limits import MEGABYTE, MOST_COLUMNS, MOST_FEATURES, MOST_MEMORY_MB
from geo.uploads.notices import NotReadError, plain
from geo.uploads.raw_layers import RawLayer


def read(folder: Path, container: Container) -> tuple[str, list[RawLayer], list[Notice]]:
    """The format of the file in ``folder``, its layers, and what is to be said of it."""
    path = folder / f"upload.{container}"
    if container != "zip":
        layers, notices = _read_one(container, path, None)
        return FORMATS[container], layers, notices
    from geo.uploads.archives import unpack

    layers, notices = [], []
    for part in unpack(path, folder):
        found, more = _read_one(part.packed, part.path, part.name)
        layers += found
        notices += more
    return PACKED_FORMATS[part.packed], layers, notices


def _read_one(packed: str, path: Path, name: str | None) -> tuple[list[RawLayer], list[Notice]]:
    if packed == "json":
        from geo.uploads.geojson import read_geojson

        return [read_geojson(path)], []
    from geo.uploads import geopackage, kml
    from geo.uploads.gdal_layers import read_layers

    notices: list[Notice] = []
    if packed == "kml":
        notices = kml.scan(path)
    if packed == "gpkg":
        geopackage.scan(path)
    if packed == "shp":
        _check_prj(path.with_suffix(".prj"))
    return read_layers(path, name if packed == "shp" else None), notices


def _check_prj(path: Path) -> None:
    from geo.uploads.limits import LONGEST_CRS

    if path.exists() and path.stat().st_size > LONGEST_CRS:
        raise NotReadError(say(messages.CRS_TOO_LONG))


def write(folder: Path, layers: list[RawLayer]) -> list[dict[str, Any]]:
    """Leave the shapes in ``folder``; what else there is to know of each layer."""
    import numpy as np
    import shapely

    from geo.uploads.known_crs import understood

    told, arrays = [], {}
    for number, layer in enumerate(layers):
        shapes = shapely.force_2d(np.array(layer.shapes, dtype=object))
        if len(shapes) > MOST_FEATURES:
            raise NotReadError(
                say(messages.TOO_MANY_FEATURES, count=len(shapes), most=MOST_FEATURES)
            )
        wkb = [each or b"" for each in shapely.to_wkb(shapes)]
        arrays[f"bytes{number}"] = np.frombuffer(b"".join(wkb), dtype=np.uint8)
        arrays[f"ends{number}"] = np.cumsum([len(each) for each in wkb], dtype=np.int64)
        told.append(
            {
                "name": plain(layer.name),
                "rows": [_texts(row) for row in layer.rows],
                "crs": understood(layer.crs),
                "declared": plain(layer.crs) if layer.crs else None,
                "heights": layer.heights,
                "unreadable": layer.unreadable,
            }
        )
    np.savez(folder / "shapes.npz", allow_pickle=False, **arrays)
    return told


def _texts(row: dict[str, Any]) -> dict[str, str]:
    """The texts and whole numbers among a feature's properties: names and codes are such."""
    kept = [(k, v) for k, v in row.items() if isinstance(v, str | int) and not isinstance(v, bool)]
    return {plain(k): plain(v) for k, v in kept[:MOST_COLUMNS]}


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    most = MOST_MEMORY_MB * MEGABYTE
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(folder: Path, container: Container) -> None:
    """Read, and leave the result or what is wrong."""
    _limit_memory()
    result: dict[str, Any]
    try:
        format_name, layers, notices = read(folder, container)
        result = {"format": format_name, "layers": write(folder, layers)}
    except NotReadError as error:
        result, notices = {}, list(error.notices)
    except MemoryError:
        result, notices = {}, [say(messages.TOO_MUCH_MEMORY)]
    result["notices"] = [[notice.text, dict(notice.values)] for notice in notices]
    (folder / "result.json").write_text(json.dumps(result), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), cast("Container", sys.argv[2]))
