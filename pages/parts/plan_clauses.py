"""Title and clauses of a reader's own plan: a list, and a form for one of them."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import streamlit as st

from geo.drafts.edits import going_with, in_words, with_clause, with_title, without_clause
from geo.drafts.writing import write_yaml
from pages.parts import words
from pages.parts.own import own
from pages.parts.own_plan import change
from pages.parts.plan_list import EntryList
from pages.parts.plan_words import Data
from pages.parts.render import render
from pages.parts.speech import N_, _, language, ngettext, said

LONGEST_WORDS = 4000
"""Characters of a text in the plan format; a field that holds fewer would cut it."""


def plan_title(data: Data, asleep: bool) -> None:
    """The plan's title, which is taken as soon as the field is left."""
    st.session_state["plan_title"] = said(data["title"])
    st.text_input(
        _("Title of your plan"),
        key="plan_title",
        max_chars=LONGEST_WORDS,
        on_change=_retitle,
        disabled=asleep,
    )


def _retitle() -> None:
    data, title = own().draft.data, st.session_state["plan_title"].strip()
    if title and data and not own().draft.cannot_edit:
        change(write_yaml(with_title(data, title, language())))


class ClauseList(EntryList):
    """The plan's clauses, each with how many terms would go with it."""

    name: ClassVar[Literal["clause"]] = "clause"
    new: ClassVar[Data] = {
        "id": "",
        "title": {"en": ""},
        "text": {"en": ""},
        "topic": "territory",
        "reach": "none",
        "confidence": "unverified",
    }
    add = N_("Add a clause")
    save = N_("Save the clause")

    def row(self, data: Data, entry: Data) -> str:
        """Number, title and terms."""
        _gone, terms = going_with(data, entry["id"])
        going = ngettext("one term", "{count} terms", terms).format(count=terms)
        return render("write_clause.html", clause=entry, terms=going if terms else "")

    def change_help(self, entry: Data) -> str:
        """Which clause is changed."""
        return _("Change clause {clause}").format(clause=entry["id"])

    def without(self, data: Data, position: int) -> tuple[Data, str]:
        """The plan without a clause, its lettered parts and their terms."""
        clause = data["clauses"][position]["id"]
        return without_clause(data, clause), _deleted(*going_with(data, clause))

    def missing(self, asked: dict[str, Any]) -> str | None:
        """Number, title and text are needed."""
        if all(asked[name].strip() for name in ("id", "title", "text")):
            return None
        return _("A clause needs a number, a title and a text.")

    def changed(self, data: Data, entry: Data, asked: dict[str, Any], at: int | None) -> Data:
        """The plan with the clause; other words than before have no sources."""
        return with_clause(data, _clause(entry, asked), at)

    def fields(self, data: Data, entry: Data) -> dict[str, Any]:  # noqa: ARG002
        """Number, title, text and topic."""
        topics = {key: _(text) for key, text in words.TOPICS.items()}
        number, title = st.columns([1, 4])
        with number:
            asked: dict[str, Any] = {
                "id": st.text_input(
                    _("Number"), entry["id"], key=self.key("id"), max_chars=5, placeholder="21(d)"
                )
            }
        with title:
            asked["title"] = st.text_input(
                _("Title"), said(entry["title"]), key=self.key("title"), max_chars=LONGEST_WORDS
            )
        asked["text"] = st.text_area(
            _("What it says"),
            said(entry["text"]),
            key=self.key("text"),
            height=140,
            max_chars=LONGEST_WORDS,
        )
        asked["topic"] = st.selectbox(
            _("Topic"),
            list(topics),
            list(topics).index(entry["topic"]),
            format_func=topics.__getitem__,
            key=self.key("topic"),
            placeholder="",
        )
        st.caption(
            _("A text that you change is no longer what its sources say, so they are taken off.")
        )
        return asked


def _deleted(gone: list[str], terms: int) -> str:
    """What was deleted with a clause, in a sentence."""
    names = ", ".join(gone)
    text = ngettext(
        "Deleted: {clauses}, and with it {count} term. “Undo” brings it back.",
        "Deleted: {clauses}, and with it {count} terms. “Undo” brings it back.",
        terms,
    )
    return text.format(clauses=names, count=terms)


def _clause(before: Data, asked: dict[str, Any]) -> Data:
    """The clause as the form has it."""
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
