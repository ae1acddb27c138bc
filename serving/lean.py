"""What Streamlit does anew in each run, and need not: a fifth of a click's processor time.

Both are replaced for the whole process by :func:`make_runs_lean`. The dashboard works without them
as well, only slower.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from streamlit import config
from streamlit.components.v2.bidi_component import main as components
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from serving.replaced import replace

if TYPE_CHECKING:
    from streamlit.runtime.state import SessionState
    from streamlit.runtime.state.common import WidgetValuePresenter

Fill = Callable[[CustomThemeConfig, str], None]


def make_runs_lean() -> None:
    """Replace what takes long."""
    slower = "clicks are slower"
    replace(app_session, "_populate_theme_msg", theme_read_once, slower)
    replace(components, "make_bidi_component_presenter", lambda _: plain_presenter, slower)


def plain_presenter(aggregator_id: str, *_: object, **__: object) -> WidgetValuePresenter:
    """What ``st.session_state`` shows of a component; the widget ``aggregator_id`` has what was
    just done with it.

    Streamlit makes a class for each look, so that scripts may assign to what they see, and it looks
    at all components of a session several times a run: twenty classes a click, 550 objects that
    only a whole garbage collection frees (:mod:`serving.garbage`). No script of ours assigns to
    a component's state: it is a plain mapping.
    """

    def present(state: object, session_state: SessionState) -> object:
        done = session_state._new_widget_state.get(aggregator_id)
        if not done or not isinstance(state, dict):
            return state
        events = (each for each in done if isinstance(each, dict))
        named = {each["event"]: each.get("value") for each in events if _is_named(each)}
        return named | state

    return present


def _is_named(event: dict[str, object]) -> bool:
    return isinstance(event.get("event"), str)  # else no page of ours said it


def theme_read_once(fill: Fill) -> Fill:
    """As ``fill``, which reads one section of the theme's settings into each page's next message.

    They stay until the file of settings is read anew; all six sections took an eighth of a click.
    """

    @cache
    def read(section: str) -> CustomThemeConfig:
        theme = CustomThemeConfig()
        fill(theme, section)
        return theme

    config.on_config_parsed(read.cache_clear, force_connect=True)

    def fill_from_memory(message: CustomThemeConfig, section: str = "theme") -> None:
        if read(section).ByteSize():  # a section without settings stays absent
            message.MergeFrom(read(section))

    return fill_from_memory
