"""How the plan came about and what became of it: dated events, by who acted and what it was."""

from __future__ import annotations

import streamlit as st

from pages.parts.state import current_view
from pages.parts.story import event_filters, events_list


@st.fragment
def events() -> None:
    """The filters and the events they leave; a switch wakes only this."""
    view = current_view()
    event_filters()
    with st.container(key="timeline"):
        st.html(events_list(view))


events()
