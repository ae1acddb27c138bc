"""A GeoPackage looked through before it is read: tables and their indexes, nothing that runs."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from geo.notices import say
from geo.uploads import messages
from geo.uploads.limits import LONGEST_CRS
from geo.uploads.notices import NotReadError, plain

TABLES = {"gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"}

_QUOTED = re.compile(r""" "(?:[^"]|"")*" | '(?:[^']|'')*' """, re.VERBOSE)
_STANDARD_STEP = re.compile(
    r"(INSERT( OR REPLACE)? INTO|UPDATE|DELETE FROM) (<index>|gpkg_ogr_contents) |SELECT RAISE ?\(",
    re.IGNORECASE,
)
"""How the steps begin of triggers that keep a layer's index, count its features or refuse."""


def scan(path: Path) -> None:
    """Raises :class:`NotReadError` for what is no GeoPackage, or holds triggers or views."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as base:
            base.execute("PRAGMA trusted_schema = OFF")
            base.execute("PRAGMA query_only = ON")
            _check(base)
    except (sqlite3.Error, UnicodeDecodeError) as cause:
        raise NotReadError(say(messages.BROKEN_GEOPACKAGE)) from cause


def _check(base: sqlite3.Connection) -> None:
    rows = base.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    if not {str(name).lower() for _, name, _ in rows} >= TABLES:
        raise NotReadError(say(messages.NOT_GEOPACKAGE))
    for kind, name, sql in rows:
        bare = _without_names(str(sql or ""))
        if kind == "view":
            raise NotReadError(say(messages.VIEW, name=plain(name)))
        if kind == "trigger" and not _is_standard(bare):
            raise NotReadError(say(messages.TRIGGER, name=plain(name)))
        if re.match(r"CREATE VIRTUAL ", bare, re.IGNORECASE) and " USING rtree" not in bare:
            raise NotReadError(say(messages.VIRTUAL_TABLE, name=plain(name)))
    longest = base.execute("SELECT max(length(definition)) FROM gpkg_spatial_ref_sys").fetchone()[0]
    if (longest or 0) > LONGEST_CRS:
        raise NotReadError(say(messages.CRS_TOO_LONG))


def _without_names(sql: str) -> str:
    """A statement without what is quoted in it; the names of indexes become ``<index>``."""

    def stands_for(found: re.Match[str]) -> str:
        return "<index>" if found[0][1:].lower().startswith("rtree_") else "<name>"

    return " ".join(_QUOTED.sub(stands_for, sql).split())


def _is_standard(bare: str) -> bool:
    """Whether a trigger is one of those that GDAL and QGIS make for each layer."""
    _, begin, body = bare.partition(" BEGIN ")
    steps = [step.strip() for step in body.removesuffix(";").removesuffix("END").split(";")]
    return bool(begin) and all(_STANDARD_STEP.match(f"{step} ") for step in steps if step)
