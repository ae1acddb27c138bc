"""The ledger: how much land stands under which status, by territory and holder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.statuses import STATUSES
from geo.territories import territory_facts

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("status", "territory", "name", "held_by", "clauses", "area_km2", "share_percent")


def ledger(zones: pd.DataFrame) -> pd.DataFrame:
    """One row a zone (columns of :func:`geo.zones.zones`), by status, then territory, then holder.

    Columns :data:`COLUMNS`; ``share_percent`` is the zone's share of its territory's outline.
    Areas are those of the zones, so they add up to the outlines, not to the official figures.
    """
    import pandas as pd

    whole = zones.groupby("territory")["area_km2"].transform("sum")
    rows = pd.DataFrame(zones[["status", "territory", "held_by", "clauses", "area_km2"]])
    rows["name"] = [territory_facts().get(code, {}).get("name_en", code) for code in rows.territory]
    rows["share_percent"] = 100 * rows["area_km2"] / whole
    rows["status"] = pd.Categorical(rows["status"], categories=list(STATUSES), ordered=True)
    rows = rows.sort_values(["status", "territory", "held_by"], ignore_index=True)
    return rows.astype({"status": str})[list(COLUMNS)]


def by_status(rows: pd.DataFrame) -> pd.DataFrame:
    """The sums of a ledger: columns status, held_by, area_km2, and a last row for all."""
    import pandas as pd

    sums = rows.groupby(["status", "held_by"], sort=False)["area_km2"].sum().reset_index()
    whole = {"status": ["all"], "held_by": [""], "area_km2": [sums["area_km2"].sum()]}
    return pd.concat([sums, pd.DataFrame(whole)], ignore_index=True)


def totals(zones: list[dict[str, Any]]) -> dict[str, float]:
    """Square kilometres under each status, every status named; ``zones`` as plain rows."""
    found: dict[str, float] = dict.fromkeys(STATUSES, 0.0)
    for zone in zones:
        found[zone["status"]] += zone["area_km2"]
    return found
