"""The terms of a reader's own plan: a list in words, and a form for one of them."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import streamlit as st

from geo.answers import FACTS
from geo.drafts.edits import in_words, with_term, without_term
from geo.statuses import LOOKS, STATUSES
from pages.parts import words
from pages.parts.own import own
from pages.parts.plan_land import land_fields
from pages.parts.plan_list import EntryList
from pages.parts.plan_words import Data, clause_label, land_name, term_row
from pages.parts.render import render
from pages.parts.speech import N_, _, language, said

WORDS = {
    "recognised_by": N_("Recognised by, in words"),
    "forces": N_("Forces, in words"),
    "conditions": N_("Conditions"),
    "note": N_("Note"),
}


class TermList(EntryList):
    """The plan's terms in words."""

    name: ClassVar[Literal["term"]] = "term"
    new: ClassVar[Data] = {"clause": "", "land": [], "certainty": "stated"}
    add = N_("Add a term")
    save = N_("Save the term")

    def row(self, data: Data, entry: Data) -> str:
        """Clause, status, land and the rest; and for which land another term decides."""
        return render("write_term.html", term=term_row(entry), overruled=_overruled(data, entry))

    def change_help(self, entry: Data) -> str:
        """Which term is changed."""
        return _("Change the term on clause {clause}").format(clause=entry["clause"])

    def without(self, data: Data, position: int) -> tuple[Data, str]:
        """The plan without a term."""
        text = _("Deleted: the term on clause {clause}. “Undo” brings it back.")
        clause = data["terms"][position]["clause"]
        return without_term(data, position), text.format(clause=clause)

    def missing(self, asked: dict[str, Any]) -> str | None:
        """Land is needed."""
        return None if asked["land"] else _("Name the land that the term is about.")

    def changed(self, data: Data, entry: Data, asked: dict[str, Any], at: int | None) -> Data:
        """The plan with the term."""
        return with_term(data, _term(entry, asked), at)

    def fields(self, data: Data, entry: Data) -> dict[str, Any]:
        """Clause and land, what becomes of it, and in words."""
        asked: dict[str, Any] = {
            "clause": self._clause(data, entry["clause"]),
            "land": land_fields(entry["land"], self.key),
        }
        left, right = st.columns(2)
        with left:
            asked |= self._fate(entry)
        with right:
            asked |= self._forces(entry)
        with st.expander(_("More: zones, borders, and words")):
            asked |= self._more(entry)
        return asked

    def _clause(self, data: Data, chosen: str) -> str:
        names = {clause["id"]: clause_label(clause) for clause in data["clauses"]}
        if chosen and chosen not in names:
            names[chosen] = _("{number}: not in the plan").format(number=chosen)
        return self._one(_("Clause"), names, chosen or next(iter(names)), "clause")

    def _fate(self, term: Data) -> dict[str, Any]:
        statuses: dict[str, str] = {"": _("None, it adds a condition")}
        statuses |= {status: _(LOOKS[status].label) for status in STATUSES}
        how = {
            "": _("This term does not say"),
            "not_said": _(words.NOT_SAID),
            **{key: _(text) for key, text in words.HOW.items()},
        }
        treated = _with_silence(words.TREATED_AS)
        return {
            "status": self._one(_("Status"), statuses, term.get("status", ""), "status"),
            "treated_as": self._one(
                _("Treated as"), treated, term.get("treated_as", ""), "treated_as"
            ),
            "how": self._one(_("How"), how, term.get("how", ""), "how"),
        }

    def _forces(self, term: Data) -> dict[str, Any]:
        sureness = {key: _(text) for key, text in words.SURENESS.items()}
        return {
            "leaves": self._sides(_("Whose forces leave"), term.get("leaves", []), "leaves"),
            "keeps_out": self._sides(
                _("Whose forces stay out"), term.get("keeps_out", []), "keeps_out"
            ),
            "certainty": self._one(_("How sure it is"), sureness, term["certainty"], "certainty"),
        }

    def _more(self, term: Data) -> dict[str, Any]:
        regimes, boundaries = map(_with_silence, (words.REGIMES, words.BOUNDARIES))
        asked: dict[str, Any] = {
            "regime": self._one(_("Also becomes"), regimes, term.get("regime", ""), "regime"),
            "boundary": self._one(_("How far"), boundaries, term.get("boundary", ""), "boundary"),
            "alternative": st.checkbox(
                _("Held out instead of what other terms say; decides nothing"),
                term.get("alternative", False),
                key=self.key("alternative"),
            ),
        }
        for fact in FACTS:
            before = said(term[fact]) if fact in term else ""
            asked[fact] = st.text_area(
                _(WORDS[fact]), before, key=self.key(fact), height=68, max_chars=4000
            )
        st.caption(_("Words that you change are shown in every language as you write them."))
        return asked

    def _one(self, label: str, names: dict[str, str], chosen: str, key: str) -> str:
        return str(
            st.selectbox(
                label,
                list(names),
                list(names).index(chosen),
                format_func=names.__getitem__,
                key=self.key(key),
                placeholder="",
            )
        )

    def _sides(self, label: str, chosen: list[str], key: str) -> list[str]:
        names = {name: _(text) for name, text in words.SIDES.items()}
        return st.multiselect(
            label,
            list(names),
            list(dict.fromkeys(chosen)),
            format_func=names.__getitem__,
            key=self.key(key),
            placeholder=_("Nobody’s"),
        )


def _overruled(data: Data, entry: Data) -> list[str]:
    """For which land of a term another one decides, in sentences."""
    draft, position = own().draft, data["terms"].index(entry)
    if not draft.is_sound:
        return []
    text = _("{land}: the term on clause {clause} decides, which names it more closely.")
    return [
        text.format(
            land=land_name({"territory": each.territory, "held_by": each.held_by}),
            clause=data["terms"][each.by]["clause"],
        )
        for each in draft.overruled
        if each.term == position
    ]


def _with_silence(names: dict[str, str]) -> dict[str, str]:
    return {"": _(words.NOT_SAID), **{key: _(text) for key, text in names.items()}}


def _term(before: Data, asked: dict[str, Any]) -> Data:
    """The term as the form has it; what the form does not show stays."""
    values = {key: value for key, value in asked.items() if key not in FACTS}
    for fact in FACTS:
        text = asked[fact].strip()
        values[fact] = in_words(text, language(), before.get(fact)) if text else None
    term = {**before, **values}
    return {key: value for key, value in term.items() if value not in (None, "", [], False)}
