"""The map: zones on the left, the clause that decides them on the right."""

from __future__ import annotations

import streamlit as st

from pages.parts.ahead import panels_told
from pages.parts.bridge import anew, listen, picked, tell_page
from pages.parts.legend import layer_toggles
from pages.parts.line_slider import line_change, line_slider
from pages.parts.map_first import scene_ahead, wake_page
from pages.parts.notices import fragment, leading_fragment
from pages.parts.own_panel import own_panel
from pages.parts.panel import panel
from pages.parts.picker import option_of, options
from pages.parts.scene import current_scene, map_scene, selected_on_map
from pages.parts.speech import _
from pages.parts.state import current_view, go_to
from pages.parts.territory_map import show_map
from pages.parts.view import pick
from pages.parts.widgets import heard, show
from pages.parts.zone_table import method_note, zone_table


@fragment
def legend_and_switches() -> None:
    """The legend, whose entries switch the layers; a switch wakes only this."""
    view = current_view()
    st.session_state["layers_shown"] = view.layers
    layer_toggles(view, current_scene(view))
    tell_page("layers_bridge", layers=list(view.layers))


@leading_fragment
def picker_and_panel() -> None:
    """The territory picker and the clause panel; a pick on the map wakes only this."""
    view = current_view()
    scene = current_scene(view)
    selected = selected_on_map(view, scene)
    listen(
        "panel_bridge",
        _picked_on_map,
        selected=selected,
        panels=panels_told(view),
        answered=anew(picked=view.picked),
        **scene_ahead(view),
    )
    wake_page(view)
    if view.layers != st.session_state["layers_shown"]:
        st.rerun()  # a step of the tour shows other layers, and the switches are asleep
    names = options(scene)
    show("territory_picker", option_of(view, scene))
    st.selectbox(
        _("Find a territory"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        key="territory_picker",
        placeholder=_("Find a territory"),
        label_visibility="collapsed",
        on_change=_picked_in_list,
    )
    with st.container(key="clause_panel"):
        st.html(panel(view, scene))


@heard("territory_picker")
def _picked_in_list() -> None:
    go_to(pick(current_view(), st.session_state["territory_picker"]))


def _picked_on_map() -> None:
    go_to(pick(current_view(), picked("panel_bridge")))


view = current_view()
scene = current_scene(view)
left, right = st.columns([1.9, 1], gap="medium")
# The map first: its frame loads while all else is drawn.
with left:
    legend_place = st.container(key="legend")
    with legend_place:
        tell_page(
            "scene_bridge",
            **anew(scene=map_scene(scene, view.since)),
            layers=list(view.layers),
            points=False,
        )
    show_map()
with legend_place:
    legend_and_switches()
with right:
    picker_and_panel()
with left:
    line_slider()
    line_change(view)
own_panel()
with st.container(key="zone_table"):
    st.html(zone_table(view, scene))
with st.container(key="method"):
    st.html(method_note(view, scene))
