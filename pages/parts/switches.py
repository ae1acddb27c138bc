"""Rows of switches that narrow a list, each with how many entries it stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

import streamlit as st

from pages.parts.speech import _

Choice = TypeVar("Choice", bound=str)


def switches(
    key: str, title: str, words: Mapping[str, str], used: Iterable[str], counts: Counter[str]
) -> None:
    """Switches for those of ``words`` that are ``used``, with their ``counts``."""
    used = set(used)
    labels = {value: f"{_(text)} {counts[value]}" for value, text in words.items() if value in used}
    st.pills(
        title,
        list(labels),
        selection_mode="multi",
        format_func=labels.__getitem__,
        key=key,
        persist_state="session",
    )


def one_of(title: str, words: Mapping[Choice, str], key: str) -> Choice:
    """Switches of which one is on, the first to begin with; ``words`` as they are shown."""
    return st.segmented_control(
        title,
        list(words),
        format_func=words.__getitem__,
        default=next(iter(words)),
        required=True,
        key=key,
        persist_state="session",
    )


def switched_on(key: str) -> tuple[str, ...]:
    """The values whose switches are on; none means that all are wanted."""
    return tuple(st.session_state.get(key) or ())
