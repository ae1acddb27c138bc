"""What a widget shows when the link says it, and what it says itself."""

from __future__ import annotations

import time
from typing import Any

import streamlit as st

ECHO_S = 5.0
"""So long after a widget was made to show another value, the browser may still send the one before:
whatever the reader did with another widget meanwhile, all are sent along."""


def show(key: str, value: Any) -> None:
    """Have the widget ``key`` show ``value``, before it is made."""
    if key in st.session_state and st.session_state[key] != value:
        st.session_state[f"{key}_before"] = (st.session_state[key], time.monotonic())
    st.session_state[key] = value


def is_echo(key: str) -> bool:
    """Whether what a widget says is not the reader's word, but what it showed a moment ago."""
    before, since = st.session_state.get(f"{key}_before", (None, -ECHO_S))
    recent = time.monotonic() - since < ECHO_S
    return bool(recent and st.session_state[key] == before)
