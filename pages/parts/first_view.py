"""What a reader of the map sees until Streamlit has drawn its page: the finding, and a picture.

It stands in the page that the server answers with, where map and finding will be, and goes when
they come (``frontend/bridge.js``, ``frontend/map.js``).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from geo.division import load_division
from geo.errors import DataError
from geo.map_picture import WORLD, outlines, web_mercator
from geo.plan import Language, load_plan
from pages.parts.colours import colours_of_both, fills
from pages.parts.extent import BOUNDS, NARROW_BELOW, NARROW_BOUNDS, NARROW_ROOM, ROOM
from pages.parts.head import finding
from pages.parts.link import read_view, spoken
from pages.parts.render import render
from pages.parts.scene import scene_of
from pages.parts.speech import language, speak
from pages.parts.view import LAYERS, View


def first_style() -> str:
    """The style sheet of what is seen first, in the colours that the reader's system asks for."""
    return colours_of_both() + fills(".picture")


def first_view(parameters: Mapping[str, list[str]], otherwise: Language) -> str:
    """For a link's query parameters, in its language or ``otherwise``, as HTML.

    Nothing for links that cannot be read as they stand, that hide layers, lead to a step of the
    tour or look at what is a reader's own: those who follow them wait for the page.
    """
    speak(spoken(parameters, otherwise))
    try:
        view = read_view(parameters)
        usual = set(view.layers) == set(LAYERS) and not view.step and not view.notices
        return _first_view(view.plan.id, view.line, language()) if usual else ""
    except DataError:
        return ""  # the page tells of it


@lru_cache(maxsize=64)
def _first_view(plan_id: str, line: str, language: Language) -> str:
    view = View(plan=load_plan(plan_id), line=line, language=language)
    scene = scene_of(view.plan, load_division(line))
    drawn = outlines(scene.division)
    return render(
        "first_view.html",
        finding=finding(view, scene),
        zones=[(row, drawn[zone]) for zone, row in scene.zones.items()],
        plan=plan_id,
        line=line,
        language=language,
        placing={
            "bounds": _corners(BOUNDS),
            "narrowBounds": _corners(NARROW_BOUNDS),
            "narrowBelow": NARROW_BELOW,
            "room": ROOM,
            "narrowRoom": NARROW_ROOM,
            "world": WORLD,
        },
    )


def _corners(bounds: list[list[float]]) -> list[float]:
    """West, north, east and south in the picture's units."""
    (south, west), (north, east) = bounds
    return [*web_mercator(west, north), *web_mercator(east, south)]
