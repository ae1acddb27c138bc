"""Zones and ledger as text in the formats that other programs read."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
from geopandas import GeoDataFrame

AREA_DECIMALS = 3


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
    table = _rounded(_plain(rows))
    if "clauses" in table:
        table["clauses"] = [" ".join(clauses) for clauses in table["clauses"]]
    return str(table.to_csv(index=False))


def as_table(rows: pd.DataFrame) -> str:
    """Aligned columns for a terminal."""
    table = _plain(rows)
    if "clauses" in table:
        table["clauses"] = [" ".join(clauses) for clauses in table["clauses"]]
    return table.to_string(index=False, float_format=lambda value: f"{value:,.1f}")


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    """Without geometry, with ``None`` where there is nothing."""
    table = pd.DataFrame(rows.drop(columns="geometry", errors="ignore"))
    return table.astype(object).where(table.notna(), None)


def _rounded(rows: Any) -> Any:
    rows = rows.copy()
    for column in ("area_km2", "share_percent"):
        if column in rows:
            rows[column] = rows[column].astype(float).round(AREA_DECIMALS)
    return rows
