"""What Streamlit does anew in each run gives the same when it is done once."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit import config
from streamlit.components.v2.bidi_component import main as components
from streamlit.components.v2.presentation import make_bidi_component_presenter
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.testing.v1 import AppTest

from serving.lean import make_runs_lean, plain_presenter, theme_read_once

SECTIONS = ["theme", "theme.light", "theme.dark", "theme.sidebar", "theme.light.sidebar"]
SET = SECTIONS[:3]
"""Those of which .streamlit/config.toml says something."""


def state_where(done: object) -> SessionState:
    """A session in which ``done`` is what was just done with a component."""
    state = SessionState()
    state._new_widget_state.set_widget_metadata(
        WidgetMetadata("done", lambda value, *_: value, lambda value: value, "json_trigger_value")
    )
    state._new_widget_state.set_from_value("done", done)
    return state


@pytest.mark.parametrize(
    "done",
    [
        None,
        [],
        [{"event": "picked", "value": "zone:UA-14-ukraine"}],
        [{"event": "picked", "value": "a"}, {"event": "picked", "value": "b"}],
        [{"event": "picked", "value": "a"}, {"event": "went", "value": None}],
        [{"event": "picked", "value": "a"}, 1, {"value": 2}, {"event": 3}, {"event": "went"}],
    ],
    ids=repr,
)
@pytest.mark.parametrize("state", [{}, {"size": 3}, {"picked": "kept"}, None, "text"], ids=repr)
def test_a_components_state_is_shown_as_streamlit_shows_it(state, done):
    session = state_where(done)
    theirs, ours = make_bidi_component_presenter("done"), plain_presenter("done", "id", {"picked"})
    assert ours(state, session) == theirs(state, session)


def test_a_component_with_which_nothing_was_done_is_shown_without_a_copy():
    state = {"size": 3}
    assert plain_presenter("done")(state, state_where(None)) is state
    assert plain_presenter("of another")(state, SessionState()) is state


@pytest.mark.parametrize("section", SECTIONS)
def test_the_theme_is_told_as_the_settings_have_it_and_read_once(section):
    read = []

    def fill(message, section="theme"):
        read.append(section)
        original(message, section)

    original = vars(app_session)["_populate_theme_msg"]
    from_memory, expected = theme_read_once(fill), CustomThemeConfig()
    original(expected, section)
    assert bool(expected.ByteSize()) == (section in SET)
    for _page in range(2):
        told = CustomThemeConfig()
        from_memory(told, section)
        assert told == expected
    assert read == [section]


def test_a_theme_that_is_changed_is_told_once_its_file_is_read_anew():
    colours = ["#111111", "#222222"]
    from_memory = theme_read_once(lambda told, _section: setattr(told, "primary_color", colours[0]))

    def told() -> str:
        message = CustomThemeConfig()
        from_memory(message, "theme")
        return message.primary_color

    assert told() == "#111111"
    del colours[0]
    assert told() == "#111111"
    config._on_config_parsed.send()
    assert told() == "#222222"


def test_a_section_without_settings_stays_absent():
    told = CustomThemeConfig()
    theme_read_once(lambda _message, _section: None)(told.sidebar, "theme.sidebar")
    assert not told.HasField("sidebar")


def test_streamlit_still_has_what_is_replaced(monkeypatch, caplog):
    for module, name in [
        (app_session, "_populate_theme_msg"),
        (components, "make_bidi_component_presenter"),
    ]:
        monkeypatch.setattr(module, name, getattr(module, name))
    make_runs_lean()
    assert caplog.records == []
    assert components.make_bidi_component_presenter is plain_presenter


def test_streamlit_asks_it_for_each_component(monkeypatch):
    asked = []
    for module, name in [
        (app_session, "_populate_theme_msg"),
        (components, "make_bidi_component_presenter"),
    ]:
        monkeypatch.setattr(module, name, getattr(module, name))
    monkeypatch.setattr("serving.lean.plain_presenter", asking(asked, plain_presenter))
    make_runs_lean()
    script = """
import streamlit as st
st.components.v2.component("lean_test", html="<p></p>")(key="c", on_picked_change=lambda: None)
st.write(type(st.session_state["c"]).__name__)
"""
    page = AppTest.from_string(script).run()
    assert not page.exception
    assert asked
    assert page.markdown[0].value == "AttributeDictionary", "as kept, and no class made for a look"


def asking(asked: list, made_by):
    def made(*given, **named):
        asked.append(given)
        return made_by(*given, **named)

    return made


def test_what_a_later_streamlit_no_longer_has_is_said_in_the_log(monkeypatch, caplog):
    monkeypatch.setattr("serving.lean.app_session", SimpleNamespace(__name__="app_session"))
    monkeypatch.setattr(components, "make_bidi_component_presenter", None)
    make_runs_lean()
    (record,) = caplog.records
    assert "app_session._populate_theme_msg" in record.getMessage()
