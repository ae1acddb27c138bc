"""What a replayed reader does: the message that a real one's browser sends, and its right answer.

Each act makes the message and names what the answer has to hold; recorded from Chromium.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.crowd.screen import MAP
from benchmarks.panels import panels
from benchmarks.peers import job
from geo.plan import DEFAULT_PLAN, load_plan

if TYPE_CHECKING:
    from streamlit.proto.BackMsg_pb2 import BackMsg

    from benchmarks.crowd.screen import Screen, Widget

LAYERS = ("ceded", "demilitarized", "frozen_line", "relinquished", "left_open", "line_band")
"""The layers that are switched: all that every plan and line has."""


@dataclass(frozen=True)
class Act:
    """Something that a reader does: its name, the message, and what is wrong with the answer.

    ``fault`` looks at the screen once the run is over; None: the answer is right.
    """

    name: str
    message: BackMsg
    fault: Callable[[Screen], str | None]
    path: str | None = None


def click(screen: Screen, chance: random.Random) -> Act:
    """A click on another piece of land: the panel has to be of that land."""
    line = screen.parameter("line") or load_plan(DEFAULT_PLAN).line
    now = (screen.parameter("territory"), screen.parameter("held_by"))
    others = [each for each in panels(line) if (each.territory, each.held_by.lower()) != now]
    zone, heading = chance.choice(others)[:2]
    bridge = screen.widgets["panel_bridge"]
    picked = json.dumps([{"event": "picked", "value": f"zone:{zone}"}], separators=(",", ":"))
    event = WidgetState(id=trigger_id(bridge), json_trigger_value=picked)
    message = screen.rerun(event, fragment=bridge.fragment)
    return Act("click", message, lambda after: panel_fault(after, heading))


def panel_fault(screen: Screen, heading: str) -> str | None:
    """What is wrong if this run did not show the panel under that heading."""
    if "panel" not in screen.seen:
        return "no panel"
    return None if screen.heading == heading else "another panel"


def click_peer(screen: Screen, chance: random.Random) -> Act:
    """The same on a peer's map, which hands all of the outline's properties to the script."""
    lands = [land for land in job.lands().values() if land.name != screen.heading]
    land = chance.choice(lands)
    about = {"code": land.code, "name": land.name, "status": land.status}
    drawing = {"type": "Feature", "properties": about}
    shown = screen.widgets[MAP]
    state = WidgetState(id=shown.id, json_value=json.dumps({"last_active_drawing": drawing}))
    message = screen.rerun(state, fragment=shown.fragment)
    return Act("click", message, lambda after: panel_fault(after, land.name))


def switch(screen: Screen, chance: random.Random) -> Act:
    """A switch of a layer: the link has to leave it out, or hold it again."""
    layer = chance.choice(LAYERS)
    widget = screen.widgets[f"layer_{layer}"]
    on = not (widget.state and widget.state.bool_value)
    state = WidgetState(id=widget.id, bool_value=on)
    message = screen.rerun(state, fragment=widget.fragment)

    def fault(after: Screen) -> str | None:
        shown = after.parameter("layers")
        return None if (shown is None or layer in shown.split(",")) is on else "other layers"

    return Act("switch", message, fault)


def another_plan(screen: Screen, chance: random.Random) -> Act:
    """Another plan is chosen: the link has to change, and the map be told."""
    return _choice(screen, chance, "plan", "plan_picker")


def another_line(screen: Screen, chance: random.Random) -> Act:
    """Another line of contact is chosen: the link has to change, and the map be told."""
    return _choice(screen, chance, "line", "line_picker")


def _choice(screen: Screen, chance: random.Random, name: str, key: str) -> Act:
    widget = screen.widgets[key]
    now = widget.state.string_value if widget.state else ""
    wanted = chance.choice([option for option in widget.options if option != now])
    state = WidgetState(id=widget.id, string_value=wanted)
    before = screen.parameter(name)

    def fault(after: Screen) -> str | None:
        if "scene_bridge" not in after.seen:
            return "no map"
        return f"the same {name}" if after.parameter(name) == before else None

    return Act(name, screen.rerun(state, fragment=widget.fragment), fault)


def towns(screen: Screen, _chance: random.Random) -> Act:
    """The page of towns is opened."""
    return _visit(screen, "towns", "town_search")


def back(screen: Screen, _chance: random.Random) -> Act:
    """The map is opened again."""
    return _visit(screen, "", "panel_bridge")


def _visit(screen: Screen, path: str, has: str) -> Act:
    def fault(after: Screen) -> str | None:
        return None if has in after.seen else "another page"

    return Act("page", screen.rerun(page=path), fault, path)


ACTS: dict[str, Callable[[Screen, random.Random], Act]] = {
    "click": click,
    "click_peer": click_peer,
    "switch": switch,
    "plan": another_plan,
    "line": another_line,
    "towns": towns,
}


def next_act(screen: Screen, chance: random.Random, weights: dict[str, float]) -> Act:
    """What the reader does next, by how often each is done; from the towns they go back."""
    if screen.path:
        return back(screen, chance)
    name = chance.choices(list(weights), list(weights.values()))[0]
    return ACTS[name](screen, chance)


def trigger_id(bridge: Widget) -> str:
    """Under which id a component of the second kind reports events; Streamlit makes it so."""
    return f"$$STREAMLIT_INTERNAL_KEY_{bridge.id}__events"
