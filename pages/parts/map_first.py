"""The map first: another plan or line is drawn on it at once, and the page around it follows.

A whole page takes the browser some hundred milliseconds to put in anew. So a fragment in which the
reader chooses hands the map its new scene before it wakes the page.
"""

from __future__ import annotations

import time
from typing import Any

import streamlit as st
from streamlit.runtime.runtime_util import MESSAGE_FLUSH_INTERVAL_SECS

from pages.parts.bridge import anew, tell_page
from pages.parts.scene import current_scene, map_scene
from pages.parts.state import current_view, is_drawn, note_told_ahead, redraw_for_another_view
from pages.parts.view import PAGES, View

SENT_S = 4 * MESSAGE_FLUSH_INTERVAL_SECS
"""Within it Streamlit has sent what a script said, unless the process is very busy."""


def scene_ahead(view: View) -> dict[str, Any]:
    """What the bridge tells the map ahead of the page: nothing unless the view is another one."""
    if is_drawn(view) or not shows_map():
        return {}
    note_told_ahead()
    since = view.since if st.session_state["page"] == PAGES["map"] else None
    return anew(scene=map_scene(current_scene(view), since))


def shows_map() -> bool:
    """Whether the page shows the map, and not two of them, none, or what is being written."""
    return st.session_state.get("page") in (PAGES["map"], PAGES["towns"])


def wake_page(view: View) -> None:
    """Wake the page for another view, once what was told ahead is on its way to the browser.

    Streamlit drops what it has not sent yet when a script begins anew. Should it not come to send
    in time, the map gets its scene with the page.
    """
    if is_drawn(view):
        return
    time.sleep(SENT_S)
    redraw_for_another_view(view)


def lead(key: str, **said: Any) -> None:
    """Tell the map of another view through the bridge ``key``, then wake the page for it."""
    view = current_view()
    tell_page(key, **said, **scene_ahead(view))
    wake_page(view)
