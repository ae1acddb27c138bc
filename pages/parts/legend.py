"""The legend, which is also the layer switches: one entry a status, the line and its band."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo.statuses import LOOKS, STATUSES, Status
from pages.parts.scene import Scene
from pages.parts.speech import _
from pages.parts.state import current_view, go_to
from pages.parts.view import BAND_LAYER, LAYERS, LINE_LAYER, View
from pages.parts.widgets import is_echo, show
from pages.parts.words import km, km2, line_name


def layer_toggles(view: View, scene: Scene) -> None:
    """One labelled switch a layer, with the area that stands under it."""
    areas, unverified = scene.areas, scene.unverified_km2
    with st.container(key="layer_toggles", horizontal=True):
        for status in STATUSES:
            amount = _amount(status, areas[status], unverified)
            _switch(status, _(LOOKS[status].label), amount, view)
        _switch(LINE_LAYER, _("Line of contact"), line_name(scene.line), view)
        if scene.division.band_km:
            reach = _("± {km} km").format(km=km(scene.division.band_km))
            _switch(BAND_LAYER, _("How sure it is"), reach, view)


def _amount(status: Status, area: float, unverified: float) -> str:
    if not area:
        return _("none here")
    if status == "unaffected" and unverified:
        return _("{area}, {part} of it unverified").format(area=km2(area), part=km2(unverified))
    return km2(area)


def _switch(layer: str, label: str, amount: str, view: View) -> None:
    key = f"layer_{layer}"
    show(key, layer in view.layers, (layer,))
    with st.container(key=f"switch_{layer}", horizontal=True):
        st.checkbox(label, key=key, on_change=_switched, args=(layer,))
        st.caption(amount)


def _switched(layer: str) -> None:
    if is_echo(f"layer_{layer}"):
        return
    view = current_view()
    on = st.session_state[f"layer_{layer}"]
    shown = [name for name in LAYERS if (on if name == layer else name in view.layers)]
    go_to(replace(view, layers=tuple(shown)))
