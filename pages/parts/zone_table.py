"""Below the map: every zone as a table, and how sure all of it is."""

from __future__ import annotations

from geo.statuses import LOOKS
from pages.parts import words
from pages.parts.land_rows import area_range, treatment, zone_link
from pages.parts.render import render
from pages.parts.scene import Row, Scene
from pages.parts.shared import shared
from pages.parts.speech import _
from pages.parts.view import View


@shared
def zone_table(view: View, scene: Scene) -> str:
    """Every zone as a table, those that the plan addresses first."""
    order = list(LOOKS)
    rows = sorted(
        scene.zones.values(), key=lambda row: (order.index(row["status"]), scene.name(row["zone"]))
    )
    return render(
        "zones.html",
        view=view,
        rows=[
            {**zone_link(scene, row), "treated": _treated(row), "range": area_range(scene, row)}
            for row in rows
        ],
        line=scene.line,
    )


def _treated(row: Row) -> str:
    return treatment(row["treated_as"], row["how"]) if row["treated_as"] else _(words.NOT_SAID)


@shared
def method_note(view: View, scene: Scene) -> str:
    """How sure the line is, whose borders are drawn, and the way to all sources."""
    return render("method.html", view=view, line=scene.division.about)
