"""The guided tour: one step at a time in the panel, the map led along."""

from __future__ import annotations

from geo.tour import load_tour
from pages.parts.clause_rows import clause_row
from pages.parts.render import render
from pages.parts.scene import Scene
from pages.parts.speech import language, said
from pages.parts.view import View
from pages.parts.words import km2


def tour_panel(view: View, scene: Scene) -> str:
    """The step that the view is at, with areas of this line put in, as HTML."""
    steps = load_tour().steps
    number = view.step or 1
    step = steps[number - 1]
    areas = {
        name: km2(sum(scene.zones[zone]["area_km2"] for zone in zones if zone in scene.zones))
        for name, zones in step.areas.items()
    }
    return render(
        "step.html",
        view=view,
        number=number,
        total=len(steps),
        title=said(step.title),
        text=step.told(language(), areas),
        clauses=[clause_row(view.plan, view.plan.clause(name)) for name in step.clauses],
    )
