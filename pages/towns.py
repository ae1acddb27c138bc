"""What happens to my town: looked up by name, by coordinates, by a click, or as a list."""

from __future__ import annotations

import streamlit as st

from pages.parts.bridge import anew, listen, picked, tell_page
from pages.parts.notices import fragment
from pages.parts.scene import current_scene, map_scene
from pages.parts.state import current_view, go_to
from pages.parts.territory_map import show_map
from pages.parts.town_answer import answers_for, point_of, town_panel
from pages.parts.town_list import town_list
from pages.parts.town_search import picked_town, town_search_box
from pages.parts.view import LAYERS


@fragment
def search_and_answer() -> None:
    """The search box and its answer; typing and clicks on the map wake only this."""
    town_search_box(current_view())
    view = current_view()
    answers = answers_for(view)
    with st.container(key="town_result"):
        st.html(town_panel(view, current_scene(view), answers))
    selected = {"zones": [], "place": None, "point": point_of(answers)}
    listen("town_bridge", _picked, selected=selected, points=True)


def _picked() -> None:
    go_to(picked_town(current_view(), picked("town_bridge")))


view = current_view()
scene = current_scene(view)
tell_page("scene_bridge", **anew(scene=map_scene(scene)), layers=list(LAYERS))
left, right = st.columns([1, 1.25], gap="medium")
with left:
    search_and_answer()
with right:
    show_map()
town_list()
