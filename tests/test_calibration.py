"""The band and the chances hold on dates that were not used to choose them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.build import line_texts
from geo.build.line_accuracy import LeftOut
from geo.build.line_band import (
    TUNING,
    band_km,
    chances,
    distance_rows,
    fit_chance,
    fit_scale,
    near_line,
    reliability,
)
from geo.build.lines import summary
from geo.calibration import Chance, calibration, chance_russian_held
from geo.line import line_dates, line_facts

SHOWN = ("2026-02-21", "2026-08-21")


def left_out(signed_km, russian):
    signed_km = np.asarray(signed_km, dtype=float)
    nowhere = np.zeros((len(signed_km), 2))
    return LeftOut(nowhere, np.full(len(signed_km), "UA-14"), np.asarray(russian), signed_km)


def drawn(count=20_000, scale=1.7, seed=1):
    """Settlements near a line that logistic shifts move."""
    rng = np.random.default_rng(seed)
    signed = rng.uniform(-25, 25, count)
    return left_out(signed, signed + rng.logistic(0, scale, count) > 0)


def rows_of(name):
    return calibration()["band"]["by_distance_km"][name]


def beyond_band(name):
    return [row for row in rows_of(name) if row["from"] >= calibration()["band"]["km"]]


def test_the_dates_of_tuning_and_checking_are_the_lines_and_do_not_overlap():
    found = calibration()
    assert found["tuning"] == list(TUNING)
    assert not set(found["tuning"]) & set(found["checking"])
    assert sorted(found["tuning"] + found["checking"]) == line_dates()


def test_the_band_is_the_narrowest_that_the_tuning_dates_allow():
    assert calibration()["band"]["km"] == 4
    assert min(row["right_side_percent"] for row in beyond_band("tuning")) >= 90
    within = [row for row in rows_of("tuning") if row["to"] <= calibration()["band"]["km"]]
    assert within[-1]["right_side_percent"] < 90


@pytest.mark.parametrize("name", ["checking", *SHOWN])
def test_beyond_the_band_nine_in_ten_are_right_on_dates_not_used_to_choose_it(name):
    rows = beyond_band(name)
    assert len(rows) >= 5
    assert min(row["right_side_percent"] for row in rows) >= 90
    assert max(row["wrong_outside_band_percent"] for row in rows_of(name)) <= 10


@pytest.mark.parametrize("date", line_dates())
def test_near_the_line_nine_in_ten_are_right_or_in_the_band_on_every_date(date):
    near = calibration()["band"]["near"][date]
    assert near["left_out"] > 300
    assert near["right_or_in_band_percent"] >= 90
    assert near["beyond_band_right_percent"] >= 90


@pytest.mark.parametrize("date", line_dates())
def test_each_line_carries_the_band_and_its_own_figures(date):
    accuracy = line_facts(date)["accuracy"]
    assert accuracy["band_km"] == calibration()["band"]["km"]
    assert accuracy["right_side_percent"] >= 98
    assert accuracy["displacement_km"] == calibration()["displacement_km"][date]
    for row, counted in zip(accuracy["by_distance_km"], rows_of(date), strict=True):
        assert row.items() <= counted.items()
    rule = calibration()["band"]["rule"]
    for language, text in accuracy["summary"].items():
        assert text.endswith(rule[language])


def test_the_chances_say_what_is_found_on_dates_not_used_to_count_them():
    for row in calibration()["chance"]["reliability"]["checking"]:
        sampling = 100 * np.sqrt(0.25 / max(row["left_out"], 1))
        assert row["found_percent"] == pytest.approx(row["said_percent"], abs=3 + 1.7 * sampling)


@given(st.floats(-300, 300), st.floats(-300, 300))
def test_the_chance_never_falls_towards_the_russian_held_side(one, other):
    low, high = sorted((one, other))
    assert 0 < chance_russian_held(low) <= chance_russian_held(high) < 1


def test_the_chance_far_from_the_line_is_nearly_certain():
    assert chance_russian_held(30) > 0.99
    assert chance_russian_held(-30) < 0.01
    assert 0.4 < chance_russian_held(0) < 0.8


@given(st.floats(-60, 60))
def test_the_chance_at_run_time_is_the_one_of_the_build(signed_km):
    chance = Chance((-10.0, -1.0, 0.5, 20.0), (0.1, 0.4, 0.4, 0.9))
    assert chance.at(signed_km) == pytest.approx(float(chances(chance, np.array(signed_km))))


def test_chances_and_shifts_are_found_again_in_settlements_made_from_them():
    known = drawn()
    assert fit_scale(known) == pytest.approx(1.7, rel=0.1)
    chance = fit_chance(known)
    assert chance.at(0) == pytest.approx(0.5, abs=0.05)
    assert chance.at(5) == pytest.approx(1 / (1 + np.exp(-5 / 1.7)), abs=0.03)
    for row in reliability(drawn(seed=2), chance):
        assert row["found_percent"] == pytest.approx(row["said_percent"], abs=5)


BIN = st.tuples(st.integers(0, 500), st.floats(0, 100))


@given(st.lists(BIN, min_size=1, max_size=8))
def test_beyond_a_band_every_distance_is_sure_and_just_within_it_is_not(bins):
    rows = [
        {"from": at, "to": at + 1, "left_out": count, "right_side_percent": right}
        for at, (count, right) in enumerate(bins)
    ]
    band = band_km({"by_distance_km": rows})
    filled = [row for row in rows if row["left_out"]]
    assert all(row["right_side_percent"] >= 90 for row in filled if row["from"] >= band)
    within = [row for row in filled if row["to"] <= band]
    assert band == 1 or within[-1]["right_side_percent"] < 90


@given(st.lists(st.tuples(st.floats(-50, 50), st.booleans()), min_size=1), st.integers(1, 10))
def test_every_settlement_near_the_line_is_counted_once(settlements, band):
    left = left_out(*zip(*settlements, strict=True))
    rows = distance_rows(left, band)
    assert sum(row["left_out"] for row in rows) == (left.away_km < 30).sum()
    near = near_line(left, band)
    assert near["left_out"] == (left.away_km < 10).sum()
    if near["left_out"]:
        assert near["right_or_in_band_percent"] >= near["right_side_percent"]


def test_the_summary_gives_its_own_band_if_none_is_given():
    accuracy = line_facts("2025-11-21")["accuracy"]
    assert "between 5 and 10 km" in summary(accuracy)["en"]
    assert "between 4 and 10 km, 94%" in summary(accuracy, 4)["en"]
    assert "98,7%" in summary(accuracy, 4)["uk"]
    assert set(line_texts.band_rule(first="a", second="b", sure="90")) == {"en", "uk", "zh"}
