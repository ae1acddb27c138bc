"""A widget shows what the link says, and what it says itself is not always the reader's word."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pages.parts import widgets
from pages.parts.widgets import ECHO_S, UNDERWAY_S, heard, is_echo, show

KEY = "line_picker"
NAMES = ("A", "B")


class State(dict):
    """As Streamlit's, and it notes what is said to the browser."""

    said: list

    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        if key == KEY:
            self.said.append(value)

    def reader_chooses(self, value):
        super().__setitem__(KEY, value)


@pytest.fixture
def clock(monkeypatch):
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(widgets.time, "monotonic", lambda: clock.now)
    return clock


@pytest.fixture
def state(monkeypatch, clock):
    state = State()
    state.said = []
    monkeypatch.setattr(widgets.st, "session_state", state)
    return state


def test_what_the_reader_chose_is_not_said_again(state):
    show(KEY, "a", NAMES)
    state.reader_chooses("b")
    assert not is_echo(KEY)
    show(KEY, "b", NAMES)
    assert state.said == ["a"]


def test_a_value_that_goes_by_another_name_now_is_said_again(state):
    show(KEY, "a", NAMES)
    show(KEY, "a", NAMES)
    show(KEY, "a", ("Б", "В"))
    assert state.said == ["a", "a"]


def test_a_value_of_which_no_name_is_told_is_said_each_time(state):
    show(KEY, "a")
    state.reader_chooses("b")
    show(KEY, "b")
    assert state.said == ["a", "b"]


def test_what_a_link_asks_for_is_said(state):
    show(KEY, "a", NAMES)
    show(KEY, "b", NAMES)
    assert state.said == ["a", "b"]


def test_what_a_widget_showed_before_is_no_word_of_the_readers(state, clock):
    show(KEY, "a", NAMES)
    show(KEY, "b", NAMES)
    state.reader_chooses("a")  # the browser has not heard of b yet
    assert is_echo(KEY)
    show(KEY, "b", NAMES)
    assert state.said == ["a", "b", "b"]
    state.reader_chooses("c")
    assert not is_echo(KEY)
    clock.now += ECHO_S + 1
    state.reader_chooses("a")
    assert not is_echo(KEY)


def test_nor_is_what_it_showed_before_that(state, clock):
    """On a slow way several words of the reader's are on it at once."""
    for value in ("a", "b", "c"):
        show(KEY, value, NAMES)
        clock.now += 0.4 * ECHO_S
    for value, echo in (("a", True), ("b", True), ("d", False)):
        state.reader_chooses(value)
        assert is_echo(KEY) is echo
    clock.now += 0.4 * ECHO_S
    state.reader_chooses("a")
    assert not is_echo(KEY)
    state.reader_chooses("b")
    assert is_echo(KEY)


def test_where_another_part_was_woken_nothing_it_was_told_is_the_readers_word(
    state, clock, monkeypatch
):
    monkeypatch.setattr(widgets, "_another_part_is_woken", lambda _key: True)
    for value in ("a", "b"):
        show(KEY, value, NAMES)
    clock.now += 2 * ECHO_S
    for value, echo in (("a", True), ("b", True), ("c", False)):
        state.reader_chooses(value)
        assert is_echo(KEY) is echo
    clock.now += UNDERWAY_S
    state.reader_chooses("a")
    assert not is_echo(KEY)


def test_what_it_was_told_counts_though_the_browser_had_not_heard_of_it(state):
    for value in ("a", "b", "c"):
        show(KEY, value, NAMES)
        state.reader_chooses("a")
    state.reader_chooses("b")
    assert is_echo(KEY)


def test_soon_after_it_was_made_to_show_another_value_a_widget_is_told_each_time(state, clock):
    """The browser may hear the earlier value after the reader's choice."""
    show(KEY, "a", NAMES)
    show(KEY, "b", NAMES)
    state.reader_chooses("c")
    show(KEY, "c", NAMES)
    assert state.said == ["a", "b", "c"]
    clock.now += ECHO_S + 1
    show(KEY, "c", NAMES)
    assert state.said == ["a", "b", "c"]


def test_a_choice_that_the_link_does_not_follow_is_set_back(state, clock):
    """The run that would have followed it was ended, by "Back" for one."""
    show(KEY, "a", NAMES)
    state.reader_chooses("b")
    show(KEY, "a", NAMES)
    assert state.said == ["a", "a"]


def test_who_insists_is_heard(state, clock):
    show(KEY, "a", NAMES)
    show(KEY, "b", NAMES)
    for _ in range(3):
        state.reader_chooses("a")
        assert is_echo(KEY)
        show(KEY, "b", NAMES)
        clock.now += 0.3 * ECHO_S
    clock.now += 0.3 * ECHO_S
    state.reader_chooses("a")
    assert not is_echo(KEY)


def test_an_echo_calls_nobody_back(state):
    called = []
    callback = heard(KEY)(lambda: called.append(state[KEY]))
    show(KEY, "a")
    show(KEY, "b")
    for said in ("a", "c"):
        state.reader_chooses(said)
        callback()
    assert called == ["c"]
