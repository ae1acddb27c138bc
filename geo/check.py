"""Check files of ``data/``: every fault as a sentence that names file, place and mend."""

from __future__ import annotations

import csv
import gettext
import io
import json
import struct
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from geo import paths
from geo.answers import SIDES
from geo.background import read_background
from geo.errors import DataError, Fault
from geo.line import read_line
from geo.line_faults import faults_of_fit
from geo.plan import read_plan
from geo.publications import read_sources
from geo.published import figure_faults
from geo.reading import read_json, read_text
from geo.search_words import read_search_words
from geo.territories import load_territories, territory_codes
from geo.timeline import read_timeline
from geo.tour import read_tour
from geo.zone_ids import zone_id


def data_files() -> list[Path]:
    """Every file that ``data/`` ships, sorted; lines rebuilt from another source are not."""
    found = (path for path in paths.DATA.rglob("*") if path.is_file())
    return sorted(path for path in found if not path.is_relative_to(paths.OTHER_LINES))


def check(files: Iterable[Path]) -> list[Fault]:
    """Every fault in ``files``, in their order."""
    return [fault for path in files for fault in check_file(path)]


def check_file(path: Path) -> list[Fault]:
    """The faults of one file; what is checked follows from its name and contents."""
    if not path.is_file():
        return [Fault(str(path), "there is no such file; check the path.")]
    checks: dict[str, Callable[[Path], list[Fault]]] = {
        ".yaml": _check_yaml,
        ".yml": _check_yaml,
        ".geojson": _check_geojson,
        ".json": _check_json,
        ".csv": _check_csv,
        ".md": _check_text,
        ".txt": _check_text,
        ".po": _check_text,
        ".mo": _check_compiled,
        ".gz": _check_compressed,
    }
    if path.suffix not in checks:
        known = ", ".join(sorted(checks))
        return [Fault(path.name, f"files that end in {path.suffix!r} are not read; use {known}.")]
    try:
        return checks[path.suffix](path.resolve())
    except DataError as error:
        return list(error.faults)


def _check_text(path: Path) -> list[Fault]:
    read_text(path)
    return []


def _check_compiled(path: Path) -> list[Fault]:
    """A compiled catalogue must be one that gettext can read."""
    try:
        with path.open("rb") as file:
            gettext.GNUTranslations(file)
    except (OSError, ValueError, struct.error) as error:
        message = f"gettext cannot read it ({error}); run python -m geo.build catalogues."
        return [Fault(path.name, message)]
    return []


YAML_READERS: dict[str, Callable[[Path], object]] = {
    paths.SOURCES.name: read_sources,
    paths.TIMELINE.name: read_timeline,
    paths.BACKGROUND.name: read_background,
    paths.TOUR.name: read_tour,
    paths.SEARCH_WORDS.name: read_search_words,
}
"""What reads a file, by its name; every other YAML file is a plan."""


def _check_yaml(path: Path) -> list[Fault]:
    if path.name == paths.PUBLISHED_FIGURES.name:
        zones = {zone_id(code, side) for code in territory_codes() for side in SIDES}
        return figure_faults(path, zones, set(territory_codes()))
    YAML_READERS.get(path.name, read_plan)(path)
    return []


def _check_geojson(path: Path) -> list[Fault]:
    if path.name.startswith(("raions.", "territories.")):
        return _check_outlines(path)
    if path.is_relative_to(paths.DATA) and path.parent != paths.LINES:
        return _check_shapes(path, may_have_none=path.name.startswith("movement."))
    line = read_line(path)
    if path.parent == paths.LINES and line.date != path.stem:
        message = f"date is {line.date} but the file is {path.name}; make them the same."
        return [Fault(path.name, message)]
    return faults_of_fit(line, load_territories(), path.name)


def _check_outlines(path: Path) -> list[Fault]:
    """Outlines must be valid, on land of known units, and share every vertex with neighbours."""
    import shapely

    if faults := _check_shapes(path):
        return faults
    features = read_json(path)["features"]
    rows = [feature.get("properties") or {} for feature in features]
    codes = [row.get("territory", row.get("iso_3166_2")) for row in rows]
    faults = [
        Fault(path.name, f"feature {number} has {code!r}, which is not one of the ISO codes.")
        for number, code in enumerate(codes, start=1)
        if code not in territory_codes()
    ]
    shapes = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in features]
    if not shapely.coverage_is_valid(shapes):
        message = "outlines overlap or leave gaps; simplify them together, as one coverage."
        faults.append(Fault(path.name, message))
    return faults


def _check_shapes(path: Path, may_have_none: bool = False) -> list[Fault]:
    """Each feature of a collection needs a shape that is neither empty nor invalid."""
    import shapely

    collection = read_json(path)
    features: Any = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not features:
        return [Fault(path.name, "this is not a GeoJSON FeatureCollection; rebuild it.")]
    faults = []
    for number, feature in enumerate(features, start=1):
        if may_have_none and feature["geometry"] is None:
            continue
        try:
            shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        except (TypeError, KeyError, ValueError, shapely.errors.GEOSException):
            shape = None
        if shape is None or shape.is_empty or not shape.is_valid:
            message = f"feature {number} is empty or invalid; rebuild the file."
            faults.append(Fault(path.name, message))
    return faults


def _check_json(path: Path) -> list[Fault]:
    read_json(path)
    return []


def _check_csv(path: Path) -> list[Fault]:
    return _check_table(path, read_text(path))


def _check_compressed(path: Path) -> list[Fault]:
    """A packed file is a map or a table."""
    if path.name.endswith(".geojson.gz"):
        return _check_geojson(path)
    return _check_table(path, read_text(path))


def _check_table(path: Path, text: str) -> list[Fault]:
    """Tables need a header, rows of its width, and positions that are positions."""
    faults = []
    rows = csv.DictReader(io.StringIO(text, newline=""))
    for row in rows:
        if None in row or None in row.values():
            message = "the row has not as many cells as the header; mend its commas."
            faults.append(Fault(path.name, message, rows.line_num))
        elif "lat" in row and not _is_position(row["lat"], row.get("lon", "")):
            message = f"lat {row['lat']!r}, lon {row.get('lon')!r} is no position in degrees."
            faults.append(Fault(path.name, message, rows.line_num))
    return faults


def _is_position(lat: str, lon: str) -> bool:
    """Whether a row has a position; none at all is right too, half of one is not."""
    try:
        return lat == lon == "" or (abs(float(lat)) <= 90 and abs(float(lon)) <= 180)
    except ValueError:
        return False
