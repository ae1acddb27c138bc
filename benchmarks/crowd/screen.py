"""What one browser knows of a Streamlit page, kept up from the messages that the server sends.

Recorded from Streamlit 1.67 in Chromium: which widgets a page tells of with every run, which
fragment a widget wakes, which messages a browser keeps and is then sent by their hash alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

KEPT_RUNS = 2
"""A browser forgets a kept message that this many runs did not show, when a whole page has run."""

_KEY = re.compile(r"^\$\$ID-[0-9a-f]{32}-(.*)$", re.DOTALL)
_HEADING = re.compile(r"<h2[^>]*>(.*?)</h2>|\A## (.*)", re.DOTALL)

PANELS = ("-clause_panel", "-panel")
"""How the id of the block ends that shows what was clicked: here, and in peers."""

MAP = "st_folium"
"""The key under which a map of streamlit-folium is kept, whose own changes with its content."""


@dataclass
class Widget:
    """A widget of the page: its id, the fragment that it wakes, the script that made it."""

    id: str
    fragment: str
    script: str
    options: tuple[str, ...] = ()
    state: WidgetState | None = None


@dataclass
class Kept:
    """A message that the browser keeps: the heading or widget in it, the run that last saw it."""

    heading: str | None
    widget: tuple[str, Widget] | None
    run: int


@dataclass
class Screen:
    """One page as a browser has it. ``address`` has no path; ``path`` and ``query`` begin it."""

    address: str
    path: str = ""
    query: str = ""
    session: str = ""
    page: str = ""
    main_script: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    widgets: dict[str, Widget] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    heading: str | None = None
    exceptions: list[str] = field(default_factory=list)
    woken: tuple[str, ...] = ()
    seen: set[str] = field(default_factory=set)
    runs: int = 0
    _panel: list[int] = field(default_factory=list)

    def receive(self, data: bytes) -> bool:
        """Take a message; whether it ends a run (one that Streamlit starts anew does not)."""
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._delta(message)
        elif kind == "ref_hash":
            self._again(self.kept[message.ref_hash], list(message.metadata.delta_path))
        elif kind == "new_session":
            self._new_session(message)
        elif kind == "navigation":
            self.page = message.navigation.page_script_hash
            self.pages = {
                page.url_pathname: page.page_script_hash for page in message.navigation.app_pages
            }
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "script_finished":
            return self._finished(message)
        return False

    def _new_session(self, message: ForwardMsg) -> None:
        new = message.new_session
        self.session = new.initialize.session_id
        self.main_script = new.main_script_hash
        self.woken = tuple(message.metadata.run.fragment_ids)
        self.runs += 1
        self.seen.clear()
        self.exceptions.clear()

    def _finished(self, message: ForwardMsg) -> bool:
        if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        if not self.woken:
            self.widgets = {key: self.widgets[key] for key in self.widgets if key in self.seen}
            oldest = self.runs - KEPT_RUNS
            self.kept = {name: each for name, each in self.kept.items() if each.run > oldest}
        return True

    def _again(self, kept: Kept, path: list[int]) -> None:
        kept.run = self.runs
        self._note_heading(path, kept.heading)
        if kept.widget:
            key, widget = kept.widget
            self.seen.add(key)
            self.widgets[key] = widget

    def _delta(self, message: ForwardMsg) -> None:
        path, delta = list(message.metadata.delta_path), message.delta
        heading, widget = None, None
        if delta.WhichOneof("type") == "add_block":
            if delta.add_block.id.endswith(PANELS):
                self._panel = path
        elif delta.WhichOneof("type") == "new_element":
            heading = self._heading_in(delta.new_element)
            self._note_heading(path, heading)
            widget = self._widget_in(delta.new_element, message)
        if message.metadata.cacheable:
            self.kept[message.hash] = Kept(heading, widget, self.runs)

    def _note_heading(self, path: list[int], heading: str | None) -> None:
        if heading is not None and path[:-1] == self._panel:
            self.heading = heading
            self.seen.add("panel")

    def _heading_in(self, element: Element) -> str | None:
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.exceptions.append(f"{element.exception.type}: {element.exception.message}"[:200])
        if kind not in ("html", "markdown"):
            return None
        found = _HEADING.search(getattr(element, kind).body)
        return (found[1] or found[2]).strip() if found else None

    def _widget_in(self, element: Element, message: ForwardMsg) -> tuple[str, Widget] | None:
        kind = element.WhichOneof("type") or "empty"
        shown: Any = getattr(element, kind)
        named = _KEY.match(getattr(shown, "id", ""))
        if named is None:
            return None
        key = MAP if kind == "component_instance" else named[1]
        known = self.widgets.get(key)
        state = known.state if known and known.id == shown.id else None
        if state is None or getattr(shown, "set_value", False):
            state = state_of(kind, shown)
        script, options = message.metadata.active_script_hash, tuple(getattr(shown, "options", ()))
        widget = Widget(shown.id, message.delta.fragment_id, script, options, state)
        self.seen.add(key)
        self.widgets[key] = widget
        return key, widget

    def parameter(self, name: str) -> str | None:
        """A query parameter of the page's address."""
        return parse_qs(self.query).get(name, [None])[0]

    def rerun(self, *told: WidgetState, fragment: str = "", page: str | None = None) -> BackMsg:
        """The message that asks for a run: of all, of a fragment, or of another page.

        ``told``: what the reader just did. A widget's new state stays with it; an event, whose id
        is none of a widget's, is told once.
        """
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = self.query if page is None else ""
        told_of = {state.id: state for state in told}
        for widget in self.widgets.values():
            widget.state = told_of.pop(widget.id, widget.state)
            stays = page is None or widget.script == self.main_script
            if widget.state is not None and stays:
                asked.widget_states.widgets.append(widget.state)
        asked.widget_states.widgets.extend(told_of.values())
        asked.page_script_hash = self.page if page is None else self.pages[page]
        asked.fragment_id = fragment
        asked.cached_message_hashes.extend(self.kept)
        context = asked.context_info
        context.timezone, context.timezone_offset = "UTC", 0
        context.locale, context.color_scheme = "en-US", "light"
        context.url, context.is_embedded = f"{self.address}/{self.path}", False
        return message


def state_of(kind: str, shown: Any) -> WidgetState | None:
    """What a browser tells of a widget that nobody has touched; None: nothing."""
    state = WidgetState(id=shown.id)
    if kind == "checkbox":
        state.bool_value = shown.value if shown.set_value else shown.default
    elif kind == "selectbox":
        if shown.set_value and shown.raw_value:
            state.string_value = shown.raw_value
        elif shown.HasField("default") and not shown.set_value:
            state.string_value = shown.options[shown.default]
    elif kind == "slider" and shown.options:
        numbers = shown.value if shown.set_value else shown.default
        chosen = list(shown.raw_value) or [shown.options[int(number)] for number in numbers]
        state.string_array_value.data.extend(chosen)
    elif kind in ("text_input", "text_area"):
        state.string_value = shown.default
    elif kind == "file_uploader":
        state.file_uploader_state_value.SetInParent()
    else:
        return None
    return state
