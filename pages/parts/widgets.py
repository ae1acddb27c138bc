"""What a widget shows when the link says it, and what it says itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState, get_script_run_ctx

ECHO_S = 3.0
"""So long after a widget was made to show another value, the browser may still send one of those
before: whatever the reader did with another widget meanwhile, all are sent along."""

UNDERWAY_S = 10.0
"""So long where another part of the page was woken, so that the reader did something else."""


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
        now = time.monotonic()
        before = [each for each in state.get(f"{key}_before", []) if now - each[1] < UNDERWAY_S]
        # What it was told last, and what it says: that may be what it had been told before.
        state[f"{key}_before"] = [*before, (asked, now), (shown, now)]
    state[f"{key}_asked"] = value
    known = key in state and state.get(f"{key}_names") == names
    if not names or not known or shown != value or _before(key, ECHO_S):
        state[key] = value
    state[f"{key}_names"] = names
    state[f"{key}_part"] = (
        ThreadState.get().fragment_id if get_script_run_ctx(suppress_warning=True) else None
    )


def is_echo(key: str) -> bool:
    """Whether what a widget says is not the reader's word, but what it showed a moment ago."""
    state = st.session_state
    if _another_part_is_woken(key):
        return state[key] in [state.get(f"{key}_asked"), *_before(key, UNDERWAY_S)]
    return state[key] in _before(key, ECHO_S)


def heard(key: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Calls back for what the widget ``key`` says, unless it is an echo."""

    def guarded(callback: Callable[[], None]) -> Callable[[], None]:
        @wraps(callback)
        def called() -> None:
            if not is_echo(key):
                callback()

        return called

    return guarded


def _before(key: str, within: float) -> list[Any]:
    """What the widget showed before the script made it show another value, so many seconds ago."""
    now = time.monotonic()
    before = st.session_state.get(f"{key}_before", [])
    return [value for value, since in before if now - since < within]


def _another_part_is_woken(key: str) -> bool:
    run = get_script_run_ctx(suppress_warning=True)
    woken = (run.fragment_ids_this_run if run else None) or []
    return bool(woken) and st.session_state.get(f"{key}_part") not in woken
