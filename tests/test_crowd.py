"""The crowd of replayed readers says and hears what browsers do, and counts rightly."""

from __future__ import annotations

import asyncio
import math
import random

import pytest
import shapely
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.crowd.__main__ import weights
from benchmarks.crowd.acts import next_act, panel_fault
from benchmarks.crowd.run import Crowd, run
from benchmarks.crowd.screen import KEPT_RUNS, Screen
from benchmarks.crowd.tally import Tally, measure
from benchmarks.crowd.visitor import Habits
from benchmarks.domain.densify import densified
from benchmarks.domain.growth import beyond_n_log_n
from benchmarks.panels import panels
from benchmarks.servers import started
from benchmarks.stats import quantile
from benchmarks.targets import TARGETS
from geo.line import load_line
from geo.territories import load_territories


def key_of(name: str) -> str:
    return f"$$ID-{'0' * 32}-{name}"


def a_run(screen: Screen, *messages: ForwardMsg, fragments: tuple[str, ...] = ()) -> None:
    new = ForwardMsg()
    new.new_session.initialize.session_id = "one"
    new.new_session.main_script_hash = "main"
    new.metadata.run.fragment_ids.extend(fragments)
    end = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
    told = [screen.receive(message.SerializeToString()) for message in (new, *messages, end)]
    assert told == [False] * (len(messages) + 1) + [True]


def panel_block() -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path.extend([0, 1])
    message.delta.add_block.id = key_of("clause_panel")
    message.delta.add_block.allow_empty = True
    return message


def html(heading: str, *, kept: str = "") -> ForwardMsg:
    message = ForwardMsg(hash=kept)
    message.metadata.delta_path.extend([0, 1, 0])
    message.metadata.cacheable = bool(kept)
    message.delta.new_element.html.body = f"<p>…</p><h2>{heading}</h2>"
    return message


def again(kept: str) -> ForwardMsg:
    message = ForwardMsg(ref_hash=kept)
    message.metadata.delta_path.extend([0, 1, 0])
    return message


def checkbox(name: str, *, on: bool, script: str = "page") -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path.extend([0, 2])
    message.metadata.active_script_hash = script
    message.delta.fragment_id = "fragment"
    box = message.delta.new_element.checkbox
    box.id, box.value, box.set_value = key_of(name), on, True
    return message


def test_a_panel_that_comes_as_a_reference_is_the_one_that_was_kept():
    screen = Screen("http://host")
    a_run(screen, panel_block(), html("Donetsk Oblast", kept="abc"))
    a_run(screen, panel_block(), html("Sumy Oblast"), fragments=("fragment",))
    assert list(screen.rerun().rerun_script.cached_message_hashes) == ["abc"]
    assert panel_fault(screen, "Donetsk Oblast") == "another panel"
    a_run(screen, panel_block(), again("abc"), fragments=("fragment",))
    assert panel_fault(screen, "Donetsk Oblast") is None


def test_a_run_without_a_panel_is_a_wrong_answer_though_the_old_one_still_stands():
    screen = Screen("http://host")
    a_run(screen, panel_block(), html("Donetsk Oblast"))
    a_run(screen, fragments=("fragment",))
    assert panel_fault(screen, "Donetsk Oblast") == "no panel"


def test_kept_messages_that_no_run_shows_are_forgotten():
    screen = Screen("http://host")
    a_run(screen, panel_block(), html("Donetsk Oblast", kept="abc"))
    for _ in range(KEPT_RUNS):
        a_run(screen)
    assert not screen.rerun().rerun_script.cached_message_hashes


