"""What Streamlit does anew in each run gives the same when it is done once."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from streamlit.components.v2.bidi_component import main as components
from streamlit.components.v2.presentation import make_bidi_component_presenter
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.common import WidgetMetadata

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


def test_a_section_without_settings_stays_absent():
    told = CustomThemeConfig()
    theme_read_once(lambda _message, _section: None)(told.sidebar, "theme.sidebar")
    assert not told.HasField("sidebar")


def test_streamlit_still_has_what_is_replaced_and_uses_it(monkeypatch, caplog):
    for module, name in [
        (app_session, "_populate_theme_msg"),
        (components, "make_bidi_component_presenter"),
    ]:
        monkeypatch.setattr(module, name, getattr(module, name))
    make_runs_lean()
    assert caplog.records == []
    assert components.make_bidi_component_presenter is plain_presenter


def test_what_a_later_streamlit_no_longer_has_is_said_in_the_log(monkeypatch, caplog):
    monkeypatch.setattr("serving.lean.app_session", SimpleNamespace(__name__="app_session"))
    monkeypatch.setattr(components, "make_bidi_component_presenter", None)
    make_runs_lean()
    (record,) = caplog.records
    assert "app_session._populate_theme_msg" in record.getMessage()
