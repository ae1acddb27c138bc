"""Every point of the plan: searched as one types, filtered, pinned, cited; and what is left out."""

from __future__ import annotations

import streamlit as st

from pages.parts.bridge import listen, picked
from pages.parts.clause_filters import clause_search_box, filters, found_clauses
from pages.parts.clause_list import anchor, clause_cards, open_questions, pin_or_unpin
from pages.parts.notices import fragment
from pages.parts.scene import current_scene
from pages.parts.state import current_view, go_to
from pages.parts.view import pick


@fragment
def search_and_list() -> None:
    """The search box, the filters and what is found; typing wakes only this."""
    view = current_view()
    clause_search_box(view)
    narrow, wide = st.columns([1, 2.9], gap="large")
    with narrow:
        filters(view.plan)
    with wide, st.container(key="clause_list"):
        scene = current_scene(view)
        st.html(clause_cards(view, scene, found_clauses(view.plan)))
    scroll_to = anchor(view.clause) if view.clause else None
    # The browser keeps the pins: a session may have to go on at another server.
    listen("clauses_bridge", _picked, scrollTo=scroll_to, pins=st.session_state["pins"])


def _picked() -> None:
    verb, _sep, clause = (picked("clauses_bridge") or "").partition(":")
    if verb == "pin":
        pin_or_unpin(current_view().plan, clause)
    elif verb == "cite":
        cited = st.session_state.get("cited")
        st.session_state["cited"] = None if cited == clause else clause
    elif verb == "clause":
        go_to(pick(current_view(), f"clause:{clause}"))


search_and_list()
if questions := open_questions(current_view()):
    with st.container(key="open_questions"):
        st.html(questions)
