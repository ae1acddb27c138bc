"""Positions as people write and paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.coordinates import Point, near_ukraine, parse_point

DEGREES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
IN_UKRAINE = st.tuples(st.floats(44.1, 52.4), st.floats(22.1, 40.2))


@pytest.mark.parametrize(
    "text",
    [
        "48.59, 38.00",
        "48.59,38.00",
        "48.59 38",
        "(48.59; 38.0)",
        "48,59 38,00",
        "48,59; 38,00",
        "48,59, 38,00",
        "48.59N 38.00E",
        "N 48.59, E 38.00",
        "48.59° N, 38.00° E",
        "38.00E 48.59N",
        "Lat: 48.59 Lon: 38.0",
        "широта 48,59 довгота 38,00",
        "48°35'24\"N 38°0'0\"E",
        "48°35′24″N 38°0′0″E",
        "48°35.4'N 38°0'E",
        "48 35 24 N 38 0 0 E",
        "48°35′24″ пн.ш. 38°0′0″ сх.д.",
        "48,59° пн. ш. 38,00° сх. д.",
        "48°35′24″ с.ш. 38°0′0″ в.д.",
        "\ufeff48.59,\u00a038.00\u200f",
        "38.00, 48.59",
        "https://www.google.com/maps/@48.59,38.0,12z",
        "https://www.google.com/maps/place/X/@48.1,38.1,15z/data=!4m6!8m2!3d48.59!4d38.00",
        "https://maps.google.com/?q=48.59,38.0",
        "https://www.google.com/maps/search/?api=1&query=48.59%2C38.0",
        "https://www.openstreetmap.org/#map=12/48.59/38.0",
        "https://www.openstreetmap.org/?mlat=48.59&mlon=38.0#map=12/48.5/38.5",
        "https://maps.apple.com/?ll=48.59,38.0&z=10",
        "https://www.bing.com/maps?cp=48.59~38.0&lvl=11",
        "https://deepstatemap.live/en#9/48.59/38.0",
        "geo:48.59,38.0?z=3",
    ],
)
def test_bakhmut_however_it_is_written(text):
    found = parse_point(text)
    assert found is not None
    assert (found.lat, found.lon) == pytest.approx((48.59, 38.0))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Київ",
        "48.59",
        "95, 200",
        "91 N 38 E",
        "48.59 N 38 N",
        "48°61'N 38°0'E",
        "48°0'60\"N 38°0'E",
        "48-38",
        "1 2 3 4 5",
        "nan, nan",
        "1e5, 1e5",
        "https://example.org/?q=Kyiv",
        "javascript:alert(48.59)",
        "9" * 10_000,
        "48.59, 38.00, 12.00",
    ],
)
def test_what_is_no_position(text):
    assert parse_point(text) is None


def test_latitude_comes_first_unless_only_the_other_order_is_near_ukraine():
    assert parse_point("38.0, 48.59") == Point(48.59, 38.0)
    assert parse_point("-33.9, 18.4") == Point(-33.9, 18.4)
    assert parse_point("18.4 S 33.9 W") == Point(-18.4, -33.9)
    assert parse_point("38.0 N, 48.59 E") == Point(38.0, 48.59), "letters leave no doubt"
    assert parse_point("120, 50") is None, "no latitude, and not near Ukraine the other way round"


@given(DEGREES)
def test_a_printed_position_is_read_back(degrees):
    lat, lon = (round(value, 5) for value in degrees)
    found = parse_point(f"{lat:.5f}, {lon:.5f}")
    assert found is not None
    if near_ukraine(Point(lon, lat)) and not near_ukraine(Point(lat, lon)):
        lat, lon = lon, lat
    assert (found.lat, found.lon) == pytest.approx((lat, lon), abs=1e-5)


@given(DEGREES)
def test_letters_tell_the_sides_of_any_position(degrees):
    lat, lon = degrees
    text = f"{abs(lat):.5f}{'N' if lat >= 0 else 'S'} {abs(lon):.5f}{'E' if lon >= 0 else 'W'}"
    found = parse_point(text)
    assert found is not None
    assert (found.lat, found.lon) == pytest.approx((lat, lon), abs=1e-5)


@given(IN_UKRAINE)
def test_decimal_commas_and_minutes_give_the_same_as_points(degrees):
    lat, lon = degrees
    commas = parse_point(f"{lat:.5f} {lon:.5f}".replace(".", ","))
    minutes = parse_point(
        " ".join(f"{int(v)}°{v % 1 * 60:.4f}'{side}" for v, side in ((lat, "N"), (lon, "E")))
    )
    assert commas is not None
    assert (commas.lat, commas.lon) == pytest.approx((lat, lon), abs=1e-5)
    if minutes is not None:  # printed minutes may round up to 60
        assert (minutes.lat, minutes.lon) == pytest.approx((lat, lon), abs=1e-5)
    else:
        assert any(f"{v % 1 * 60:.4f}" == "60.0000" for v in degrees)


@given(st.text())
def test_any_text_is_a_position_on_earth_or_none(text):
    found = parse_point(text)
    assert found is None or (abs(found.lat) <= 90 and abs(found.lon) <= 180)
