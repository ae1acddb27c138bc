"""The text of a reader's own plan as YAML, and what is wrong with it, line by line."""

from __future__ import annotations

import streamlit as st

from geo.drafts.limits import LONGEST_KEPT
from pages.parts import assets
from pages.parts.own import own
from pages.parts.own_plan import change
from pages.parts.render import render
from pages.parts.speech import _, number

_editor = st.components.v2.component(
    "plan_text", js=assets.text("editor.js"), html="", isolate_styles=False
)


def plan_messages() -> None:
    """What is wrong, each with a link to its line; or that nothing is."""
    draft = own().draft
    with st.container(key="plan_messages"):
        if draft.left:
            st.html(
                render(
                    "write_left.html",
                    count=number(draft.left.length),
                    most=number(LONGEST_KEPT),
                    stored=draft.left.stored,
                )
            )
        elif draft.text is not None:
            said = {"faults": draft.faults, "plan": draft.plan, "asleep": draft.cannot_edit}
            st.html(render("write_messages.html", **said))


def plan_editor() -> None:
    """A field to write the plan in; what is typed is taken at once, sound or not.

    A text of more than :data:`geo.drafts.limits.LONGEST_KEPT` characters stays in the browser,
    which tells its length.
    """
    draft = own().draft
    said = {
        "text": draft.text,
        "revision": draft.revision,
        "left": draft.left is not None,
        "longest": LONGEST_KEPT,
        "faults": [fault.line for fault in draft.faults if fault.line and not draft.left],
        "words": {
            "label": _("Your plan as YAML"),
            "help": _("Tab leaves the field. Use spaces to indent."),
        },
    }
    with st.container(key="plan_editor"):
        _editor(key="plan_text", data=said, on_typed_change=_typed, height="content")


def _typed() -> None:
    typed = st.session_state["plan_text"].get("typed")
    if isinstance(typed, str) and len(typed) <= LONGEST_KEPT:
        change(typed, typed=True)
    elif isinstance(typed, str):
        own().draft.leave(len(typed), stored=False, typed=True)
    elif isinstance(typed, dict) and isinstance(length := typed.get("length"), int):
        own().draft.leave(length, stored=typed.get("stored") is True, typed=True)
