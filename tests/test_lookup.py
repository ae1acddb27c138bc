"""What happens to my town: one town, one point, a list, and the same on the command line."""

from __future__ import annotations

import csv
import io
import json
import random

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import paths
from geo.__main__ import main
from geo.crs import EQUAL_AREA
from geo.division import load_division
from geo.errors import DataError, NotFoundError
from geo.gazetteer import gazetteer
from geo.line import line_facts, load_line
from geo.lookup import lookup, lookup_place, lookup_point
from geo.plan import load_plan
from geo.territories import load_territories
from geo.town_lists import COLUMNS, MOST_BYTES, MOST_ROWS, answer_list, as_csv, harmless
from geo.zones import zones

PLAN, DATE = load_plan("us-28-point-2025-11"), "2025-11-21"
SIDES = {"R": "Russia", "U": "Ukraine"}
VERDICTS = {"Russia": "Russian-held", "Ukraine": "Ukrainian-held"}


def listed_places():
    known = gazetteer()
    return [place for place in map(known.place, range(len(known))) if place.held]


@pytest.mark.parametrize(
    ("names", "territory", "held_by", "status", "verdict"),
    [
        (("Avdiivka", "Авдіївка"), "UA-14", "Russia", "ceded", "Russian-held"),
        (("Bakhmut", "Artemivsk", "Артемовск"), "UA-14", "Russia", "ceded", "Russian-held"),
        (("Pokrovsk", "Покровськ"), "UA-14", "Russia", "ceded", "too close to say"),
        (("Chasiv Yar", "Часів Яр"), "UA-14", "Russia", "ceded", "too close to say"),
        (("Sloviansk", "Слов’янськ"), "UA-14", "Ukraine", "demilitarized", "Ukrainian-held"),
        (("Kramatorsk", "Краматорск"), "UA-14", "Ukraine", "demilitarized", "Ukrainian-held"),
        (("Enerhodar", "Енергодар"), "UA-23", "Russia", "frozen_line", "too close to say"),
        (("Kherson", "Херсон"), "UA-65", "Ukraine", "frozen_line", "Ukrainian-held"),
        (("Ochakiv", "Очаків"), "UA-48", "Ukraine", "unaffected", "Ukrainian-held"),
        (("Luhansk", "Луганськ"), "UA-09", "Russia", "ceded", "Russian-held"),
        (("Sevastopol", "Севастополь"), "UA-40", "Russia", "ceded", "Russian-held"),
        (("Kyiv", "Київ", "Kiev"), "UA-30", "Ukraine", "unaffected", "Ukrainian-held"),
        (("Dnipro", "Dnipropetrovsk"), "UA-12", "Ukraine", "unaffected", "Ukrainian-held"),
    ],
)
def test_towns_that_readers_ask_for(names, territory, held_by, status, verdict):
    for name in names:
        found = lookup(name, PLAN, DATE)[0]
        assert (found.territory, found.held_by) == (territory, held_by), name
        assert (found.status, found.verdict) == (status, verdict), name
        assert found.zone == f"{territory}-{held_by.lower()}"


def test_the_withdrawal_zone_names_its_clauses():
    found = lookup("Sloviansk", PLAN, DATE)[0]
    assert {"21(a)", "21(d)"} <= set(found.clauses)
    assert (found.raion, found.hromada) == ("Kramatorskyi Raion", "Slovianska")
    assert found.held_on["2025-11-21"] == "U"
    assert len(found.held_on) == 8


def test_a_place_agrees_with_the_control_table_unless_the_line_is_too_near():
    band = line_facts(DATE)["accuracy"]["band_km"]
    beyond = 0
    for place in listed_places():
        found = lookup_place(place, PLAN, DATE)
        assert found.uncertainty_km == band
        if found.distance_km > band + 0.1:
            assert found.held_by == SIDES[place.held_on[DATE]], place
            assert found.verdict == VERDICTS[found.held_by], place
            beyond += 1
        elif found.distance_km < band - 0.1:
            assert found.verdict == "too close to say", place
    assert beyond > 6000


