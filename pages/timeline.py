"""How the plan came about, and how the line of contact moved meanwhile."""

from __future__ import annotations

import streamlit as st

from geo.line import line_dates
from pages.parts.movement_chart import chart_of_periods
from pages.parts.movement_view import between_two_days, period_by_period
from pages.parts.notices import fragment
from pages.parts.render import render
from pages.parts.sizes_view import sizes_on_each_date
from pages.parts.state import current_view
from pages.parts.story import event_filters, events_list


@fragment
def events() -> None:
    """The filters and the events they leave; a switch wakes only this."""
    view = current_view()
    event_filters()
    with st.container(key="timeline"):
        st.html(events_list(view))


view = current_view()
st.html(render("timeline_contents.html"))
events()
with st.container(key="movement"):
    st.html(render("movement_heading.html", dates=line_dates()))
    between_two_days()
    period_by_period(view)
    chart_of_periods()
with st.container(key="sizes"):
    sizes_on_each_date(view)
