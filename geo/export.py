"""Zones and ledger as text in the formats that other programs read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd
from geopandas import GeoDataFrame

from geo.territories import CREDIT

if TYPE_CHECKING:
    from geo.line import Line
    from geo.plan import Plan

AREA_DECIMALS = 1
"""Nothing here is known to a tenth of a square kilometre; the decimal lets sums be checked."""


def about(plan: Plan, line: Line) -> dict[str, Any]:
    """What every file of zones says of itself: plan, line, that it is proposed, and credits."""
    return {
        "plan": plan.id,
        "standing": plan.standing,
        "line": line.date,
        "status_note": plan.status_note,
        "credit": f"{CREDIT}. {line.about['source']['en']}",
    }


def as_geojson(zones: GeoDataFrame, **members: Any) -> str:
    """A GeoJSON FeatureCollection (EPSG:4326) with further top-level ``members`` first."""
    collection = json.loads(_rounded(zones).to_json(drop_id=True))
    collection.pop("crs", None)
    features = collection.pop("features")
    return json.dumps({**collection, **members, "features": features}, ensure_ascii=False)


def as_json(rows: pd.DataFrame) -> str:
    """A JSON list of rows, without geometry."""
    records = _rounded(_plain(rows)).to_dict(orient="records")
    return json.dumps(records, ensure_ascii=False, indent=1)


def as_csv(rows: pd.DataFrame) -> str:
    """CSV with a header, without geometry; lists are joined by spaces."""
    return str(_joined(_rounded(_plain(rows))).to_csv(index=False))


def as_table(rows: pd.DataFrame) -> str:
    """Aligned columns for a terminal."""
    return _joined(_plain(rows)).to_string(index=False, float_format=lambda value: f"{value:,.1f}")


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    """Without geometry, with ``None`` where there is nothing."""
    table = pd.DataFrame(rows.drop(columns="geometry", errors="ignore"))
    return table.astype(object).where(table.notna(), None)


def _joined(table: pd.DataFrame) -> pd.DataFrame:
    for column in table:
        if table[column].map(lambda value: isinstance(value, list)).any():
            table[column] = [" ".join(value) for value in table[column]]
    return table


def _rounded(rows: Any) -> Any:
    rows = rows.copy()
    for column in ("area_km2", "share_percent"):
        if column in rows:
            rows[column] = rows[column].astype(float).round(AREA_DECIMALS)
    return rows
