"""What a browser may show before the script has said it, because it is the same for all readers.

``frontend/ahead.js`` fetches it (``serving/ahead.py``) and shows it at once when the reader picks
land, a plan or a day; what the script says follows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from geo.division import load_division
from geo.line import OWN_LINE, line_dates
from geo.plan import DEFAULT_PLAN, Language, load_plan, plans_by_date
from pages.parts.assets import version
from pages.parts.map_first import shows_map
from pages.parts.own import own
from pages.parts.panel import panel_of
from pages.parts.scene import Scene, map_scene, scene_of
from pages.parts.speech import language, speak
from pages.parts.view import View, pick


def panels_told(view: View) -> dict[str, Any]:
    """Where the panels of all zones are, and ``of`` which plan, line and language."""
    of = {"plan": view.plan.id, "line": view.line, "language": language()}
    return {"of": of, "at": _address("panels", view)}


def plans_told(views: Mapping[str, View], now: View) -> dict[str, Any]:
    """Where the scenes of other plans are, by what the picker calls each, and ``of`` which state.

    ``now``: the view in which one of ``views`` is chosen.
    """
    of = {"plan": now.plan.id, "line": now.line, "language": language()}
    others = {label: view for label, view in views.items() if view.plan.id != now.plan.id}
    return {"of": of, "to": _scenes(others, now)}


def lines_told(views: Mapping[str, View], now: View) -> dict[str, Any]:
    """The same for other lines, which are chosen alike from any line."""
    return {"of": {"plan": now.plan.id, "language": language()}, "to": _scenes(views, now)}


def _scenes(views: Mapping[str, View], now: View) -> dict[str, str | None]:
    """None without a map, or while it shows a change between two days: no part of a scene."""
    if now.since or not shows_map():
        return {}
    return {label: _address("scene", view) for label, view in views.items()}


def _address(what: Literal["panels", "scene"], view: View) -> str | None:
    """Where the browser finds it; nowhere if anything in it is the reader's own."""
    brought = own()
    if brought.plan is not None or brought.outlines is not None or view.line == OWN_LINE:
        return None
    return f"/ahead/{version()}/{what}/{view.plan.id}/{view.line}/{language()}.json"


def panels(plan_id: str, line: str, spoken: Language) -> dict[str, str]:
    """The panel of every zone of a shipped plan on a shipped line, by what a click on it picks.

    Raises :class:`geo.errors.DataError` if there is no such plan or line.
    """
    view, seen = _view(plan_id, line, spoken)
    picks = [f"zone:{zone}" for zone in seen.division.pieces]
    return {picked: panel_of(pick(view, picked), seen) for picked in picks}


def scene(plan_id: str, line: str, spoken: Language) -> dict[str, Any]:
    """What the map has to know of a shipped plan on a shipped line, as the script would say it.

    Raises :class:`geo.errors.DataError` if there is no such plan or line.
    """
    return map_scene(_view(plan_id, line, spoken)[1])


def make_usual_scenes() -> None:
    """Make what most readers choose first: every plan on its own line, the default one on each."""
    usual = load_plan(DEFAULT_PLAN)
    for plan in plans_by_date():
        scene(plan.id, plan.line, "en")
    for line in line_dates():
        scene(usual.id, line, "en")


def _view(plan_id: str, line: str, spoken: Language) -> tuple[View, Scene]:
    speak(spoken)
    view = View(plan=load_plan(plan_id), line=line)
    return view, scene_of(view.plan, load_division(line))
