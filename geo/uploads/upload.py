"""Read a file of the reader's: its layers, or a sentence why not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from geo import paths
from geo.notices import Notice, say
from geo.uploads import messages
from geo.uploads.kinds import HEAD, Container, container_of
from geo.uploads.limits import (
    LARGEST_FILE_MB,
    MEGABYTE,
    MOST_AT_ONCE,
    MOST_SECONDS,
    MOST_VERTICES,
    MOST_WAITING_SECONDS,
)
from geo.uploads.notices import NotReadError, UploadError, plain

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer. ``shapes``: of its ``features`` (2D, some may be ``None``), with their ``rows``.

    ``rows``: names and codes among the properties, plain and cut to 60 characters; ``crs``: what
    PROJ reads, ``crs_words``: its name for a reader; both ``None`` if none is declared, or none
    that is understood (``crs_declared`` is then what the file says).
    """

    name: str
    shapes: np.ndarray[Any, Any]
    rows: list[dict[str, str]]
    crs: str | None
    crs_words: str | None
    crs_declared: str | None
    heights: bool
    unreadable: int

    @property
    def features(self) -> int:
        """How many features there are."""
        return len(self.shapes)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The types of geometry that are not empty, such as ``("LineString", "Polygon")``."""
        full = (shape for shape in self.shapes if shape is not None and not shape.is_empty)
        return tuple(sorted({shape.geom_type for shape in full}))


@dataclass(frozen=True, eq=False)
class Upload:
    """A file that was read: its ``name`` as plain text, its ``format``, its ``layers``.

    ``notices``: what was left out in reading.
    """

    name: str
    format: str
    layers: tuple[Layer, ...]
    notices: tuple[Notice, ...]


def read_upload(name: str, data: bytes) -> Upload:
    """Read GeoJSON, KML, KMZ, GeoPackage or a zipped Shapefile (or one of these, zipped).

    The content decides what it is; limits are those of :mod:`geo.uploads.limits`. The file is
    parsed by a process of its own in a private folder that is removed at once.
    Raises :class:`UploadError` with a sentence for each thing that is wrong.
    """
    if not data:
        raise UploadError(name, say(messages.EMPTY_FILE))
    if len(data) > LARGEST_FILE_MB * MEGABYTE:
        raise UploadError(
            name, say(messages.TOO_LARGE, size=round(len(data) / MEGABYTE, 1), most=LARGEST_FILE_MB)
        )
    try:
        container, notices = container_of(name, data[:HEAD])
    except NotReadError as error:
        raise UploadError(name, error.notices) from error
    with tempfile.TemporaryDirectory(prefix="upload-") as private:
        folder = Path(private)
        (folder / f"upload.{container}").write_bytes(data)
        result = _read_apart(name, folder, container)
        layers = [_layer(row, *arrays) for row, arrays in _with_arrays(result, folder)]
    import shapely

    if sum(shapely.count_coordinates(each.shapes) for each in layers) > MOST_VERTICES:
        raise UploadError(name, say(messages.TOO_MANY_VERTICES, most=MOST_VERTICES))
    notices += _notices(result)
    return Upload(plain(name), result["format"], _named_apart(layers), tuple(notices))


_free = BoundedSemaphore(MOST_AT_ONCE)


def _read_apart(name: str, folder: Path, container: Container) -> dict[str, Any]:
    """What the process that reads leaves. Raises :class:`UploadError`."""
    command = [sys.executable, "-m", "geo.uploads.worker", str(folder), container]
    if not _free.acquire(timeout=MOST_WAITING_SECONDS):
        raise UploadError(name, say(messages.BUSY))
    try:
        subprocess.run(
            command,
            cwd=paths.DATA.parent,
            env=_surroundings(),
            timeout=MOST_SECONDS,
            capture_output=True,
            check=False,
        )
    except subprocess.TimeoutExpired as cause:
        raise UploadError(name, say(messages.TOO_SLOW, seconds=MOST_SECONDS)) from cause
    finally:
        _free.release()
    written = folder / "result.json"
    if not written.exists():
        raise UploadError(name, say(messages.ENDED_ABRUPTLY))
    result: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
    if "layers" not in result:
        raise UploadError(name, _notices(result))
    return result


def _surroundings() -> dict[str, str]:
    """The environment of the process that reads: no drivers but ours, no way to the network."""
    import pyogrio

    from geo.uploads.gdal_layers import DRIVERS

    kept = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "OGR_SKIP": ",".join(sorted(set(pyogrio.list_drivers()) - set(DRIVERS))),
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
        "GDAL_HTTP_PROXY": "127.0.0.1:9",
        "GDAL_DISABLE_READDIR_ON_OPEN": "TRUE",
        "GDAL_NUM_THREADS": "1",
        "OGR_SQLITE_LOAD_EXTENSIONS": "",
        "SHAPE_RESTORE_SHX": "YES",
        "PROJ_NETWORK": "OFF",
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }


def _with_arrays(result: dict[str, Any], folder: Path) -> list[tuple[dict[str, Any], Any]]:
    import numpy as np

    with np.load(folder / "shapes.npz", allow_pickle=False) as arrays:
        return [
            (row, (arrays[f"bytes{number}"], arrays[f"ends{number}"]))
            for number, row in enumerate(result["layers"])
        ]


def _layer(row: dict[str, Any], raw: Any, ends: Any) -> Layer:
    import numpy as np
    import shapely

    wkb = [part.tobytes() or None for part in np.split(raw, ends[:-1])] if len(ends) else []
    with np.errstate(invalid="ignore"):  # infinite coordinates are told of later
        shapes = shapely.from_wkb(np.array(wkb, dtype=object), on_invalid="ignore")
    crs, words = row["crs"] or (None, None)
    return Layer(
        name=row["name"],
        shapes=shapes,
        rows=row["rows"],
        crs=crs,
        crs_words=words,
        crs_declared=row["declared"],
        heights=row["heights"],
        unreadable=row["unreadable"],
    )


def _named_apart(layers: list[Layer]) -> tuple[Layer, ...]:
    """The layers, each with a name of its own."""
    from dataclasses import replace

    seen: dict[str, int] = {}
    named = []
    for layer in layers:
        seen[layer.name] = times = seen.get(layer.name, 0) + 1
        named.append(replace(layer, name=f"{layer.name} ({times})") if times > 1 else layer)
    return tuple(named)


def _notices(result: dict[str, Any]) -> list[Notice]:
    return [Notice(text, values) for text, values in result["notices"]]
