"""Pieces of land and places, as the rows that templates show."""

from __future__ import annotations

from typing import Any

from geo.intervals import area_interval
from geo.territories import place_facts
from pages.parts import words
from pages.parts.ledger_figures import span
from pages.parts.scene import Row, Scene
from pages.parts.speech import _, named


def look_of(row: Row) -> dict[str, str]:
    """How a zone is drawn: status, its name, and the side that holds it."""
    side = row["held_by"].lower()
    return {"status": row["status"], "label": words.status_name(row), "side": side}


def area_range(scene: Scene, row: Row) -> str:
    """From where to where the area of a zone may be, km²; empty where it is certain."""
    if row["territory"] not in scene.division.divided:
        return ""
    return span(area_interval(scene.line, {row["zone"]: row["area_km2"]}))


def zone_link(scene: Scene, row: Row) -> dict[str, Any]:
    """What a template shows of a zone that can be picked."""
    holder = words.SIDES[row["held_by"]]
    return {
        "pick": f"zone:{row['zone']}",
        "name": scene.name(row["zone"]),
        "holder": _(holder),
        "area": row["area_km2"],
        "look": look_of(row),
        "clauses": row["clauses"],
    }


def place_link(row: Row) -> dict[str, Any]:
    """What a template shows of a site or river that can be picked."""
    return {
        "pick": f"place:{row['place']}",
        "name": named(place_facts()[row["place"]]),
        "clauses": row["clauses"],
    }


def treatment(treated_as: str, how: str) -> str:
    """As whose land it would be treated and, where it is said, how: "Russian, de facto"."""
    treated = _(words.TREATED_AS[treated_as])
    return f"{treated}, {_(words.HOW[how])}" if how in words.HOW else treated
