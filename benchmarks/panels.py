"""What the dashboard's panel shows of each piece of land, by the data alone."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from geo.answers import answer
from geo.division import load_division
from geo.plan import DEFAULT_PLAN, Side, load_plan
from geo.territories import territory_facts

END = 60
"""So many characters of the end of a text show that all of it is there."""

UNDECIDED = "It does not change who holds it."
"""How the panel ends what it says of land that no clause names."""


class Panel(NamedTuple):
    """One piece of land, and the heading of its panel in English."""

    zone: str
    heading: str
    territory: str
    held_by: Side


@cache
def panels(line: str) -> list[Panel]:
    """The panel of each piece of land on a line of contact."""
    division, facts = load_division(line), territory_facts()
    rows = []
    for piece in division.pieces.values():
        name, side = facts[piece.territory]["name_en"], piece.held_by
        part = f", the part {side} holds" if piece.territory in division.divided else ""
        rows.append(Panel(piece.zone, f"{name}{part}", piece.territory, side))
    return rows


def last_words(territory: str) -> dict[str, str]:
    """How the text of the clause that decides ends, by the heading of each part of a territory.

    Under the default plan, on its own line of contact.
    """
    plan = load_plan(DEFAULT_PLAN)
    found = {}
    for panel in panels(plan.line):
        if panel.territory == territory:
            deciding = answer(plan, territory, panel.held_by).deciding
            text = plan.clause(deciding[0]).text["en"] if deciding else UNDECIDED
            found[panel.heading] = text[-END:].strip()
    return found
