"""How the line moved between two days, and how large the plan's zones were on each."""

from __future__ import annotations

import json
import re
from itertools import combinations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import movements
from geo.build import movement as built
from geo.cutting import divide
from geo.division import load_division
from geo.errors import NotFoundError
from geo.ground import in_metres
from geo.intervals import Interval
from geo.line import line_dates, line_facts, load_line
from geo.movement import change, change_shapes, moved_ground
from geo.movement_maps import NORTH, SOUTH, Frame, held, land, moved
from geo.movements import movement, movement_between, periods
from geo.plan import DEFAULT_PLAN, load_plan
from geo.sizes import sizes
from geo.territories import load_places, load_territories
from pages.parts.movement_words import reading, signed, signed_range
from tests import strategies

PAIRS = list(combinations(line_dates(), 2))
NOTHING = {"type": "Polygon", "coordinates": []}
YEAR = ("2024-11-21", "2025-11-21")


def held_km2(division, territory=None):
    return sum(
        piece.area_km2
        for piece in division.pieces.values()
        if piece.held_by == "Russia" and territory in (None, piece.territory)
    )


def assert_laws(before, after):
    told, mirrored = change(before, after), change(after, before)
    assert told.net_km2 == pytest.approx(held_km2(after) - held_km2(before), abs=0.1)
    for part, back in zip(told.parts, mirrored.parts, strict=True):
        assert part.territory == back.territory
        assert (part.gained_km2, part.lost_km2) == (back.lost_km2, back.gained_km2)
        now, then = (held_km2(division, part.territory) for division in (after, before))
        assert part.net_km2 == pytest.approx(now - then, abs=0.1)
        assert part.gained_km2 >= 0
        assert part.lost_km2 >= 0
    assert told.gained_km2 == pytest.approx(sum(part.gained_km2 for part in told.parts))
    assert told.lost_km2 == pytest.approx(sum(part.lost_km2 for part in told.parts))
    for gained, lost in moved_ground(before, after).values():
        assert gained.intersection(lost).area < 1


@pytest.mark.parametrize("pair", PAIRS, ids=" ".join)
def test_what_moved_is_the_difference_of_what_was_held(pair):
    assert_laws(*map(load_division, pair))


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_the_same_holds_for_whatever_lines_and_outlines(data):
    outlines, places = data.draw(strategies.territories()), load_places()
    before, after = (divide(outlines, data.draw(strategies.lines()), places) for _ in range(2))
    assert_laws(before, after)
    assert change(before, before).net_km2 == change(before, before).gained_km2 == 0


@pytest.mark.parametrize("date", line_dates())
def test_nothing_moved_from_a_day_to_itself(date):
    division = load_division(date)
    assert all(part.gained_km2 == part.lost_km2 == 0 for part in change(division, division).parts)
    assert movement(date, date).change.parts == ()


def test_where_the_line_stayed_the_change_is_exactly_nothing():
    parts = {part.territory: part for part in movement(*YEAR).change.parts}
    assert parts["UA-48"].gained_km2 == parts["UA-48"].lost_km2 == 0  # the Kinburn spit


@pytest.mark.parametrize("pair", PAIRS, ids=" ".join)
def test_the_change_agrees_with_the_shares_that_the_lines_name(pair):
    shares = [line_facts(date)["shares"] for date in pair]
    whole = load_division(pair[0])
    for part in movement(*pair).change.parts:
        area = sum(piece.area_km2 for piece in whole.pieces_of(part.territory))
        before, after = (share.get(part.territory, 0.0) for share in shares)
        # Shares are rounded to hundredths of a percent.
        assert part.net_km2 == pytest.approx((after - before) * area / 100, abs=area * 1.2e-4)


def test_donetsk_in_the_year_before_the_plan():
    donetsk = next(p for p in movement(*YEAR).change.parts if p.territory == "UA-14")
    assert donetsk.gained_km2 == pytest.approx(2990.2, abs=0.1)
    assert donetsk.lost_km2 == pytest.approx(1.0, abs=0.1)


def test_an_oblast_that_was_whole_before_gains_all_that_is_held_now():
    sumy = next(p for p in movement(*YEAR).change.parts if p.territory == "UA-59")
    now = load_division(YEAR[1]).pieces["UA-59-russia"].area_km2
    assert sumy.gained_km2 == pytest.approx(now, abs=0.01)
    assert sumy.lost_km2 == 0


@pytest.mark.parametrize("pair", PAIRS, ids=" ".join)
def test_ground_is_drawn_where_it_moved_and_small_enough_to_send(pair):
    before, after = map(load_division, pair)
    drawn = change_shapes(before, after)
    assert len(json.dumps(drawn)) < 80_000
    total = change(before, after)
    for kind, km2 in (("gained", total.gained_km2), ("lost", total.lost_km2)):
        shape = in_metres(shapely.from_geojson(json.dumps(drawn[kind] or NOTHING)))
        ground = [shapes[kind == "lost"] for shapes in moved_ground(before, after).values()]
        bits = shapely.get_parts(shapely.union_all(ground))
        drawn_bits = (bit for bit in bits if bit.area >= 2e5 and 2 * bit.area / bit.length >= 100)
        expected = sum(bit.area for bit in drawn_bits) / 1e6
        assert km2 - expected < 0.02 * km2 + 10
        assert shape.area / 1e6 == pytest.approx(expected, rel=0.03, abs=1)
        for number in re.findall(r"\d+\.\d+", json.dumps(drawn[kind])):
            assert len(number.split(".")[1]) <= 4


def test_the_file_is_rebuilt_to_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(built, "FILE", tmp_path / "movement.geojson")
    built.build()
    assert built.FILE.read_bytes() == movements.FILE.read_bytes()


