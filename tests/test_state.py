"""The link while the browser says something else in the midst of it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pages.parts import map_first, state
from pages.parts.link import read_view
from pages.parts.view import PAGES

FIRST, SECOND = "2024-11-21", "2025-05-21"


class EndedError(Exception):
    """As Streamlit ends a run in the midst of sending."""


class Address(dict):
    """The query parameters of the browser's message, and whether another has come meanwhile."""

    another_came = False

    def get_all(self, name):
        return self[name]

    def from_dict(self, link):
        self.clear()
        self.update({name: [v] if isinstance(v, str) else v for name, v in link.items()})
        if self.another_came:
            raise EndedError

    def is_said(self, line):
        """A message of the browser comes."""
        self.clear()
        self["line"] = [line]
        self.another_came = False


@pytest.fixture
def run():
    return SimpleNamespace(
        page_script_hash="map", is_history_navigation=False, has_script_started=False
    )


@pytest.fixture
def address(monkeypatch, run):
    address = Address()
    monkeypatch.setattr(state, "st", SimpleNamespace(query_params=address, session_state={}))
    monkeypatch.setattr(state, "get_script_run_ctx", lambda **_: run)
    address.is_said(FIRST)
    state.link_parameters()
    return address


def on(line):
    return read_view({"line": [line]})


def test_what_a_callback_wanted_is_known_though_its_run_was_ended(address, run):
    address.another_came = True
    with pytest.raises(EndedError):
        state.go_to(on(SECOND))
    address.is_said(FIRST)
    run.has_script_started = True
    assert state.link_parameters()["line"] == SECOND
    assert address["line"] == [SECOND], "the browser is told again"


def test_a_late_link_ends_no_callback(address):
    state.go_to(on(SECOND))
    address.is_said(FIRST)
    address.another_came = True
    assert state.link_parameters()["line"] == SECOND


def test_parameters_of_others_stay(address):
    address["utm_source"] = ["letter"]
    state.go_to(on(SECOND))
    assert address["utm_source"] == ["letter"]
    assert address["line"] == [SECOND]


def test_there_and_back_before_the_page_woke_the_map_is_told_both_times(monkeypatch, address):
    monkeypatch.setattr(map_first, "st", state.st)
    monkeypatch.setattr(map_first, "current_scene", lambda view: view.line)
    monkeypatch.setattr(map_first, "map_scene", lambda line, _since: line)
    state.st.session_state["page"] = PAGES["map"]
    state.note_drawn(on(FIRST))
    assert map_first.scene_ahead(on(FIRST)) == {}
    assert map_first.scene_ahead(on(SECOND))["scene"] == SECOND
    assert map_first.scene_ahead(on(FIRST))["scene"] == FIRST
    assert not state.is_drawn(on(FIRST)), "the page wakes as well"
    state.note_drawn(on(FIRST))
    assert map_first.scene_ahead(on(FIRST)) == {}
