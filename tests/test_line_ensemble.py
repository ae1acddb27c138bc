"""Plausible lines: smooth errors, alike from date to date, that cover what they claim."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import intervals, paths
from geo.build import lines
from geo.build.line_accuracy import LeftOut
from geo.build.line_band import TUNING, fit_chance
from geo.build.line_between import fit_between_dates
from geo.build.line_coverage import areas, counts, fit_correlation, on_dates
from geo.build.line_ensemble import countable, recentred, signed_km
from geo.build.line_errors import Errors, NoisePlaces
from geo.build.project import to_metres
from geo.calibration import calibration
from geo.line import line_dates, load_line

ERRORS = Errors(scale_km=1.7, correlation_km=15, still=0.98, reach_km=10)
SPOTS = np.array([[x, 0.0] for x in (0, 0, 15_000, 200_000)])


def coverage(**wanted):
    rows = calibration()["ensemble"]["coverage"]
    (found,) = [row for row in rows if wanted.items() <= row.items()]
    return found


def shifts(errors, moves, members=2_000):
    """Shifts of ``SPOTS``: members, dates, spots."""
    places = NoisePlaces(SPOTS)
    return np.array([list(errors.shifts(places, moves, member)) for member in range(members)])


def correlation(one, other):
    return np.corrcoef(one, other)[0, 1]


def test_the_ensemble_is_rebuilt_to_the_same_bytes(tmp_path, monkeypatch):
    shipped = intervals.FILE.read_bytes()
    monkeypatch.setattr(intervals, "FILE", tmp_path / "ensemble.csv.gz")
    lines.build_ensemble(line_dates())
    assert intervals.FILE.read_bytes() == shipped


def test_shifts_are_as_wide_as_said_and_alike_only_near_by():
    (found,) = shifts(ERRORS, []).transpose(1, 2, 0)
    assert found.std(axis=1) == pytest.approx(1.7 * np.pi / np.sqrt(3), rel=0.1)
    assert np.abs(found.mean(axis=1)).max() < 0.25
    assert correlation(found[0], found[1]) == pytest.approx(1)
    assert correlation(found[0], found[2]) == pytest.approx(np.exp(-0.5), abs=0.06)
    assert correlation(found[0], found[3]) == pytest.approx(0, abs=0.06)


def test_shifts_stay_where_the_line_stood_still_and_change_where_it_moved():
    moved = np.array([0.0, 0, 10, 1_000])
    first, second = shifts(ERRORS, [moved]).transpose(1, 2, 0)
    assert correlation(first[0], second[0]) == pytest.approx(0.98, abs=0.02)
    assert correlation(first[2], second[2]) == pytest.approx(0.98 / np.e, abs=0.08)
    assert correlation(first[3], second[3]) == pytest.approx(0, abs=0.06)
    assert second.std(axis=1) == pytest.approx(first.std(axis=1), rel=0.1)


def test_a_member_is_always_the_same_and_no_two_are_alike():
    assert (shifts(ERRORS, [], 2) == shifts(ERRORS, [], 2)).all()
    one, other = shifts(ERRORS, [], 2)
    assert (one != other).all()


def front(seed, errors):
    """Left-out settlements of two dates along a front of 900 km, off by ``errors``."""
    rng = np.random.default_rng(seed)
    xy = rng.uniform([0, 0], [900_000, 20_000], (1_500, 2))
    signed = (xy[:, 1] - 10_000) / 1_000
    found = errors.shifts(NoisePlaces(xy), [np.zeros(len(xy))], 1_000 + seed)
    oblast = np.array([f"UA-{int(x // 50_000):02}" for x in xy[:, 0]])
    return {
        date: LeftOut(xy, oblast, signed + shift > 0, signed)
        for date, shift in zip(TUNING, found, strict=True)
    }


def oblasts_inside(left, errors):
    return on_dates(left, counts(left, errors), TUNING, "oblast").inside.mean()


def test_the_errors_that_made_the_settlements_cover_them_and_narrower_ones_do_not():
    fronts = [front(seed, ERRORS) for seed in range(4)]
    alone = replace(ERRORS, correlation_km=0)
    assert np.mean([oblasts_inside(left, ERRORS) for left in fronts]) == pytest.approx(0.9, abs=0.1)
    assert np.mean([oblasts_inside(left, alone) for left in fronts]) < 0.5
    assert 10 <= fit_correlation(fronts[0], alone).correlation_km <= 30


@pytest.mark.parametrize("still", [0.5, 0.9])
def test_how_alike_two_dates_are_is_found_again(still):
    left = front(4, replace(ERRORS, correlation_km=0, still=still))
    found, _ = fit_between_dates(left, fit_chance(left[TUNING[0]]))
    assert found == pytest.approx(still, abs=0.06)


def test_an_area_is_an_oblast_or_a_block_of_50_km():
    left = front(5, ERRORS)[TUNING[0]]
    assert set(areas(left, "oblast")) == set(left.oblast)
    blocks = areas(left, "block")
    east = [left.xy[blocks == name, 0] for name in np.unique(blocks)]
    assert max(x.max() - x.min() for x in east) <= 50_000


@given(
    st.lists(st.floats(0, 100), min_size=3, max_size=15).filter(lambda found: len(found) % 2),
    st.floats(0, 100),
)
def test_members_are_moved_so_that_their_middle_is_the_line(members, central):
    moved = recentred(np.array(members), np.array(central), np.array(100.0))
    assert np.median(moved) == pytest.approx(central)
    assert moved.min() >= 0
    assert moved.max() <= 100


def test_settlements_are_not_counted_twice():
    table = lines.control_table()
    found = countable(table)
    assert 5_800 < len(found) < 5_968
    gone = {"Prokatnykiv", "Rayon KTZ", "Pivnichna Saltivka"}
    assert gone <= set(table["name_en"])
    assert not gone & set(found["name_en"])
    assert not found["oblast_iso"].isin(["UA-43", "UA-40"]).any()


def test_distances_are_above_0_on_russian_held_ground():
    line = load_line("2025-11-21")
    table = countable(lines.control_table())
    away = signed_km(line, table[["x", "y"]].to_numpy())
    right = (away > 0) == (table["held_2025_11_21"] == "R").to_numpy()
    assert right.mean() > 0.995
    assert to_metres(line.contact).length / 1_000 == pytest.approx(950, abs=60)


@pytest.mark.parametrize("area", ["block", "oblast"])
@pytest.mark.parametrize("figure", ["date", "change"])
@pytest.mark.parametrize("dates", ["tuning", "checking"])
def test_the_ensemble_covers_what_it_claims_on_left_out_settlements(figure, area, dates):
    found = coverage(figure=figure, area=area, dates=dates, along=True)
    assert found["found_percent"] >= calibration()["ensemble"]["claimed_percent"]
    assert found["figures"] >= 5


@pytest.mark.parametrize("area", ["block", "oblast"])
def test_errors_that_differ_from_place_to_place_would_cover_far_less(area):
    found = coverage(figure="date", area=area, dates="checking", along=False)
    assert found["found_percent"] < 80


@pytest.mark.parametrize("date", ["2024-11-21", "2026-08-21"])
def test_a_line_is_drawn_again_as_shipped(date):
    shipped = json.loads((paths.LINES / f"{date}.geojson").read_text(encoding="utf-8"))
    shipped.pop("accuracy")
    assert lines.draw(date) == shipped
