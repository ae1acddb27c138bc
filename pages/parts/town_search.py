"""What town is looked for: typed, linked to, or clicked on the map."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.parts.speech import _
from pages.parts.state import current_view, go_to
from pages.parts.view import LONGEST_TEXT, View

TYPING_PAUSE = "200ms"
"""After so long without another key the town is looked up."""


def search_box(view: View) -> None:
    """The box for a name or coordinates; a link or a click on the map fills it too."""
    if st.session_state.get("town_shown") != view.town:
        st.session_state["town_shown"] = view.town
        st.session_state["town_search"] = view.town or ""
    st.text_input(
        _("Look up a town"),
        key="town_search",
        type="search",
        live=TYPING_PAUSE,
        max_chars=LONGEST_TEXT,
        placeholder=_("A town, or coordinates: Kramatorsk; Бахмут; 48.59, 38.00"),
        on_change=_typed,
    )


def _typed() -> None:
    view = replace(current_view(), town=st.session_state["town_search"].strip() or None)
    st.session_state["town_shown"] = view.town
    go_to(view)


def picked_town(view: View, picked: str | None) -> View:
    """``view`` at the place that was clicked on the map, or at another one of the same name."""
    kind, _sep, what = (picked or "").partition(":")
    return replace(view, town=what) if kind in ("point", "town") and what else view
