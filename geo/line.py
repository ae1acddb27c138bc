"""The line of contact on a date: which ground Russia held, and how that is known.

A line is one GeoJSON file under ``data/lines`` with two features, told apart by ``kind``:
``russian_held`` (the area, Crimea included) and ``line_of_contact`` (its edge inside Ukraine).
:mod:`geo.line_faults` says what can be wrong with one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo import paths
from geo.days import WHOLE_DAY
from geo.errors import Fault, LineError, NotFoundError, did_you_mean
from geo.line_members import faults_of_members
from geo.reading import read_json

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


OWN_LINE = "own"
"""What stands in the place of a date for a line that the reader brought."""


def line_in_files(line: str) -> str:
    """What files say of a line: its date, or that it is the reader's own."""
    return "the reader's own line" if line == OWN_LINE else line


@dataclass(frozen=True)
class Line:
    """Who held what on ``date``: ``held`` by Russia, ``contact`` its edge; both EPSG:4326.

    ``about`` has the file's own words: source, licence, method, limits, accuracy, shares.
    """

    date: str
    held: BaseGeometry
    contact: BaseGeometry
    about: dict[str, Any] = field(default_factory=dict)


def line_dates() -> list[str]:
    """The dates of the lines under ``data/lines``, oldest first."""
    return list(_dates_in(paths.LINES))


@cache
def _dates_in(folder: Path) -> tuple[str, ...]:
    names = (path.stem for path in folder.glob("*.geojson"))
    return tuple(sorted(name for name in names if re.fullmatch(WHOLE_DAY, name)))


def line_file(date: str) -> Path:
    """The file of the line of ``date``. Raises :class:`NotFoundError` if there is none."""
    if date not in line_dates():
        hint = did_you_mean(date[:40], line_dates())
        raise NotFoundError(Fault("data/lines", f"there is no line of {date[:40]!r}{hint}"))
    return paths.LINES / f"{date}.geojson"


@cache
def line_facts(date: str) -> dict[str, Any]:
    """Source, method, limits and accuracy of a line; no geometry library needed.

    Raises :class:`NotFoundError` or :class:`LineError`.
    """
    path = line_file(date)
    collection = read_json(path, LineError)
    if faults := faults_of_members(collection, path.name):
        raise LineError(faults)
    return {k: v for k, v in collection.items() if k not in ("type", "features")}


def read_line(path: Path) -> Line:
    """Read a line and check its form, not yet its fit with the outlines (:mod:`geo.line_faults`).

    Raises :class:`LineError` with every fault found.
    """
    import shapely

    from geo.line_faults import faults_of_file

    collection = read_json(path, LineError)
    if faults := faults_of_file(collection, path.name):
        raise LineError(faults)
    shapes = {
        feature["properties"]["kind"]: shapely.from_geojson(json.dumps(feature["geometry"]))
        for feature in collection["features"]
    }
    about = {k: v for k, v in collection.items() if k not in ("type", "features", "date")}
    return Line(collection["date"], shapes["russian_held"], shapes["line_of_contact"], about)


@lru_cache(maxsize=16)
def load_line(date: str) -> Line:
    """The line of that date. Raises :class:`NotFoundError` or :class:`LineError`."""
    return read_line(line_file(date))
