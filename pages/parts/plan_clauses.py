"""Title and clauses of a reader's own plan: a list, and a form for one of them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.drafts.edits import going_with, in_words, with_clause, with_title, without_clause
from geo.drafts.writing import write_yaml
from pages.parts import words
from pages.parts.own import own
from pages.parts.own_plan import change
from pages.parts.plan_terms import MOST_LISTED, all_are_listed
from pages.parts.plan_words import Data
from pages.parts.render import render
from pages.parts.speech import _, language, ngettext, said

NEW: Data = {
    "id": "",
    "title": {"en": ""},
    "text": {"en": ""},
    "topic": "territory",
    "reach": "none",
    "confidence": "unverified",
}


def plan_title(data: Data, asleep: bool) -> None:
    """The plan's title, which is taken as soon as the field is left."""
    st.session_state["plan_title"] = said(data["title"])
    st.text_input(
        _("Title of your plan"),
        key="plan_title",
        max_chars=200,
        on_change=_retitle,
        disabled=asleep,
    )


def _retitle() -> None:
    data, title = own().draft.data, st.session_state["plan_title"].strip()
    if title and data and not own().draft.cannot_edit:
        change(write_yaml(with_title(data, title, language())))


def clause_list(data: Data, asleep: bool) -> None:
    """Every clause with its buttons; the one that is being changed as a form in its place.

    ``asleep``: nothing can be changed now.
    """
    editing = st.session_state.get("clause_edited")
    for position, clause in enumerate(data["clauses"][:MOST_LISTED]):
        if editing == position:
            _form(data, clause, position)
            continue
        with st.container(key=f"clause_{position}", horizontal=True, vertical_alignment="top"):
            _gone, terms = going_with(data, clause["id"])
            going = ngettext("one term", "{count} terms", terms).format(count=terms)
            st.html(render("write_clause.html", clause=clause, terms=going if terms else ""))
            name = _("Change clause {clause}").format(clause=clause["id"])
            st.button(
                _("Change"),
                key=f"clause_change_{position}",
                help=name,
                on_click=_edit,
                args=(position,),
                disabled=asleep,
            )
            st.button(
                _("Delete"),
                key=f"clause_delete_{position}",
                on_click=_delete,
                args=(clause["id"],),
                disabled=asleep,
            )
    all_are_listed(len(data["clauses"]))
    if editing == "new":
        _form(data, NEW, None)
    else:
        st.button(
            _("Add a clause"), key="clause_add", on_click=_edit, args=("new",), disabled=asleep
        )


def _edit(position: int | str | None) -> None:
    st.session_state["clause_edited"] = position
    st.session_state["term_edited"] = None


def _delete(clause: str) -> None:
    _edit(None)
    data = own().draft.data  # as it is now: more may have been typed since the button was drawn
    if not data or own().draft.cannot_edit:
        return
    gone, terms = going_with(data, clause)
    st.session_state["plan_done"] = _deleted(gone, terms)
    change(write_yaml(without_clause(data, clause)))


def _deleted(gone: list[str], terms: int) -> str:
    """What was deleted with a clause, in a sentence."""
    names = ", ".join(gone)
    text = ngettext(
        "Deleted: {clauses}, and with it {count} term. “Undo” brings it back.",
        "Deleted: {clauses}, and with it {count} terms. “Undo” brings it back.",
        terms,
    )
    return text.format(clauses=names, count=terms)


def _key(field: str) -> str:
    """The key of a field; another clause, or another state of the plan, has other fields."""
    return f"clause_{own().draft.revision}_{st.session_state['clause_edited']}_{field}"


def _form(data: Data, clause: Data, position: int | None) -> None:
    with st.form("clause_form"):
        asked = _fields(clause)
        with st.container(horizontal=True):
            saved = st.form_submit_button(_("Save the clause"), type="primary", key="clause_save")
            st.form_submit_button(_("Cancel"), key="clause_cancel", on_click=_edit, args=(None,))
    if saved and not all(asked[name].strip() for name in ("id", "title", "text")):
        st.html(render("notice.html", notices=[_("A clause needs a number, a title and a text.")]))
    elif saved:
        _edit(None)
        change(write_yaml(with_clause(data, _clause(clause, asked), position)))
        st.rerun()


def _fields(clause: Data) -> dict[str, Any]:
    topics = {key: _(text) for key, text in words.TOPICS.items()}
    number, title = st.columns([1, 4])
    with number:
        asked: dict[str, Any] = {
            "id": st.text_input(
                _("Number"), clause["id"], key=_key("id"), max_chars=5, placeholder="21(d)"
            )
        }
    with title:
        asked["title"] = st.text_input(
            _("Title"), said(clause["title"]), key=_key("title"), max_chars=200
        )
    asked["text"] = st.text_area(
        _("What it says"), said(clause["text"]), key=_key("text"), height=140, max_chars=4000
    )
    asked["topic"] = st.selectbox(
        _("Topic"),
        list(topics),
        list(topics).index(clause["topic"]),
        format_func=topics.__getitem__,
        key=_key("topic"),
        placeholder="",
    )
    st.caption(
        _("A text that you change is no longer what its sources say, so they are taken off.")
    )
    return asked


def _clause(before: Data, asked: dict[str, Any]) -> Data:
    """The clause as the form has it; other words than before have no sources."""
    spoken = language()
    clause = {
        **before,
        "id": asked["id"].strip(),
        "title": in_words(asked["title"].strip(), spoken, before["title"]),
        "text": in_words(asked["text"].strip(), spoken, before["text"]),
        "topic": asked["topic"],
    }
    if clause["text"] != before["text"]:
        for key in ("sources", "readings", "silent"):
            clause.pop(key, None)
        clause["confidence"] = "unverified"
    return clause
