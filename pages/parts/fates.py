"""What every plan would do to one piece of land, as a strip in order of date."""

from __future__ import annotations

from typing import Any

from geo.plan import Plan
from pages.parts import words
from pages.parts.land_rows import look_of
from pages.parts.own import division_of
from pages.parts.plans import all_plans
from pages.parts.scene import Row, Scene, scene_of
from pages.parts.speech import _, said
from pages.parts.view import View


def fates(view: View, zones: list[Row], page: str | None = None) -> list[dict[str, Any]]:
    """One row a plan: what it does to ``zones``, one piece of land or both of a territory.

    Each leads to the same land under that plan: in this page, or on ``page``.
    """
    division = division_of(view)
    return [_fate(view, plan, scene_of(plan, division), zones, page) for plan in all_plans()]


def _fate(view: View, plan: Plan, scene: Scene, zones: list[Row], page: str | None) -> Row:
    rows = [scene.zones[row["zone"]] for row in zones]
    land = f"zone:{rows[0]['zone']}" if len(rows) == 1 else f"territory:{rows[0]['territory']}"
    return {
        "date": plan.date,
        "title": said(plan.short_title),
        "current": plan.id == view.plan.id,
        "page": page,
        "pick": f"plan:{plan.id}/{land}",
        "looks": [look_of(row) for row in rows],
        "told": " / ".join(dict.fromkeys(words.status_name(row) for row in rows)),
        "sureness": _sureness(rows),
    }


def _sureness(rows: list[Row]) -> str:
    """How sure it is, where that is not stated in the text and the status does not say so."""
    found = {row["certainty"] for row in rows if row["status"] != "unaffected"}
    doubts = [level for level in ("disputed", "inferred") if level in found]
    return _(words.SURENESS[doubts[0]]) if doubts else ""
