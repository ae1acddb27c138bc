"""Hands the view to the map's frame and its picks to the script (``frontend/bridge.js``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.parts import assets

_component = st.components.v2.component(
    "territory_bridge", js=assets.text("bridge.js"), html="", isolate_styles=False
)


def tell_map(key: str, **said: Any) -> None:
    """Tell the map something: ``scene``, ``layers`` or ``selected`` (see ``frontend/map.js``)."""
    _component(key=key, data=said, height=1)


def tell_map_and_listen(key: str, on_pick: Callable[[], None], **said: Any) -> None:
    """The same, and call ``on_pick`` when the reader picks something (:func:`picked`)."""
    _component(key=key, data={**said, "listens": True}, on_picked_change=on_pick, height=1)


def picked(key: str) -> str | None:
    """What the reader just picked on the map or in the panel, such as ``zone:UA-14-ukraine``."""
    value = st.session_state[key].get("picked")
    return value if isinstance(value, str) else None
