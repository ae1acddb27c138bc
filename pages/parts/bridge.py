"""Between page, script and map (``frontend/bridge.js``): what is said to them, what is picked."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Literal

import streamlit as st

from pages.parts import assets

_component = st.components.v2.component(
    "territory_bridge",
    js="".join(map(assets.text, ("bridge.js", "ahead.js", "connection.js"))),
    html="",
    isolate_styles=False,
)


def tell_page(key: str, **said: Any) -> None:
    """Tell page and map something: ``scene``, ``layers``, ``selected``, ``language`` and so on.

    ``frontend/bridge.js`` and ``frontend/map.js`` say what they understand.
    """
    _component(key=key, data=said, height=1)


def anew(**said: Any) -> dict[str, Any]:
    """What page and map are to hear of, though this bridge may have said the same before.

    Else a bridge is heard only when it says something else, and another may have spoken meanwhile.
    """
    return {**said, "run": str(time.time_ns())}


def listen(
    key: str, on_pick: Callable[[], None], kind: Literal["pick", "go"] = "pick", **said: Any
) -> None:
    """The same, and call ``on_pick`` when the reader picks something (:func:`picked`).

    ``kind``: "pick" hears the map and links with ``data-pick``, "go" links to other pages.
    """
    _component(key=key, data={**said, "listens": kind}, on_picked_change=on_pick, height=1)


def picked(key: str) -> str | None:
    """What the reader just picked on the map or in the page, such as ``zone:UA-14-ukraine``."""
    value = st.session_state[key].get("picked")
    return value if isinstance(value, str) else None
