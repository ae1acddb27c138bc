"""The terms of a reader's own plan: a list in words, and a form for one of them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.answers import FACTS
from geo.drafts.edits import in_words, with_term, without_term
from geo.drafts.writing import write_yaml
from geo.statuses import LOOKS, STATUSES
from geo.territories import territory_codes
from pages.parts import words
from pages.parts.own import own
from pages.parts.own_plan import change
from pages.parts.plan_words import (
    Data,
    clause_label,
    land_name,
    land_of,
    land_options,
    option_of,
    term_row,
)
from pages.parts.render import render
from pages.parts.speech import N_, _, language, number, said

MOST_LISTED = 100
"""Entries of a list that have buttons; a page with thousands of them would not answer."""

NEW: Data = {"clause": "", "land": [], "certainty": "stated"}

WORDS = {
    "recognised_by": N_("Recognised by, in words"),
    "forces": N_("Forces, in words"),
    "conditions": N_("Conditions"),
    "note": N_("Note"),
}


def term_list(data: Data, asleep: bool) -> None:
    """Every term with its buttons; the one that is being changed as a form in its place.

    ``asleep``: nothing can be changed now.
    """
    editing = st.session_state.get("term_edited")
    terms = data.get("terms", [])
    for position, term in enumerate(terms[:MOST_LISTED]):
        if editing == position:
            _form(data, term, position)
            continue
        with st.container(key=f"term_{position}", horizontal=True, vertical_alignment="top"):
            st.html(render("write_term.html", term=term_row(term)))
            name = _("Change the term on clause {clause}").format(clause=term["clause"])
            st.button(
                _("Change"),
                key=f"term_change_{position}",
                help=name,
                on_click=_edit,
                args=(position,),
                disabled=asleep,
            )
            st.button(
                _("Delete"),
                key=f"term_delete_{position}",
                on_click=_delete,
                args=(position,),
                disabled=asleep,
            )
    all_are_listed(len(terms))
    if editing == "new":
        _form(data, NEW, None)
    else:
        st.button(_("Add a term"), key="term_add", on_click=_edit, args=("new",), disabled=asleep)


def all_are_listed(count: int) -> None:
    """Say so, if a list is too long to be shown whole."""
    if count > MOST_LISTED:
        text = _("The first {most} of {count} are listed here; the text below has all.")
        st.caption(text.format(most=number(MOST_LISTED), count=number(count)))


def _edit(position: int | str | None) -> None:
    st.session_state["term_edited"] = position
    st.session_state["clause_edited"] = None


def _delete(position: int) -> None:
    _edit(None)
    data = own().draft.data  # as it is now: more may have been typed since the button was drawn
    if data and not own().draft.cannot_edit and position < len(data.get("terms", [])):
        change(write_yaml(without_term(data, position)))


def _key(field: str) -> str:
    """The key of a field; another term, or another state of the plan, has other fields."""
    return f"term_{own().draft.revision}_{st.session_state['term_edited']}_{field}"


def _form(data: Data, term: Data, position: int | None) -> None:
    with st.form("term_form"):
        asked = _fields(data, term)
        with st.container(horizontal=True):
            saved = st.form_submit_button(_("Save the term"), type="primary", key="term_save")
            st.form_submit_button(_("Cancel"), key="term_cancel", on_click=_edit, args=(None,))
    if saved and not asked["land"]:
        st.html(render("notice.html", notices=[_("Name the land that the term is about.")]))
    elif saved:
        _edit(None)
        change(write_yaml(with_term(data, _term(term, asked), position)))
        st.rerun()


def _fields(data: Data, term: Data) -> dict[str, Any]:
    """The fields of the form with their values now."""
    clauses = {clause["id"]: clause_label(clause) for clause in data["clauses"]}
    asked: dict[str, Any] = {
        "clause": _one(_("Clause"), clauses, term["clause"] or next(iter(clauses)), "clause"),
        "land": _land(term["land"]),
    }
    labels = {status: _(look.label) for status, look in LOOKS.items()}
    left, right = st.columns(2)
    with left:
        asked["status"] = _one(
            _("Status"),
            {"": _("None, it adds a condition")} | {s: labels[s] for s in STATUSES},
            term.get("status", ""),
            "status",
        )
        asked["treated_as"] = _one(
            _("Treated as"),
            _with_silence(words.TREATED_AS),
            term.get("treated_as", ""),
            "treated_as",
        )
        asked["how"] = _one(_("How"), _with_silence(words.HOW), term.get("how", ""), "how")
    with right:
        asked["leaves"] = _several(
            _("Whose forces leave"), words.SIDES, term.get("leaves", []), "leaves"
        )
        asked["keeps_out"] = _several(
            _("Whose forces stay out"), words.SIDES, term.get("keeps_out", []), "keeps_out"
        )
        asked["certainty"] = _one(
            _("How sure it is"),
            {key: _(text) for key, text in words.SURENESS.items()},
            term["certainty"],
            "certainty",
        )
    with st.expander(_("More: zones, borders, and words")):
        asked["regime"] = _one(
            _("Also becomes"), _with_silence(words.REGIMES), term.get("regime", ""), "regime"
        )
        asked["boundary"] = _one(
            _("How far"), _with_silence(words.BOUNDARIES), term.get("boundary", ""), "boundary"
        )
        asked["alternative"] = st.checkbox(
            _("Held out instead of what other terms say; decides nothing"),
            term.get("alternative", False),
            key=_key("alternative"),
        )
        for fact in FACTS:
            before = said(term[fact]) if fact in term else ""
            asked[fact] = st.text_area(
                _(WORDS[fact]), before, key=_key(fact), height=68, max_chars=4000
            )
        st.caption(_("Words that you change are shown in every language as you write them."))
    return asked


def _with_silence(names: dict[str, str]) -> dict[str, str]:
    return {"": _(words.NOT_SAID), **{key: _(text) for key, text in names.items()}}


def _one(label: str, names: dict[str, str], chosen: str, key: str) -> str:
    known = list(names)
    at = known.index(chosen) if chosen in known else 0
    shown = names.__getitem__
    return str(st.selectbox(label, known, at, format_func=shown, key=_key(key), placeholder=""))


def _several(label: str, names: dict[str, str], chosen: list[str], key: str) -> list[str]:
    shown = {name: _(text) for name, text in names.items()}
    return st.multiselect(
        label,
        list(shown),
        chosen,
        format_func=shown.__getitem__,
        key=_key(key),
        placeholder=_("Nobody’s"),
    )


def _land(land: list[Data]) -> list[Data]:
    """Pieces of land by name, and all that one side holds outside some territories."""
    options = land_options()
    named = [option for each in land if (option := option_of(each)) in options]
    chosen = st.multiselect(
        _("Land"),
        list(options),
        named,
        format_func=options.__getitem__,
        key=_key("land"),
        placeholder=_("Type a name"),
    )
    rest = next((each for each in land if "outside" in each), None)
    others = [each for each in land if "outside" in each][1:]
    holders = {"": _("Nothing more")} | {
        side: _("And all that {side} holds outside…").format(side=_(text))
        for side, text in words.SIDES.items()
    }
    left, right = st.columns(2)
    with left:
        holder = _one(_("Besides"), holders, rest["held_by"] if rest else "", "rest")
    names = {code: land_name({"territory": code}) for code in territory_codes()}
    with right:
        outside = st.multiselect(
            _("Outside of"),
            list(names),
            [code for code in rest["outside"] if code in names] if rest else [],
            format_func=names.__getitem__,
            key=_key("outside"),
            placeholder=_("No territory"),
        )
    everything = [{"held_by": holder, "outside": outside}] if holder else []
    return [*map(land_of, chosen), *everything, *others]


def _term(before: Data, asked: dict[str, Any]) -> Data:
    """The term as the form has it; what the form does not show stays."""
    values = {key: value for key, value in asked.items() if key not in FACTS}
    for fact in FACTS:
        text = asked[fact].strip()
        values[fact] = in_words(text, language(), before.get(fact)) if text else None
    term = {**before, **values}
    return {key: value for key, value in term.items() if value not in (None, "", [], False)}
