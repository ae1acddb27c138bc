"""A list of a plan's terms or clauses with buttons; the one that is being changed as a form."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import streamlit as st

from geo.drafts.writing import write_yaml
from pages.parts.own import own
from pages.parts.own_plan import change
from pages.parts.plan_words import Data
from pages.parts.render import render
from pages.parts.speech import N_, _, number

MOST_LISTED = 100
"""Entries of a list that have buttons; a page with thousands of them would not answer."""

CHANGED_SINCE = N_("The text has changed here since. Nothing was saved or deleted; open it again.")


@dataclass(frozen=True)
class Opened:
    """The entry whose form is open, as it was when it was opened; ``position``: none if new."""

    name: str
    position: int | None
    entry: Data


def opened() -> Opened | None:
    """What is being changed, if anything is; one form is open at a time."""
    found: Opened | None = st.session_state.get("plan_opened_entry")
    return found


def close_form() -> None:
    """Change nothing any more."""
    st.session_state["plan_opened_entry"] = None


class EntryList(ABC):
    """The terms or the clauses of the plan."""

    name: ClassVar[Literal["term", "clause"]]
    """The beginning of every widget's key; the plan's key is its plural."""
    new: ClassVar[Data]
    """An entry that is being added, as its form shows it first."""
    add: ClassVar[str]
    save: ClassVar[str]

    @abstractmethod
    def row(self, data: Data, entry: Data) -> str:
        """An entry as HTML."""

    @abstractmethod
    def change_help(self, entry: Data) -> str:
        """What the button "Change" changes."""

    @abstractmethod
    def fields(self, data: Data, entry: Data) -> dict[str, Any]:
        """The fields of the form, drawn, with their values."""

    @abstractmethod
    def missing(self, asked: dict[str, Any]) -> str | None:
        """What the form lacks, in a sentence."""

    @abstractmethod
    def changed(self, data: Data, entry: Data, asked: dict[str, Any], at: int | None) -> Data:
        """The plan with ``entry``, at position ``at``, as the form has it."""

    @abstractmethod
    def without(self, data: Data, position: int) -> tuple[Data, str]:
        """The plan without an entry, and what was deleted, in a sentence."""

    def show(self, data: Data, asleep: bool) -> None:
        """Every entry with its buttons. ``asleep``: nothing can be changed now."""
        entries = data.get(f"{self.name}s", [])
        shown = self._open_one(entries)
        for position, entry in enumerate(entries[:MOST_LISTED]):
            if shown and shown.position == position:
                self._form(data, shown, asleep)
            else:
                self._entry(data, position, entry, asleep)
        _all_are_listed(len(entries))
        if shown and shown.position is None:
            self._form(data, shown, asleep)
        else:
            new = Opened(self.name, None, self.new)
            key = f"{self.name}_add"
            st.button(_(self.add), key=key, on_click=_open, args=(new,), disabled=asleep)

    def _open_one(self, entries: list[Data]) -> Opened | None:
        """The entry whose form is open; one that is not there as it was is closed, in words."""
        shown = opened()
        if shown is None or shown.name != self.name:
            return None
        if shown.position is None or _is_still(entries, shown.position, shown.entry):
            return shown
        close_form()
        st.html(render("notice.html", notices=[_(CHANGED_SINCE)]))
        return None

    def _entry(self, data: Data, position: int, entry: Data, asleep: bool) -> None:
        key = f"{self.name}_{position}"
        with st.container(key=key, horizontal=True, vertical_alignment="top"):
            st.html(self.row(data, entry))
            st.button(
                _("Change"),
                key=f"{self.name}_change_{position}",
                help=self.change_help(entry),
                on_click=_open,
                args=(Opened(self.name, position, entry),),
                disabled=asleep,
            )
            st.button(
                _("Delete"),
                key=f"{self.name}_delete_{position}",
                on_click=self._delete,
                args=(position, entry),
                disabled=asleep,
            )

    def _form(self, data: Data, shown: Opened, asleep: bool) -> None:
        with st.form(f"{self.name}_form"):
            asked = self.fields(data, shown.entry)
            with st.container(horizontal=True):
                saved = st.form_submit_button(
                    _(self.save), type="primary", key=f"{self.name}_save", disabled=asleep
                )
                st.form_submit_button(_("Cancel"), key=f"{self.name}_cancel", on_click=close_form)
        if not saved or asleep:
            return
        if lack := self.missing(asked):
            st.html(render("notice.html", notices=[lack]))
            return
        close_form()
        change(write_yaml(self.changed(data, shown.entry, asked, shown.position)))
        st.rerun()

    def _delete(self, position: int, entry: Data) -> None:
        close_form()
        draft = own().draft  # as it is now: more may have been typed since the button was drawn
        data = draft.data or {}
        if draft.cannot_edit or not _is_still(data.get(f"{self.name}s", []), position, entry):
            st.session_state["plan_done"] = _(CHANGED_SINCE)
            return
        changed, st.session_state["plan_done"] = self.without(data, position)
        change(write_yaml(changed))

    def key(self, field: str) -> str:
        """The key of a field; another entry, or another state of the plan, has other fields."""
        shown = opened()
        position = "new" if shown is None or shown.position is None else shown.position
        return f"{self.name}_{own().draft.revision}_{position}_{field}"


def _open(entry: Opened) -> None:
    st.session_state["plan_opened_entry"] = entry


def _is_still(entries: list[Data], position: int, entry: Data) -> bool:
    """Whether an entry stands where it stood, as it was."""
    return position < len(entries) and entries[position] == entry


def _all_are_listed(count: int) -> None:
    """Say so, if a list is too long to be shown whole."""
    if count > MOST_LISTED:
        text = _("The first {most} of {count} are listed here; the text below has all.")
        st.caption(text.format(most=number(MOST_LISTED), count=number(count)))
