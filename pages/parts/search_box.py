"""A box that is searched from as one types, and that follows the link."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.parts.link import LONGEST_TEXT

TYPING_PAUSE = "150ms"
"""After so long without another key the search is made."""


def search_box(
    key: str, asked: str | None, label: str, example: str, found: Callable[[str | None], None]
) -> None:
    """The box ``key``, which holds what the link asks for; ``found`` is told what is typed."""
    shown = f"{key}_shown"
    if st.session_state.get(shown) != asked:
        st.session_state[shown] = asked
        st.session_state[key] = asked or ""

    def typed() -> None:
        st.session_state[shown] = st.session_state[key].strip() or None
        found(st.session_state[shown])

    st.text_input(
        label,
        key=key,
        type="search",
        live=TYPING_PAUSE,
        max_chars=LONGEST_TEXT,
        placeholder=example,
        on_change=typed,
        persist_state="session",
    )
