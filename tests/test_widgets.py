"""A widget shows what the link says, and what it says itself is not always the reader's word."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pages.parts import widgets
from pages.parts.widgets import ECHO_S, is_echo, show

KEY = "line_picker"


@pytest.fixture
def clock(monkeypatch):
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(widgets.time, "monotonic", lambda: clock.now)
    return clock


@pytest.fixture
def state(monkeypatch, clock):
    state = {}
    monkeypatch.setattr(widgets.st, "session_state", state)
    return state


def test_a_widget_shows_what_the_link_says(state):
    show(KEY, "a")
    assert state[KEY] == "a"
    show(KEY, "b")
    assert state[KEY] == "b"


def test_what_a_widget_showed_before_is_no_word_of_the_readers(state, clock):
    show(KEY, "a")
    show(KEY, "b")
    state[KEY] = "a"  # the browser has not heard of b yet
    assert is_echo(KEY)
    show(KEY, "b")
    state[KEY] = "c"
    assert not is_echo(KEY)
    clock.now += ECHO_S + 1
    state[KEY] = "a"
    assert not is_echo(KEY)


def test_the_first_word_of_a_widget_is_the_readers(state):
    show(KEY, "a")
    state[KEY] = "b"
    assert not is_echo(KEY)
