"""What the reader searches for among the clauses, and what is found."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import streamlit as st

from geo.clause_search import Found, search
from geo.plan import Clause, Plan
from pages.parts.clause_rows import is_readers
from pages.parts.search_box import search_box
from pages.parts.speech import N_, _, language
from pages.parts.state import current_view, go_to
from pages.parts.switches import switched_on, switches
from pages.parts.view import View
from pages.parts.words import CONFIDENCE_SHORT, REACH, TOPICS

READERS = "readers"
"""In place of how sure the wording is: a clause in the reader's own words."""

FILTERS = {
    "topic": TOPICS,
    "reach": REACH,
    "confidence": {**CONFIDENCE_SHORT, READERS: N_("Your own words")},
}
"""What clauses are filtered by: a field of theirs, and its values in words."""


def clause_search_box(view: View) -> None:
    """The box that clauses are searched from; a link may have filled it."""
    example = _("A word, a number or a point: buffer, 600,000, 21d")
    search_box("clause_search", view.search, _("Search the plan"), example, _search)


def _search(text: str | None) -> None:
    go_to(replace(current_view(), search=text))


def found_clauses(plan: Plan) -> Found:
    """The clauses that the search finds and every filter lets through."""
    found = search(
        plan,
        st.session_state["clause_search"],
        language(),
        topics=switched_on("clause_topic"),
        reaches=switched_on("clause_reach"),
    )
    wanted = switched_on("clause_confidence")
    hits = tuple(
        hit
        for hit in found.hits
        if not wanted or _value(plan, plan.clause(hit.clause), "confidence") in wanted
    )
    return replace(found, hits=hits, hidden=found.hidden + len(found.hits) - len(hits))


def _value(plan: Plan, clause: Clause, field: str) -> str:
    """What a clause is filtered by."""
    if field == "confidence" and is_readers(plan, clause):
        return READERS
    return str(getattr(clause, field))


def filters(plan: Plan) -> None:
    """One row of switches a field, each with how many clauses of the search it stands for."""
    found = search(plan, st.session_state["clause_search"], language())
    clauses = [plan.clause(hit.clause) for hit in found.hits]
    titles = {"topic": _("Topic"), "reach": _("Land"), "confidence": _("How sure the wording is")}
    with st.container(key="clause_filters"):
        for field, words in FILTERS.items():
            used = [_value(plan, clause, field) for clause in plan.clauses]
            counts = Counter(_value(plan, clause, field) for clause in clauses)
            switches(f"clause_{field}", titles[field], words, used, counts)
