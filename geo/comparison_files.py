"""What two plans, or two lines, differ in, as rows for other programs: CSV, JSON, a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.ledger_files import aligned
from geo.line import line_in_files
from geo.territories import CREDIT, territory_facts
from geo.town_lists import as_csv as rows_as_csv
from geo.town_lists import as_json as rows_as_json

if TYPE_CHECKING:
    from geo.answers import Answer
    from geo.comparison import Comparison, Part
    from geo.plan import Plan

_SAID = (
    *("held_by", "status", "instead", "treated_as", "how", "leaves", "keeps_out", "regime"),
    *("certainty", "deciding", "clauses"),
)
"""What a side says of a piece: one column each for the left and the right side."""

_SIDE = ("plan", "standing", "line")

COLUMNS = (
    *(f"{side}_{name}" for side in ("left", "right") for name in _SIDE),
    *("territory", "name", "differs", "area_km2", "area_low_km2", "area_high_km2"),
    *("people", "people_year", "people_method", "settlements"),
    *(f"{side}_{name}" for name in _SAID for side in ("left", "right")),
    "credit",
)
"""The columns of a row, a piece of land on which the two sides differ. ``differs``: in what (see
:data:`geo.comparison.FACTS`). The ends of the area are empty where nobody has measured them: on a
reader's own line, and for ground between two lines."""


def as_rows(found: Comparison) -> list[dict[str, Any]]:
    """One row a piece that differs, most land first, with :data:`COLUMNS`; names in English."""
    towns = "Settlements: GeoNames, CC BY 4.0; codifier KATOTTG"
    people = "Population: State Statistics Service of Ukraine"
    about = {
        **_about("left", found.left, found.left_line),
        **_about("right", found.right, found.right_line),
        "credit": f"{CREDIT}. {towns}. {people}",
    }
    return [about | _row(found, part) for part in found.different]


def _about(side: str, plan: Plan, line: str) -> dict[str, str]:
    values = {"plan": plan.id, "standing": plan.standing, "line": line_in_files(line)}
    return {f"{side}_{name}": value for name, value in values.items()}


def _row(found: Comparison, part: Part) -> dict[str, Any]:
    area = found.total([part]).area
    return {
        "territory": part.territory,
        "name": territory_facts()[part.territory]["name_en"],
        "differs": list(part.differs),
        "area_km2": round(part.area_km2, 1),
        "area_low_km2": round(area.low, 1) if area else None,
        "area_high_km2": round(area.high, 1) if area else None,
        "people": part.people.count,
        "people_year": part.people.year,
        "people_method": part.people.method,
        "settlements": part.settlements,
        **_said("left", part.left),
        **_said("right", part.right),
    }


def _said(side: str, found: Answer) -> dict[str, Any]:
    values = {
        "held_by": found.held_by,
        "status": found.status,
        "instead": [term.status for term in found.alternatives if term.status],
        "treated_as": found.treated_as,
        "how": found.how,
        "leaves": list(found.leaves),
        "keeps_out": list(found.keeps_out),
        "regime": list(found.regimes),
        "certainty": found.certainty,
        "deciding": list(found.deciding),
        "clauses": list(found.clauses),
    }
    return {f"{side}_{name}": values[name] for name in _SAID}


def as_csv(rows: list[dict[str, Any]]) -> str:
    """Rows as CSV with a header; text that a spreadsheet would run as a formula is harmless."""
    return rows_as_csv(rows, COLUMNS)


def as_json(rows: list[dict[str, Any]]) -> str:
    """Rows as a JSON list."""
    return rows_as_json(rows, COLUMNS)


TABLE = (
    *("territory", "name", "left_held_by", "right_held_by", "area_km2", "people", "settlements"),
    *("differs", "left_status", "right_status", "left_treated_as", "right_treated_as"),
)
"""The columns that fit a terminal."""


def as_table(rows: list[dict[str, Any]], found: Comparison) -> str:
    """Aligned columns for a terminal, and what they add up to."""
    sides = ((found.left, found.left_line), (found.right, found.right_line))
    left, right = (f"{plan.id} on {line} ({plan.standing})" for plan, line in sides)
    sums = [
        {"land": name, "area_km2": each.area_km2, "people": each.people}
        for name, each in (
            ("different", found.total(found.different)),
            ("the same", found.total(found.same)),
        )
    ]
    body = aligned(rows, TABLE) if rows else "The two say the same of all land."
    return f"{left}\n{right}\n\n{body}\n\n{aligned(sums, ('land', 'area_km2', 'people'))}"
