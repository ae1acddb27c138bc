"""What is wrong, in words: with a link, with data, with what a reader brought."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING

import streamlit as st

from geo.errors import DataError, Fault
from geo.plan import unreadable_plans
from pages.parts.render import render
from pages.parts.speech import _, language, number
from pages.parts.state import current_view, redraw_for_another_view, speak_to_reader
from pages.parts.view import View

if TYPE_CHECKING:
    from geo.notices import Notice


def notice(view: View) -> None:
    """In words, what was wrong with the link, and which plans cannot be read."""
    with st.container(key="notice"):
        if notices := [*view.notices, *_unusable(unreadable_plans())]:
            st.html(render("notice.html", notices=notices))


def data_fault(error: DataError) -> None:
    """In words, which file of the data cannot be used and how to mend it."""
    with st.container(key="data_fault"):
        st.html(render("notice.html", notices=_unusable(error.faults)))


def _unusable(faults: tuple[Fault, ...]) -> list[str]:
    lead = _("A file of the data cannot be used.")
    return [f"{lead} {fault}" for fault in faults[:3]]


def fragment(part: Callable[[], None]) -> Callable[[], None]:
    """A part of a page that wakes alone, or with the whole page if that shows another view now."""

    @wraps(part)
    def following() -> None:
        redraw_for_another_view(current_view())
        part()

    return leading_fragment(following)


def leading_fragment(part: Callable[[], None]) -> Callable[[], None]:
    """A part of a page that wakes alone: it speaks the page's language and tells of bad data.

    Streamlit runs it in a thread of its own, outside of what app.py does around a page. It says
    itself when the whole page has to follow (:func:`pages.parts.map_first.lead`).
    """

    @wraps(part)
    def awake() -> None:
        speak_to_reader()
        try:
            part()
        except DataError as error:
            data_fault(error)

    alone: Callable[[], None] = st.fragment(awake)
    return alone


def told(notices: Iterable[Notice]) -> list[str]:
    """Sentences about a reader's file, in the language spoken."""

    def written(value: float) -> str:
        return number(value, 0 if float(value).is_integer() else 1)

    return [each.said(language(), _, written) for each in notices]