def test_a_message_tells_the_state_of_every_widget_and_an_event_once():
    screen = Screen("http://host")
    a_run(screen, checkbox("layer_ceded", on=True), checkbox("head", on=False, script="main"))
    widget = screen.widgets["layer_ceded"]
    event = type(widget.state)(id="event", json_trigger_value="[]")
    told = screen.rerun(event, fragment=widget.fragment).rerun_script
    assert told.fragment_id == "fragment"
    assert [state.id for state in told.widget_states.widgets] == [
        key_of("layer_ceded"),
        key_of("head"),
        "event",
    ]
    assert [state.id for state in screen.rerun().rerun_script.widget_states.widgets] == [
        key_of("layer_ceded"),
        key_of("head"),
    ]


def test_another_page_is_told_only_of_the_widgets_that_every_page_has():
    screen = Screen("http://host", pages={"towns": "hash"})
    a_run(screen, checkbox("layer_ceded", on=True), checkbox("head", on=False, script="main"))
    told = screen.rerun(page="towns").rerun_script
    assert told.page_script_hash == "hash"
    assert [state.id for state in told.widget_states.widgets] == [key_of("head")]


def test_every_piece_of_land_has_its_own_heading():
    headings = [panel.heading for panel in panels("2025-11-21")]
    assert len(set(headings)) == len(headings) > 27
    assert "Donetsk Oblast, the part Ukraine holds" in headings


def test_unknown_acts_are_refused_by_name():
    assert weights("click=3,line=1") == {"click": 3, "line": 1}
    with pytest.raises(ValueError, match="clik: no such act"):
        weights("clik=1")


def test_waits_before_all_are_there_do_not_count():
    tally = Tally(begun=math.inf)
    tally.wait("click", 1)
    assert tally.acts() == 0
    tally = Tally()
    tally.wait("click", 10)
    tally.wait("open", 99)
    assert tally.acts() == 1


def test_quantiles_are_waits_that_were_waited():
    waits = [float(number) for number in range(1, 101)]
    assert [quantile(waits, share) for share in (0.5, 0.95, 0.99, 1)] == [50, 95, 99, 100]
    found = measure({0: waits, 1: [7.0]})
    assert found["count"] == 101
    assert found["values"] == [50.5, 7.0]


@pytest.mark.parametrize("times", [2, 10])
def test_finer_outlines_stay_neighbours(times):
    coarse = load_territories().geometry
    finer = [densified(shape, times) for shape in coarse]
    assert all(shape.is_valid for shape in finer)
    before, after = shapely.get_num_coordinates(coarse), shapely.get_num_coordinates(finer)
    assert after.sum() == pytest.approx(times * before.sum(), rel=0.02)
    pairs = [(one, other) for one in range(27) for other in range(one)]
    overlap = sum(finer[one].intersection(finer[other]).area for one, other in pairs)
    assert overlap < 0.0001 * sum(shape.area for shape in finer)


def test_a_finer_line_has_the_same_ends():
    line = load_line("2025-11-21").contact
    assert densified(line, 10).boundary.equals(line.boundary)


def test_growth_beyond_n_log_n_is_above_one():
    assert beyond_n_log_n((1000, 10_000), (1.0, 10.0)) < 1
    assert beyond_n_log_n((1000, 10_000), (1.0, 100.0)) > 1


def test_a_small_crowd_finds_every_answer_right():
    habits = Habits(0.5, {"click": 4, "switch": 2, "plan": 1, "line": 1, "towns": 1})
    crowd = Crowd(sessions=3, minutes=0.08, habits=habits, arrivals=3)
    with started(TARGETS["ours"]) as served:
        tally, taken = asyncio.run(run(crowd, served))
    assert tally.errors == {}
    assert tally.opened == 3
    assert tally.reconnects == 0
    assert tally.waits["click"]
    assert taken.server_s > 0
    assert taken.told(crowd, tally)["acts"] == tally.acts()


def test_from_the_page_of_towns_a_reader_goes_back_to_the_map():
    screen = Screen("http://host", path="towns", pages={"": "map"})
    act = next_act(screen, random.Random(0), {"click": 1.0})
    assert act.path == ""
    assert act.message.rerun_script.page_script_hash == "map"
