"""What a widget shows when the link says it, and what it says itself."""

from __future__ import annotations

import time
from typing import Any

import streamlit as st

ECHO_S = 5.0
"""So long after a widget was made to show another value, the browser may still send the one before:
whatever the reader did with another widget meanwhile, all are sent along."""


def show(key: str, value: Any, names: tuple[str, ...] = ()) -> None:
    """Have the widget ``key`` show ``value``, before it is made.

    ``names``: what all its values are called, as the browser knows them by that. While they stay
    the same, what the reader made it show is not said again: Streamlit would send it, and whoever
    has gone on meanwhile would be set back. Soon after the script made it show something it is, or
    browser and script might think otherwise of it for good.
    """
    if key in st.session_state and st.session_state[key] != value:
        st.session_state[f"{key}_before"] = (st.session_state[key], time.monotonic())
    known = key in st.session_state and st.session_state.get(f"{key}_names") == names
    if not names or not known or _was_made_to_show_another(key):
        st.session_state[key] = value
    st.session_state[f"{key}_names"] = names


def is_echo(key: str) -> bool:
    """Whether what a widget says is not the reader's word, but what it showed a moment ago."""
    before, _since = st.session_state.get(f"{key}_before", (None, 0.0))
    return _was_made_to_show_another(key) and bool(st.session_state[key] == before)


def _was_made_to_show_another(key: str) -> bool:
    _before, since = st.session_state.get(f"{key}_before", (None, -ECHO_S))
    return bool(time.monotonic() - since < ECHO_S)