def test_told_backwards_what_was_gained_is_lost():
    there, back = movement(*YEAR), movement(*reversed(YEAR))
    assert (back.change.since, back.change.line) == (YEAR[1], YEAR[0])
    assert (back.gained, back.lost) == (there.lost, there.gained)
    assert back.change.net_km2 == -there.change.net_km2
    assert back.backwards == there


def test_days_that_the_file_does_not_have_are_named():
    with pytest.raises(NotFoundError, match=r"2024-11-21 to 2031-01-01; run python -m geo.build"):
        movement("2031-01-01", "2024-11-21")


def test_a_line_or_outlines_of_the_readers_own_are_measured():
    before, after = (load_division(date) for date in YEAR)
    assert movement_between(before, after) is movement(*YEAR)
    own = divide(load_territories(), load_line(YEAR[1]), load_places())
    measured = movement_between(before, own).change
    # Its pieces are not rounded as those of the files are.
    assert measured.net_km2 == pytest.approx(movement(*YEAR).change.net_km2, abs=0.5)


def test_periods_follow_each_other_without_gap():
    assert [since for since, _line in periods()] == line_dates()[:-1]
    assert [line for _since, line in periods()] == line_dates()[1:]
    whole = movement(line_dates()[0], line_dates()[-1]).change.net_km2
    steps = sum(movement(*period).change.net_km2 for period in periods())
    assert steps == pytest.approx(whole, abs=0.1)


def rings(path):
    """The rings of an SVG path of steps, as lists of corners."""
    found = []
    for start, steps in re.findall(r"M(-?\d+ ?-?\d+)l([^z]*)z", path):
        numbers = [int(n) for n in re.findall(r"-?\d+", f"{start} {steps}")]
        x, y, ring = 0, 0, []
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        found.append(ring)
    return found


def test_small_maps_show_the_ground_that_moved_at_its_size():
    frame = Frame(480)
    gained, lost = moved(*YEAR, frame)
    pixel_km2 = (111.2 / frame.scale) ** 2
    drawn = sum(shapely.Polygon(ring).area for ring in rings(gained)) * pixel_km2
    assert drawn == pytest.approx(movement(*YEAR).change.gained_km2, rel=0.1)
    assert sum(shapely.Polygon(ring).area for ring in rings(lost)) * pixel_km2 < 5


@pytest.mark.parametrize("width", [240, 480])
def test_small_maps_stay_small_and_hold_the_whole_line(width):
    frame = Frame(width)
    assert frame.height == pytest.approx(frame.scale * (NORTH - SOUTH), abs=1)
    for since, line in periods():
        paths = [land(frame), held(since, frame), *moved(since, line, frame)]
        assert sum(map(len, paths)) < 50 * width
        for ring in [ring for path in paths[2:] for ring in rings(path)]:
            for x, y in ring:
                assert 0 < x < frame.width
                assert 0 < y < frame.height


PLAN = load_plan(DEFAULT_PLAN)
SIZES = {series.zone or series.status: series for series in sizes(PLAN)}


def test_the_zone_ukraine_would_leave_shrinks_from_date_to_date():
    areas = [size.area_km2 for size in SIZES["UA-14-ukraine"].sizes.values()]
    assert [round(area, -2) for area in areas] == [9300, 7700, 6700, 6300, 6300, 5700, 5500, 5300]
    assert SIZES["UA-14-ukraine"].status == "demilitarized"


def test_sizes_are_those_of_the_pieces_and_add_up_by_status():
    for date in line_dates():
        pieces = load_division(date).pieces
        for series in SIZES.values():
            if series.zone:
                piece = pieces.get(series.zone)
                assert series.sizes[date].area_km2 == (piece.area_km2 if piece else 0)
            else:
                zones = [s for s in SIZES.values() if s.zone and s.status == series.status]
                total = sum(zone.sizes[date].area_km2 for zone in zones)
                assert series.sizes[date].area_km2 == pytest.approx(total)


def test_every_zone_that_the_plan_addresses_on_any_date_is_there():
    assert SIZES["UA-59-russia"].sizes["2024-11-21"].area_km2 == 0
    assert SIZES["UA-59-russia"].sizes["2025-11-21"].area_km2 > 200
    assert not any(series.status == "unaffected" for series in SIZES.values())
    assert SIZES["UA-14-ukraine"].moves
    assert not SIZES["UA-43-russia"].moves
    assert not SIZES["frozen_line"].moves  # both parts of an oblast, whatever the line


def test_every_size_lies_in_its_range():
    for series in SIZES.values():
        for size in series.sizes.values():
            assert size.interval.low <= size.area_km2 <= size.interval.high
    donetsk = SIZES["UA-14-ukraine"].sizes["2025-11-21"].interval
    assert donetsk.high - donetsk.low > 500


@pytest.mark.parametrize(
    ("net", "interval", "read"),
    [
        (300.0, Interval(210.0, 300.0, 420.0), "gain"),
        (-90.0, Interval(-140.0, -90.0, -30.0), "loss"),
        (41.0, Interval(-115.0, 41.0, 208.0), "unsure"),
        (100.0, Interval(2.0, 100.0, 268.0), "unsure"),  # shown as 0 to +270
        (0.0, Interval(0.0, 0.0, 0.0), "same"),
        (10.0, None, "unmeasured"),
    ],
)
def test_a_change_is_read_by_its_range(net, interval, read):
    assert reading(net, interval) == read


def test_changes_carry_their_sign():
    assert [signed(value) for value in (1546.6, -12.2, 0.3, -0.4)] == ["+1,547", "−12", "0", "0"]
    assert signed_range(Interval(-115.0, 41.0, 208.0)) == "−120 to +210"
    assert signed_range(Interval(0.0, 0.0, 0.0)) == signed_range(None) == ""
