"""Outlines for the picture of the map: placed as a web map places them, and true to the land."""

from __future__ import annotations

import gc
import re
import weakref
from functools import cache
from math import atan, degrees, pi, sinh

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from geo.division import Division, load_division
from geo.map_picture import WORLD, outlines, web_mercator

LINES = ["2024-11-21", "2025-11-21", "2026-08-21"]

NORTHERNMOST = degrees(atan(sinh(pi)))
"""Where the square of a web map ends: 85.05°."""

HALF_ROUND = pi * 6_378_137
"""Metres of EPSG:3857 from its middle to its edges."""

CLOSED = r"M(-?\d+),(-?\d+)l(-?\d+,-?\d+(?: -?\d+,-?\d+)+)z"

Corner = tuple[float, float]


@cache
def to_metres() -> Transformer:
    return Transformer.from_crs("EPSG:4326", "EPSG:3857", always_xy=True)


def rings_of(path: str) -> list[list[Corner]]:
    """The corners of each ring of a path, in the picture's units."""
    rings = []
    for x, y, steps in re.findall(CLOSED, path):
        ring = [(int(x), int(y))]
        for step in steps.split():
            across, down = map(int, step.split(","))
            ring.append((ring[-1][0] + across, ring[-1][1] + down))
        rings.append(ring)
    return rings


def on_earth(corner: Corner) -> Corner:
    x, y = corner
    return x / WORLD * 360 - 180, degrees(atan(sinh(pi * (1 - 2 * y / WORLD))))


def land_of(path: str) -> shapely.Geometry:
    """What a path covers (EPSG:4326): rings in rings are holes (``fill-rule: evenodd``)."""
    covered = shapely.MultiPolygon()
    for ring in rings_of(path):
        whole = shapely.make_valid(shapely.Polygon(map(on_earth, ring)))
        covered = covered.symmetric_difference(whole)
    return covered


def land(**zones: shapely.Geometry) -> Division:
    """A division of nothing but outlines."""
    return Division("", {}, {}, {}, read_shapes=lambda: None, read_overview=lambda: zones)


@pytest.mark.parametrize(
    ("lon", "lat", "x", "y"),
    [
        (-180, NORTHERNMOST, 0, 0),
        (180, -NORTHERNMOST, WORLD, WORLD),
        (0, 0, WORLD / 2, WORLD / 2),
        (90, 0, WORLD * 3 / 4, WORLD / 2),
    ],
)
def test_the_corners_of_the_world_are_the_corners_of_the_picture(lon, lat, x, y):
    assert web_mercator(lon, lat) == pytest.approx((x, y), abs=1e-6)


@given(st.floats(-180, 180), st.floats(-NORTHERNMOST, NORTHERNMOST))
def test_a_point_is_where_web_mercator_has_it(lon, lat):
    east, north = to_metres().transform(lon, lat)
    there = [(1 + along / HALF_ROUND) / 2 * WORLD for along in (east, -north)]
    assert web_mercator(lon, lat) == pytest.approx(there, abs=1e-4)


@pytest.mark.parametrize("line", LINES)
def test_every_zone_of_a_line_has_closed_outlines(line):
    division = load_division(line)
    drawn = outlines(division)
    assert list(drawn) == list(division.overview)
    assert set(drawn) == set(division.pieces)
    for zone, path in drawn.items():
        assert re.fullmatch(f"(?:{CLOSED})+", path), zone


@pytest.mark.parametrize("line", LINES)
def test_a_large_zone_keeps_its_land(line):
    division = load_division(line)
    drawn = outlines(division)
    large = {zone: shape for zone, shape in division.overview.items() if shape.area > 0.2}
    assert len(large) > 25
    for zone, shape in large.items():
        covered = land_of(drawn[zone])
        assert covered.area == pytest.approx(shape.area, rel=0.01), zone
        assert covered.symmetric_difference(shape).area < 0.05 * shape.area, zone


@pytest.mark.parametrize("line", LINES)
def test_a_zone_reaches_as_far_as_on_the_map_to_a_pixel_and_a_half(line):
    division = load_division(line)
    for zone, path in outlines(division).items():
        west, south, east, north = division.overview[zone].bounds
        corners = [corner for ring in rings_of(path) for corner in ring]
        for found, wanted in [
            (min(x for x, _ in corners), web_mercator(west, north)[0]),
            (min(y for _, y in corners), web_mercator(west, north)[1]),
            (max(x for x, _ in corners), web_mercator(east, south)[0]),
            (max(y for _, y in corners), web_mercator(east, south)[1]),
        ]:
            assert found == pytest.approx(wanted, abs=3), zone


@given(
    st.floats(22, 39),
    st.floats(44, 51),
    st.floats(0.1, 1),
    st.floats(0.1, 1),
    st.sampled_from("NE"),
)
def test_two_rectangles_side_by_side_come_back_to_a_unit_and_leave_no_gap(
    west, south, wide, high, where
):
    one = shapely.box(west, south, west + wide, south + high)
    shift = (0, high) if where == "N" else (wide, 0)
    other = shapely.transform(one, lambda corners: corners + shift)
    drawn = outlines(land(one=one, other=other))
    for shape, path in [(one, drawn["one"]), (other, drawn["other"])]:
        (ring,) = rings_of(path)
        corners = {web_mercator(*corner) for corner in shape.exterior.coords}
        assert len(ring) == len(corners) == 4
        for x, y in ring:
            assert any(max(abs(x - a), abs(y - b)) <= 0.5 for a, b in corners)
    (mine,), (theirs,) = rings_of(drawn["one"]), rings_of(drawn["other"])
    assert len(set(mine) & set(theirs)) == 2


def test_land_in_land_and_land_apart_are_rings_of_the_same_path():
    frame = shapely.box(30, 48, 32, 50) - shapely.box(30.5, 48.5, 31.5, 49.5)
    path = outlines(land(frame=frame | shapely.box(34, 48, 35, 49)))["frame"]
    assert len(rings_of(path)) == 3
    assert land_of(path).area == pytest.approx(3 + 1, rel=0.01)


def test_what_is_smaller_than_a_unit_is_left_out():
    drawn = outlines(land(speck=shapely.box(30, 48, 30.001, 48.001)))
    assert drawn == {"speck": ""}


def test_outlines_are_drawn_once_and_forgotten_with_their_division():
    division = land(box=shapely.box(30, 48, 31, 49))
    assert outlines(division) is outlines(division)
    alive = weakref.ref(division)
    del division
    gc.collect()
    assert alive() is None
