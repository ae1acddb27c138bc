"""Check files of ``data/``: every fault as a sentence that names file, place and mend."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from geo import paths
from geo.answers import SIDES
from geo.errors import DataError, Fault
from geo.line import read_line
from geo.line_faults import faults_of_fit
from geo.plan import read_plan
from geo.published import figure_faults
from geo.territories import load_territories, territory_codes
from geo.zone_ids import zone_id


def data_files() -> list[Path]:
    """Every file under ``data/``, sorted."""
    return sorted(path for path in paths.DATA.rglob("*") if path.is_file())


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
        ".csv": _check_csv,
        ".md": lambda _: [],
    }
    if path.suffix not in checks:
        known = ", ".join(sorted(checks))
        return [Fault(path.name, f"files that end in {path.suffix!r} are not read; use {known}.")]
    try:
        return checks[path.suffix](path)
    except DataError as error:
        return list(error.faults)


def _check_yaml(path: Path) -> list[Fault]:
    if path.name == paths.PUBLISHED_FIGURES.name:
        zones = {zone_id(code, side) for code in territory_codes() for side in SIDES}
        return figure_faults(path, zones, set(territory_codes()))
    read_plan(path)
    return []


def _check_geojson(path: Path) -> list[Fault]:
    if _is_outlines(path):
        return _check_outlines(path)
    if path.is_relative_to(paths.DATA) and path.parent != paths.LINES:
        return _check_shapes(path)
    line = read_line(path)
    if path.parent == paths.LINES and line.date != path.stem:
        message = f"date is {line.date} but the file is {path.name}; make them the same."
        return [Fault(path.name, message)]
    return faults_of_fit(line, load_territories(), path.name)


def _is_outlines(path: Path) -> bool:
    return path.name.startswith(("raions.", "territories."))


def _check_outlines(path: Path) -> list[Fault]:
    """Outlines must be valid, on land of known units, and share every vertex with neighbours."""
    import geopandas
    import shapely

    frame = geopandas.read_file(path)
    code = "territory" if "territory" in frame else "iso_3166_2"
    unknown = sorted(set(frame[code]) - set(territory_codes()))
    faults = [Fault(path.name, f"{value!r} is not one of the ISO codes.") for value in unknown]
    if not shapely.coverage_is_valid(frame.geometry.values):
        message = "outlines overlap or leave gaps; simplify them together, as one coverage."
        faults.append(Fault(path.name, message))
    return faults


def _check_shapes(path: Path) -> list[Fault]:
    import shapely

    try:
        features: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["features"]
        shapes = [shapely.from_geojson(json.dumps(f["geometry"])) for f in features]
    except (ValueError, KeyError, shapely.errors.GEOSException):
        return [Fault(path.name, "this is not a GeoJSON FeatureCollection; rebuild it.")]
    return [
        Fault(path.name, f"feature {number} is empty or invalid; rebuild the file.")
        for number, shape in enumerate(shapes, start=1)
        if shape is None or shape.is_empty or not shape.is_valid
    ]


def _check_csv(path: Path) -> list[Fault]:
    """Tables need a header, rows of its width, and positions that are positions."""
    faults = []
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        for row in rows:
            if None in row or None in row.values():
                message = "the row has not as many cells as the header; mend its commas."
                faults.append(Fault(path.name, message, rows.line_num))
            elif "lat" in row and not _is_position(row["lat"], row["lon"]):
                message = f"lat {row['lat']!r}, lon {row['lon']!r} is no position in degrees."
                faults.append(Fault(path.name, message, rows.line_num))
    return faults


def _is_position(lat: str, lon: str) -> bool:
    try:
        return abs(float(lat)) <= 90 and abs(float(lon)) <= 180
    except ValueError:
        return False
