"""What a widget shows when the link says it, and what it says itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import streamlit as st

ECHO_S = 3.0
"""So long after a widget was made to show another value, the browser may still send one of those
before: whatever the reader did with another widget meanwhile, all are sent along."""


def show(key: str, value: Any, names: tuple[str, ...] = ()) -> None:
    """Have the widget ``key`` show ``value``, before it is made.

    ``names``: what all its values are called, as the browser knows them by that. While they stay
    the same, what the reader made it show is not said again: Streamlit would send it, and whoever
    has gone on meanwhile would be set back. Soon after the script made it show something it is, or
    browser and script might think otherwise of it for good.
    """
    state = st.session_state
    shown, asked = state.get(key, value), state.get(f"{key}_asked", value)
    if value not in (asked, shown):
        state[f"{key}_before"] = [*_before(key), (shown, time.monotonic())]
    state[f"{key}_asked"] = value
    known = key in state and state.get(f"{key}_names") == names
    if not names or not known or shown != value or _before(key):
        state[key] = value
    state[f"{key}_names"] = names


def is_echo(key: str) -> bool:
    """Whether what a widget says is not the reader's word, but what it showed a moment ago."""
    return any(st.session_state[key] == value for value, _since in _before(key))


def heard(key: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Calls back for what the widget ``key`` says, unless it is an echo."""

    def guarded(callback: Callable[[], None]) -> Callable[[], None]:
        @wraps(callback)
        def called() -> None:
            if not is_echo(key):
                callback()

        return called

    return guarded


def _before(key: str) -> list[tuple[Any, float]]:
    """What the widget showed before the script made it show another value, and when it did so."""
    now = time.monotonic()
    before: list[tuple[Any, float]] = st.session_state.get(f"{key}_before", [])
    return [(value, since) for value, since in before if now - since < ECHO_S]
