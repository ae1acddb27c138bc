"""What measurements come to, the file that keeps them, and the goals they are held against."""

from __future__ import annotations

import os
import re
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import machine
from benchmarks.compare import joined
from benchmarks.crowd import abuse
from benchmarks.goals import Goal
from benchmarks.long_visit import growth
from benchmarks.measures_change import TOWNS
from benchmarks.panels import last_words
from benchmarks.peers import job
from benchmarks.report import report
from benchmarks.results import Record, Results, has_p95, next_path, read
from benchmarks.servers import Served
from benchmarks.stats import median, p95, slope_between
from benchmarks.targets import CLICKED, SWITCHED, TARGETS, UNTOUCHED
from geo.gazetteer import search
from geo.territories import territory_codes

VALUES = st.lists(st.floats(0, 1e6), min_size=1, max_size=50)


@given(VALUES)
def test_median_and_p95_lie_within_the_values_and_in_order(values):
    slack = 1e-9 * max(values)
    assert min(values) - slack <= median(values) <= max(values) + slack
    assert p95(values) in values
    assert sum(value <= p95(values) for value in values) >= 0.95 * len(values)


@given(VALUES, st.randoms())
def test_the_order_of_measurements_does_not_matter(values, random):
    shuffled = random.sample(values, len(values))
    assert (median(shuffled), p95(shuffled)) == (median(values), p95(values))


def test_p95_is_what_95_in_100_do_not_exceed():
    assert p95(range(1, 101)) == 95
    assert p95([7.0]) == 7.0


def test_a_slope_lies_between_what_it_may_well_be():
    least, by, most = slope_between((10, 20, 30, 40), (103, 201, 299, 402))
    assert least < by < most
    assert by == pytest.approx(9.95)
    least, by, most = slope_between((10, 20, 30, 40), (5, 6, 4, 5))
    assert least < 0 < most


def test_towns_are_answered_otherwise_before_their_last_letter():
    for typed, name in TOWNS.items():
        assert search(typed)[0].place.name == name
        assert search(typed[:-1])[0].place.name != name


def measured() -> dict:
    results = Results()
    results.add("click_clause", "ours", "ms", 40.0, 30.0)
    results.add("click_clause", "ours", "ms", 50.0)
    results.add("click_clause", "usual", "ms", 400.0)
    results.add("click_clause", "dash", "ms", 80.0)
    results.add("click_clause", "tuned", "ms", 100.0)
    results.add_bound("uss_session", "ours", "MB", 0.2)
    return results.measures()


def test_a_file_of_results_is_read_as_it_was_written(tmp_path):
    path = next_path(tmp_path)
    record = Record.begin(path)
    record.keep({})
    assert read(path)["measures"] == {}
    contents = record.keep(measured(), more="of it")
    assert read(path) == contents
    assert next_path(tmp_path).name == path.name.replace("-1.json", "-2.json")
    assert contents["more"] == "of it"
    assert len(contents["load"]) == 2
    assert contents["measures"]["uss_session.ours"]["below"] is True
    assert contents["measures"]["click_clause.ours"] == {
        "unit": "ms",
        "median": 40.0,
        "p95": 50.0,
        "values": [40.0, 30.0, 50.0],
    }


def test_another_file_is_no_file_of_results(tmp_path):
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(ValueError, match="no file of results"):
        read(tmp_path / "other.json")


def test_a_goal_is_a_value_or_a_share_of_what_a_peer_needs():
    found = measured()
    assert Goal("click_clause", 40).met(found) is True
    assert Goal("click_clause", 40, statistic="p95").met(found) is None  # of three values
    many = {"click_clause.ours": {"unit": "ms", "p95": 50.0, "values": [50.0] * 20}}
    assert Goal("click_clause", 40, statistic="p95").met(many) is False
    assert Goal("click_clause", share=1 / 9, peer="usual").met(found) is True
    assert Goal("click_clause", share=1 / 11, peer="usual").met(found) is False
    assert Goal("click_clause", 5, share=1 / 11, peer="usual").met(found) is True
    assert Goal("click_clause", 10, share=1, peer="static").met(found) is None
    assert Goal("switch_map", 50).met(found) is None