def test_zone_clauses_and_distance_are_those_of_the_files():
    places = random.Random(20251121).sample(listed_places(), 60)
    points = gpd.points_from_xy([p.lon for p in places], [p.lat for p in places], crs="EPSG:4326")
    frame = gpd.GeoDataFrame({"number": range(60)}, geometry=points)
    found_zones = zones(PLAN, load_territories(), load_line(DATE))
    contact = gpd.GeoSeries([load_line(DATE).contact], crs="EPSG:4326").to_crs(EQUAL_AREA)
    away = frame.to_crs(EQUAL_AREA).distance(contact.iloc[0]) / 1000
    joined = frame.sjoin(found_zones, predicate="within").set_index("number")
    assert len(joined) >= 55
    for number, row in joined.iterrows():
        found = lookup_place(places[number], PLAN, DATE)
        assert (found.zone, found.status, found.held_by) == (row.zone, row.status, row.held_by)
        assert list(found.clauses) == list(row.clauses)
        assert found.distance_km == pytest.approx(away[number], abs=0.051)
        if found.distance_km > found.uncertainty_km:
            assert found.held_by == SIDES[places[number].held_on[DATE]]


def test_a_point_is_answered_like_the_town_that_stands_there():
    town = lookup("Kramatorsk", PLAN, DATE)[0]
    (point,) = lookup(f"{town.lat}, {town.lon}", PLAN, DATE)
    for each in ("territory", "zone", "clauses", "distance_km", "verdict", "raion", "lat", "lon"):
        assert getattr(point, each) == getattr(town, each), each
    assert lookup_point(town.lat, town.lon, PLAN, load_division(DATE)) == point
    assert point.found_by == "point"


@pytest.mark.parametrize(
    ("lat", "lon"), [(55.75, 37.6), (-48.7, -37.5), (44.0, 33.0), (90, 180), (50.0, 40.25)]
)
def test_outside_ukraine_there_is_no_territory_and_no_verdict(lat, lon):
    found = lookup_point(lat, lon, PLAN, DATE)
    assert (found.territory, found.zone, found.verdict, found.distance_km) == (None,) * 4
    assert found.clauses == ()
    assert "outside Ukraine" in found.note


def test_just_off_the_coast_a_point_belongs_to_the_nearest_land():
    odesa = gpd.read_file(paths.TERRITORIES).set_index("territory").to_crs(EQUAL_AREA)
    sea = gpd.GeoSeries([shapely.Point(30.80, 46.40)], crs="EPSG:4326")
    away = sea.to_crs(EQUAL_AREA).distance(odesa.geometry["UA-51"]).iloc[0]
    assert away > 2000
    assert lookup_point(46.40, 30.80, PLAN, DATE).territory is None
    shore = shapely.ops.nearest_points(odesa.geometry["UA-51"], sea.to_crs(EQUAL_AREA).iloc[0])
    line = shapely.LineString(shore)
    near = gpd.GeoSeries([line.interpolate(1500)], crs=EQUAL_AREA).to_crs("EPSG:4326").iloc[0]
    assert lookup_point(near.y, near.x, PLAN, DATE).territory == "UA-51"


def test_no_position_on_earth_is_refused():
    for lat, lon in ((91, 0), (0, 181), (float("nan"), 0)):
        with pytest.raises(ValueError, match="no position"):
            lookup_point(lat, lon, PLAN, DATE)


def test_a_place_without_a_position_is_answered_for_its_raion_or_not_at_all():
    known = gazetteer()
    unplaced = [p for p in map(known.place, range(len(known))) if p.lat is None]
    assert len(unplaced) > 10_000
    seen = set()
    for place in random.Random(1).sample(unplaced, 300):
        found = lookup_place(place, PLAN, DATE)
        assert "position is not known" in found.note
        assert found.distance_km is None
        assert found.territory == place.territory
        if found.zone:
            assert found.possible_zones == ()
            assert found.verdict
        else:
            assert len(found.possible_zones) > 1
            assert (found.verdict, found.status, found.clauses) == (None, None, ())
        seen.add(bool(found.zone))
    assert seen == {True, False}


