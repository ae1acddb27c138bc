"""The present view, in Streamlit: read from the address bar, written back to it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.plan import Language
from pages.parts.link import read_view, spoken
from pages.parts.own import own
from pages.parts.sent_links import Link, SentLinks
from pages.parts.speech import language_for, speak
from pages.parts.view import PARAMETERS, View


def current_view() -> View:
    """The view that the address bar asks for now; from here on its language is spoken."""
    speak_to_reader()
    view = read_view(_parameters(), has_own_line=own().line is not None, own_plan=own().plan)
    if view.language:
        st.session_state["language"] = view.language
    st.session_state["parameters"] = view.parameters()
    return view


def note_drawn(view: View) -> None:
    """Remember what the whole page is drawn for."""
    st.session_state["drawn"] = _drawn_for(view)


def note_told_ahead() -> None:
    """Remember that the map shows another view than the page: it is drawn for none until it wakes.

    Else who goes there and at once back would find the page drawn, and the map left where it was.
    """
    st.session_state["drawn"] = None


def is_drawn(view: View) -> bool:
    """Whether the whole page is drawn for this plan, line and language."""
    return bool(st.session_state.get("drawn", _drawn_for(view)) == _drawn_for(view))


def redraw_for_another_view(view: View) -> None:
    """Wake the whole page if only a part of it did, and the link has come to another view."""
    if not is_drawn(view):
        note_drawn(view)
        st.rerun()


def _drawn_for(view: View) -> tuple[str | None, ...]:
    return (view.plan.id, view.line, view.since, view.language)


def speak_to_reader() -> None:
    """Speak the language of the link, else the one chosen before, else the browser's."""
    speak(spoken(_parameters(), otherwise=_chosen_language()))


def _parameters() -> Link:
    """The query parameters of the link that the reader is at.

    Streamlit takes those of the browser's message; a link that was left since is put right.
    """
    heard = {name: st.query_params.get_all(name) for name in st.query_params}
    run = get_script_run_ctx(suppress_warning=True)
    if run is None:
        return heard
    meant = _sent_links().hear(heard, run.page_script_hash, run.is_history_navigation)
    if meant != heard and run.has_script_started:  # a callback could be ended by it, and be lost
        st.query_params.from_dict(meant)
    return meant


def _sent_links() -> SentLinks:
    links: SentLinks = st.session_state.setdefault("sent_links", SentLinks())
    return links


def _send(link: Mapping[str, str | list[str]]) -> None:
    """Put ``link`` into the address bar.

    It is noted first: where the browser has said something else meanwhile, Streamlit ends the run
    in the midst of sending, and the next run has to know what this one wanted.
    """
    _sent_links().send({name: [v] if isinstance(v, str) else v for name, v in link.items()})
    st.query_params.from_dict(link)


def link_parameters() -> dict[str, str]:
    """Those of our parameters that the link has, as they stand there."""
    return {name: values[-1] for name, values in _parameters().items() if name in PARAMETERS}


def _chosen_language() -> Language:
    chosen: Language = st.session_state.get("language") or language_for(st.context.locale)
    return chosen


def carry_over(page: str) -> None:
    """Keep the view when the reader goes to another page.

    Streamlit's own navigation leaves the link's parameters behind. So when another page opens
    without any of ours, those of the page before are put into its link. A page that opens without
    any by the back button, or anew, is the default view.
    """
    before = st.session_state.get("page", page)
    st.session_state["page"] = page
    if page != before and not link_parameters():
        _send(st.session_state.get("parameters", {}))


def go_to(view: View) -> None:
    """Put ``view`` into the address bar; parameters that are not ours stay as they are."""
    others = {name: values for name, values in _parameters().items() if name not in PARAMETERS}
    _send({**others, **view.parameters()})
