"""The ledger as rows for other programs: everything that it knows, in CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from geo.contents import port_facts
from geo.gazetteer import raion_facts
from geo.territories import CREDIT, place_facts, territory_facts
from geo.town_lists import as_csv as rows_as_csv
from geo.town_lists import as_json as rows_as_json

if TYPE_CHECKING:
    from geo.division import Division
    from geo.intervals import Interval
    from geo.ledger import Ledger
    from geo.ledger_entries import Entry

COLUMNS = (
    *("plan", "standing", "line", "zone", "status", "territory", "name", "held_by"),
    *("treated_as", "how", "clauses"),
    *("area_km2", "area_low_km2", "area_high_km2", "share_percent", "official_area_km2"),
    *("people", "people_low", "people_high", "people_year", "people_method"),
    *("settlements", "settlements_low", "settlements_high", "settlements_unplaced"),
    *("cut_raions", "nuclear_plants", "ports", "credit"),
)
"""The columns of a row, a piece of land. Areas in km²; ``official_area_km2``, the shares and
``settlements_unplaced`` are about the whole territory. ``low`` and ``high`` are empty for a line
that nobody has measured; see :mod:`geo.intervals` for what they cover."""


def as_rows(ledger: Ledger, division: Division) -> list[dict[str, Any]]:
    """One row a piece of land, with :data:`COLUMNS`; names in English."""
    line = division.about.get("source", {}).get("en", "Line of contact: the reader's own.")
    towns = "Settlements: GeoNames, CC BY 4.0; codifier KATOTTG"
    credit = f"{CREDIT}. {line} {towns}. Population: State Statistics Service of Ukraine"
    about = {
        "plan": ledger.plan,
        "standing": ledger.standing,
        "line": ledger.line,
        "credit": credit,
    }
    return [about | _row(ledger, entry) for entry in ledger.entries]


def _row(ledger: Ledger, entry: Entry) -> dict[str, Any]:
    sums, facts = ledger.sum([entry]), territory_facts()[entry.territory]
    return {
        "zone": entry.zone,
        "status": entry.status,
        "territory": entry.territory,
        "name": facts["name_en"],
        "held_by": entry.held_by,
        "treated_as": entry.treated_as,
        "how": entry.how,
        "clauses": list(entry.clauses),
        "area_km2": round(entry.area_km2, 1),
        **_ends("area{}_km2", sums.area, 1),
        "share_percent": round(entry.share_percent, 1),
        "official_area_km2": facts["official_area_km2"],
        "people": entry.people.count,
        **_ends("people{}", sums.people_interval),
        "people_year": entry.people.year,
        "people_method": entry.people.method,
        "settlements": entry.contents.settlements,
        **_ends("settlements{}", sums.settlements_interval),
        "settlements_unplaced": entry.contents.unplaced,
        "cut_raions": _names(raion_facts(), entry.contents.cut_raions),
        "nuclear_plants": _names(place_facts(), entry.plants),
        "ports": _names(port_facts(), entry.contents.ports),
    }


def _names(facts: Mapping[str, Mapping[str, Any]], keys: Iterable[str]) -> str:
    return "; ".join(facts[key]["name_en"] for key in keys)


def _ends(name: str, interval: Interval | None, decimals: int | None = None) -> dict[str, Any]:
    low, high = (None, None) if interval is None else (interval.low, interval.high)
    ends = {"_low": low, "_high": high}
    return {
        name.format(end): None if value is None else round(value, decimals)
        for end, value in ends.items()
    }


def as_csv(rows: list[dict[str, Any]]) -> str:
    """Rows as CSV with a header; text that a spreadsheet would run as a formula is harmless."""
    return rows_as_csv(rows, COLUMNS)


def as_json(rows: list[dict[str, Any]]) -> str:
    """Rows as a JSON list."""
    return rows_as_json(rows, COLUMNS)


TABLE = (
    *("status", "territory", "name", "held_by", "clauses", "area_km2", "area_low_km2"),
    *("area_high_km2", "share_percent", "people", "settlements"),
)
"""The columns that fit a terminal."""


def as_table(rows: list[dict[str, Any]]) -> str:
    """Aligned columns for a terminal, numbers to the right, and the sums of each status."""
    sums = [
        {"status": status, **{name: sum(row[name] for row in mine) for name in SUMMED}}
        for status, mine in _by_status(rows).items()
    ]
    whole = {"status": "all", **{name: sum(row[name] for row in rows) for name in SUMMED}}
    return f"{aligned(rows, TABLE)}\n\n{aligned([*sums, whole], ('status', *SUMMED))}"


SUMMED = ("area_km2", "people", "settlements")


def _by_status(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["status"], []).append(row)
    return found


def aligned(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> str:
    """Rows as lines for a terminal, with a header and as wide as they have to be."""
    cells = [columns, *(tuple(_cell(row[name]) for name in columns) for row in rows)]
    widths = [max(len(line[position]) for line in cells) for position in range(len(columns))]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        for line in cells
    )


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, float):
        return f"{value:,.1f}"
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)