def test_land_that_is_not_cut_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "DIVISIONS", tmp_path)
    load_division.cache_clear()
    with pytest.raises(NotFoundError, match=r"not cut; run python -m geo\.build divisions"):
        lookup("Kyiv", PLAN, DATE)


def test_a_list_is_answered_row_by_row():
    rows = answer_list("Kramatorsk\nIvanivka\nAtlantis-on-Sea\n55.75, 37.6\n48.7;37.5", PLAN, DATE)
    assert [row["match"] for row in rows] == [
        "found",
        "ambiguous",
        "unknown",
        "outside Ukraine",
        "found",
    ]
    assert all(tuple(row) == COLUMNS for row in rows)
    assert rows[0]["zone"] == rows[4]["zone"] == "UA-14-ukraine"
    assert rows[1]["count"] > 100
    assert "Kherson Oblast): frozen_line" in rows[1]["candidates"]
    assert rows[1]["zone"] is None


@pytest.mark.parametrize(
    "text",
    [
        "name,lat,lon\nKramatorsk,,\nAnywhere,48.7,37.5\n",
        "Місто;Широта;Довгота\nКраматорськ;;\nБудь-де;48,7;37,5\n",
        "id\tгород\tдолгота\tширота\n1\tКраматорск\t\t\n2\tГде-то\t37.5\t48.7\n",
        "名称,纬度,经度\nKramatorsk,,\nX,48.7,37.5\n",
        "settlement,latitude,longitude\r\nKramatorsk,,\r\n\r\nX,48.7,37.5",
        "Kramatorsk\nX;48.7;37.5",
    ],
)
@pytest.mark.parametrize("encoding", ["str", "utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_columns_are_known_in_four_languages_and_encodings(text, encoding):
    content = text if encoding == "str" else text.encode(encoding)
    rows = answer_list(content, PLAN, DATE)
    assert [row["row"] for row in rows] == [1, 2]
    assert [row["match"] for row in rows] == ["found", "found"]
    assert [row["zone"] for row in rows] == ["UA-14-ukraine"] * 2
    assert rows[0]["name"] == "Kramatorsk"
    assert (rows[1]["lat"], rows[1]["lon"]) == (48.7, 37.5)


def test_old_windows_files_and_a_column_for_the_oblast_are_read():
    content = "назва;область\nІванівка;Херсонська\nКиїв;Миколаївська\n".encode("cp1251")
    first, second = answer_list(content, PLAN, DATE)
    assert first["match"] == "ambiguous"
    assert first["count"] < 20
    assert second["territory"] == "UA-48"


def test_a_city_far_larger_than_its_namesakes_is_meant():
    rows = answer_list("Kyiv\nMykolaiv\nKramatrosk", PLAN, DATE)
    assert [row["territory"] for row in rows] == ["UA-30", "UA-48", "UA-14"]
    assert "read as Kramatorsk" in rows[2]["note"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "it is empty"),
        (b"", "it is empty"),
        ("\n \n;;\n", "it is empty"),
        ("name,lat,lon\n", "a header and no rows"),
        ("Kyiv\n" * (MOST_ROWS + 1), "10,000 can be answered at once"),
        (b"x" * (MOST_BYTES + 1), "larger than 5 MB"),
        ("я" * (MOST_BYTES // 2 + 1), "larger than 5 MB"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\x98" * 9, "it is no text"),
        (bytes(range(256)) * 4, "it is no text"),
    ],
)
def test_a_list_that_cannot_be_answered_is_a_sentence(content, words):
    with pytest.raises(DataError, match=words):
        answer_list(content, PLAN, DATE)


def test_ten_thousand_rows_come_back_in_order():
    names = ["Kyiv", "Ivanivka", "nowhere at all", "48.7, 37.5"] * (MOST_ROWS // 4)
    rows = answer_list("\n".join(names), PLAN, DATE)
    assert [row["asked"] for row in rows] == names
    assert [row["row"] for row in rows] == list(range(1, MOST_ROWS + 1))


WORDS = st.text(
    alphabet=st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=30
)
ASKED = WORDS.filter(lambda text: text.strip(" \t;,\0\ufeff"))


@settings(deadline=None)
@given(st.lists(ASKED, min_size=1, max_size=8))
def test_no_row_is_dropped_whatever_it_holds(names):
    rows = answer_list("name\n" + "\n".join(names), PLAN, DATE)
    assert len(rows) == len(names)
    kinds = {"found", "ambiguous", "unknown", "outside Ukraine"}
    assert {row["match"] for row in rows} <= kinds
    table = list(csv.DictReader(io.StringIO(as_csv(rows), newline="")))
    assert len(table) == len(names)
    for row in table:
        assert not any(value.lstrip().startswith(("=", "@")) for value in row.values())


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+2", "@SUM(A1)", " =1", "\t=1"])
def test_formulas_are_made_harmless(text):
    assert harmless(text) == f"'{text}"
    assert harmless("Kyiv - city") == "Kyiv - city"


def run(capsys, *arguments):
    code = main(["lookup", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


KEYS = {
    "name",
    "territory",
    "zone",
    "status",
    "clauses",
    "held_by",
    "distance_km",
    "uncertainty_km",
    "verdict",
}


def test_the_command_answers_a_town_as_json(capsys):
    code, out, err = run(capsys, "Kramatorsk", "--plan", PLAN.id, "--line", DATE)
    assert (code, err) == (0, "")
    (answer,) = json.loads(out)
    assert set(answer) >= KEYS
    assert (answer["name"], answer["zone"]) == ("Kramatorsk", "UA-14-ukraine")


def test_the_command_answers_a_point_also_with_negative_degrees(capsys):
    code, out, _ = run(capsys, "--lat", "48.7", "--lon", "37.5")
    assert (code, json.loads(out)[0]["zone"]) == (0, "UA-14-ukraine")
    for arguments in (("--lat", "-48.7", "--lon", "-37.5"), ("-48.7, -37.5",)):
        code, out, _ = run(capsys, *arguments)
        answer = json.loads(out)[0]
        assert (code, answer["territory"], answer["lat"]) == (0, None, -48.7)


def test_the_command_answers_a_file_as_csv(tmp_path, capsys):
    source, target = tmp_path / "towns.csv", tmp_path / "answers.csv"
    source.write_text("name\nKramatorsk\n=HYPERLINK(1)\n", encoding="utf-8")
    arguments = ("--file", str(source), "--format", "csv", "--output", str(target))
    assert run(capsys, *arguments) == (0, "", "")
    table = pd.read_csv(target)
    assert list(table.columns) == list(COLUMNS)
    assert list(table["match"]) == ["found", "unknown"]
    assert table["asked"][1] == "'=HYPERLINK(1)"
    code, out, _ = run(capsys, "--file", str(source))
    assert (code, len(json.loads(out))) == (0, 2)


def test_a_town_that_is_not_known_gives_the_nearest_names_and_exit_code_1(capsys):
    code, out, err = run(capsys, "Kramatorskopil")
    assert (code, json.loads(out)) == (1, [])
    assert "no place called 'Kramatorskopil'" in err
    assert "Kramatorsk" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "one of them"),
        (["Kyiv", "--lat", "1", "--lon", "2"], "one of them"),
        (["--lat", "48"], "both --lat and --lon"),
        (["--lat", "95", "--lon", "200"], "is no position"),
        (["--file", "/nowhere/towns.csv"], "cannot be read"),
        (["Kyiv", "--plan", "no-such-plan"], "there is no plan"),
        (["Kyiv", "--line", "2001-01-01"], "there is no line"),
        (["Kyiv", "--line", "../../etc"], "there is no line"),
    ],
)
def test_what_cannot_be_looked_up_is_a_sentence_and_exit_code_2(capsys, arguments, words):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert words in err


def test_ground_across_the_water_is_told_where_it_is_nearer_than_the_line():
    ochakiv = lookup("Ochakiv", PLAN, PLAN.line)[0]
    assert ochakiv.verdict == "Ukrainian-held"
    assert ochakiv.across_water_km is not None
    assert 2 < ochakiv.across_water_km < 8 < ochakiv.distance_km
    assert lookup("Kramatorsk", PLAN, PLAN.line)[0].across_water_km is None
