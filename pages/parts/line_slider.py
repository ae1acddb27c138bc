"""The dates under the map: a slider through the lines of contact, and what it is compared with."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from geo.line import OWN_LINE, line_dates
from geo.movements import movement_between
from pages.parts.ahead import lines_told
from pages.parts.map_first import lead
from pages.parts.notices import leading_fragment
from pages.parts.own import division_of, own
from pages.parts.render import render
from pages.parts.speech import _, short_day
from pages.parts.state import current_view, go_to
from pages.parts.view import View, with_line
from pages.parts.widgets import heard, show


@leading_fragment
def line_slider() -> None:
    """A slider through the dates, the plan's own named, and another date to compare with.

    The dates are called the same under every plan: else the slider would first go to its begin
    whenever one is called otherwise.
    """
    view = current_view()
    names = line_names()
    lines = {name: with_line(view, date) for date, name in names.items()}
    lead("slider_bridge", days=lines_told(lines, view))
    show("line_slider", view.line, tuple(names.values()))
    show("since_picker", view.since)
    with st.container(key="line_dates", horizontal=True, vertical_alignment="bottom"):
        st.select_slider(
            _("Line of contact (nearest to the plan: {day})").format(day=names[view.plan.line]),
            list(names),
            format_func=names.__getitem__,
            key="line_slider",
            on_change=_slid,
        )
        if view.line != OWN_LINE:
            others = {date: short_day(date) for date in line_dates() if date != view.line}
            st.selectbox(
                _("Compare with another day"),
                list(others),
                index=None,
                format_func=others.__getitem__,
                key="since_picker",
                placeholder=_("Compare with another day"),
                on_change=_compared,
                label_visibility="collapsed",
            )


def line_change(view: View) -> None:
    """How much ground changed hands between the two days, with what the map draws it as."""
    if view.since is None:
        return
    moved = movement_between(own().division(view.since), division_of(view)).change
    with st.container(key="line_change"):
        st.html(render("line_change.html", view=view, moved=moved))


def line_names() -> dict[str, str]:
    """Every line that can be looked at, and its name."""
    names = {date: short_day(date) for date in line_dates()}
    if own().line is not None:
        names[OWN_LINE] = _("Your line")
    return names


@heard("line_slider")
def _slid() -> None:
    go_to(with_line(current_view(), st.session_state["line_slider"]))


@heard("since_picker")
def _compared() -> None:
    go_to(replace(current_view(), since=st.session_state["since_picker"]))
