"""The text of a reader's own plan as YAML, and what is wrong with it, line by line."""

from __future__ import annotations

import streamlit as st

from pages.parts import assets
from pages.parts.own import own
from pages.parts.own_plan import change
from pages.parts.render import render
from pages.parts.speech import _

_editor = st.components.v2.component(
    "plan_text", js=assets.text("editor.js"), html="", isolate_styles=False
)

LONGEST_TYPED = 2_000_000
"""Characters from the editor that are kept; a plan of more than a tenth of it is refused."""


def plan_messages() -> None:
    """What is wrong, each with a link to its line; or that nothing is."""
    draft = own().draft
    with st.container(key="plan_messages"):
        if draft.text is not None:
            said = {"faults": draft.faults, "plan": draft.plan, "asleep": draft.cannot_edit}
            st.html(render("write_messages.html", **said))


def plan_editor() -> None:
    """A field to write the plan in; what is typed is taken at once, sound or not."""
    draft = own().draft
    said = {
        "text": draft.text,
        "revision": draft.revision,
        "faults": [fault.line for fault in draft.faults if fault.line],
        "words": {
            "label": _("Your plan as YAML"),
            "help": _("Tab leaves the field. Use spaces to indent."),
        },
    }
    with st.container(key="plan_editor"):
        _editor(key="plan_text", data=said, on_typed_change=_typed, height="content")


def _typed() -> None:
    text = st.session_state["plan_text"].get("typed")
    if isinstance(text, str):
        change(text[:LONGEST_TYPED], typed=True)
