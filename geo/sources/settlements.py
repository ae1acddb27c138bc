"""Settlements of our own table with the holders that another source gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo import paths
from geo.errors import DataError, Fault

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from geo.sources.viina import Control


def control_table() -> pd.DataFrame:
    """Our own table: ``settlement_control.csv``, one row a settlement."""
    import pandas as pd

    return pd.read_csv(paths.REFERENCE / "settlement_control.csv.gz", dtype={"geonameid": "Int64"})


def joined(table: pd.DataFrame, control: Control) -> pd.DataFrame:
    """The rows of ``table`` that ``control`` has a status for, with it as column ``status``."""
    place = table[control.key].astype("string")
    return table.assign(status=place.map(control.status)).dropna(subset="status")


def settlements(
    control: Control, table: pd.DataFrame, contested_is_held: bool = False
) -> pd.DataFrame:
    """Who held which settlement, as :func:`geo.build.line.build_line` takes it.

    ``table``: :func:`control_table`, which has the positions. Columns ``geonameid``, ``katottg``,
    ``name_en``, ``lat``, ``lon`` (degrees), ``population``, ``oblast_iso`` and
    ``held_YYYY_MM_DD`` (``R`` or ``U``). Contested counts as not Russian-held unless
    ``contested_is_held``. Raises :class:`DataError` if no settlement is in both, or all are held
    by one side.
    """
    rows = joined(table, control)
    if rows.empty:
        message = f"none of its {len(control.status):,} places is in our table; check the ids."
        raise DataError(Fault("VIINA", message))
    russian = ("RU", "CONTESTED") if contested_is_held else ("RU",)
    held = rows["status"].isin(russian).map({True: "R", False: "U"})
    if held.nunique() == 1:
        message = f"one side holds all {len(rows):,} places on {control.date}; no line runs there."
        raise DataError(Fault("VIINA", message))
    names = ["geonameid", "katottg", "name_en", "lat", "lon", "population", "oblast_iso"]
    return rows[names].assign(**{held_column(control.date): held})


def held_column(date: str) -> str:
    """The column of our table for a date."""
    return "held_" + date.replace("-", "_")


def rebuilt_file(date: str) -> Path:
    """Where a line rebuilt from VIINA goes: beside the shipped ones, never among their dates."""
    return paths.OTHER_LINES / f"viina_{date}.geojson"
