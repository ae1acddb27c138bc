"""What measurements come to, the file that keeps them, and the goals they are held against."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.compare import joined
from benchmarks.goals import Goal
from benchmarks.peers import job
from benchmarks.report import report
from benchmarks.results import Results, read, write
from benchmarks.stats import median, p95
from benchmarks.targets import CLICKED, SWITCHED, TARGETS, UNTOUCHED
from geo.territories import territory_codes

VALUES = st.lists(st.floats(0, 1e6), min_size=1, max_size=50)


@given(VALUES)
def test_median_and_p95_lie_within_the_values_and_in_order(values):
    slack = 1e-9 * max(values)
    assert min(values) - slack <= median(values) <= p95(values) + slack
    assert p95(values) <= max(values) + slack


@given(VALUES, st.randoms())
def test_the_order_of_measurements_does_not_matter(values, random):
    shuffled = random.sample(values, len(values))
    assert (median(shuffled), p95(shuffled)) == (median(values), p95(values))


def test_p95_is_what_95_in_100_stay_below():
    assert p95(range(101)) == 95
    assert p95([7.0]) == 7.0


def measured() -> dict:
    results = Results()
    results.add("click_clause", "ours", "ms", 40.0, 30.0)
    results.add("click_clause", "ours", "ms", 50.0)
    results.add("click_clause", "usual", "ms", 400.0)
    return results.measures()


def test_a_file_of_results_is_read_as_it_was_written(tmp_path):
    contents = {"made": "2026-01-02", "measures": measured()}
    first, second = write(contents, tmp_path), write(contents, tmp_path)
    assert (first.name, second.name) == ("2026-01-02-1.json", "2026-01-02-2.json")
    assert read(first) == contents
    assert contents["measures"]["click_clause.ours"] == {
        "unit": "ms",
        "median": 40.0,
        "p95": 49.0,
        "values": [40.0, 30.0, 50.0],
    }


def test_another_file_is_no_file_of_results(tmp_path):
    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(ValueError, match="no file of results"):
        read(tmp_path / "other.json")


def test_a_goal_is_a_value_or_a_share_of_what_a_peer_needs():
    found = measured()
    assert Goal("click_clause", 40).met(found) is True
    assert Goal("click_clause", 40, statistic="p95").met(found) is False
    assert Goal("click_clause", share=1 / 9, peer="usual").met(found) is True
    assert Goal("click_clause", share=1 / 11, peer="usual").met(found) is False
    assert Goal("click_clause", 5, share=1 / 11, peer="usual").met(found) is True
    assert Goal("click_clause", 10, share=1, peer="dash").met(found) is None
    assert Goal("switch_map", 50).met(found) is None


def test_the_report_shows_measures_beside_peers_and_every_goal():
    text = report(measured())
    assert "| click_clause | ms   | 400 (400) | 40.0 (49.0) | 0.10" in text
    assert "not measured" in text


def test_of_several_runs_the_median_of_each_counts():
    runs = [{"a.ours": {"unit": "ms", "median": m, "p95": m + 1, "values": [m]}} for m in (3, 1, 2)]
    found = joined(runs)["a.ours"]
    assert (found["median"], found["p95"]) == (2, 3)
    assert sorted(found["values"]) == [1, 2, 3]


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