@pytest.mark.parametrize("megabytes", [0.0, -0.1])
def test_memory_that_is_none_meets_no_goal(megabytes):
    found = {"uss_session.ours": {"unit": "MB", "median": megabytes, "values": [megabytes]}}
    assert Goal("uss_session", 0.3).met(found) is None


def test_the_report_shows_measures_beside_peers_and_every_goal():
    rows = [re.sub(" +", " ", row) for row in report(measured()).splitlines()]
    assert "| click_clause | ms | 400 | 100 | 40.0 | 80.0 | 0.10 | 0.50 |" in rows
    assert "| uss_session | MB | | | < 0.20 | | | |" in rows
    text = report({"click_clause.ours": {"unit": "ms", "median": 4, "p95": 9, "values": [4] * 20}})
    assert "4.00 (9.00)" in text
    assert "not measured" in text


def test_of_several_runs_the_median_of_each_counts():
    runs = [{"a.ours": {"unit": "ms", "median": m, "p95": m + 1, "values": [m]}} for m in (3, 1, 2)]
    found = joined(runs)["a.ours"]
    assert (found["median"], found["p95"]) == (2, 3)
    assert sorted(found["values"]) == [1, 2, 3]
    assert not has_p95(found | {"values": found["values"] * 10})


def test_the_peers_do_the_job():
    lands = job.lands()
    assert set(lands) == set(territory_codes())
    assert all(len(land.text) == job.LENGTH for land in lands.values())
    assert len(job.switches()) == 3
    assert {*CLICKED, UNTOUCHED} <= set(lands)
    assert any(land.status == SWITCHED for land in lands.values())
    assert lands[UNTOUCHED].status == job.ALWAYS_SHOWN


@pytest.mark.parametrize("raw", [True, False])
def test_outlines_come_by_status_and_together_are_all(raw):
    statuses = [job.ALWAYS_SHOWN, *job.switches()]
    parts = [job.outlines(frozenset({status}), raw=raw)["features"] for status in statuses]
    codes = [feature["properties"]["code"] for part in parts for feature in part]
    assert sorted(codes) == sorted(territory_codes())
    assert len(job.outlines(raw=raw)["features"]) == 27


def test_every_target_has_its_own_name_and_command():
    commands = {name: target.command(9999) for name, target in TARGETS.items()}
    assert list(commands) == ["static", "usual", "tuned", "ours", "proxied", "dash"]
    assert all("9999" in command for command in commands.values())


def test_beside_abuse_a_reader_waits_twice_as_long_at_most_and_is_answered_rightly():
    quiet = {"median_ms": 10.0, "errors": {}}
    assert abuse.met({"median_ms": 20.0, "errors": {}}, quiet) is True
    assert abuse.met({"median_ms": 20.1, "errors": {}}, quiet) is False
    assert abuse.met({"median_ms": 10.0, "errors": {"click: no panel": 1}}, quiet) is False
    assert abuse.met({"median_ms": None, "errors": {}}, quiet) is False


def test_growth_is_that_of_the_second_half():
    heaps = {100: 1.0, 200: 10.0, 300: 10.0, 400: 10.5, 500: 11.0}
    assert growth({clicks: {"heap_mb": heap} for clicks, heap in heaps.items()}) == {"heap_mb": 0.1}


def test_a_server_whose_processes_are_unknown_or_ended_is_not_measured():
    with pytest.raises(RuntimeError, match="processes are not known"):
        Served("http://127.0.0.1:1", ()).cpu_s()
    ended = subprocess.Popen(["true"])
    os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
    with pytest.raises(RuntimeError, match="has ended"):
        Served("http://127.0.0.1:1", (ended.pid,)).uss_mb()
    ended.wait()
    with pytest.raises(RuntimeError, match="has ended"):
        Served("http://127.0.0.1:1", (ended.pid,)).cpu_s()


def test_packages_that_are_not_installed_are_told_so(monkeypatch):
    monkeypatch.setattr(machine, "PACKAGES", ("streamlit", "no-such-package"))
    found = machine.versions()
    assert found["no-such-package"] == "not installed"
    assert found["streamlit"] != "not installed"


@pytest.mark.parametrize("code", CLICKED)
def test_clicked_land_has_words_by_which_its_panel_is_known(code):
    parts = last_words(code)
    assert all(heading.startswith(job.lands()[code].name) for heading in parts)
    assert all(words for words in parts.values())
