"""VIINA's settlements held against ours, and a line rebuilt from them held against ours."""

from __future__ import annotations

import json

import geopandas as gpd
import pytest
import shapely

from geo import paths
from geo.build import viina as build_viina
from geo.build.line import draw_line
from geo.errors import DataError, NotFoundError
from geo.line import Line, line_dates, load_line, read_line
from geo.sources.comparison import compare, compare_lines
from geo.sources.settlements import control_table, settlements
from geo.sources.viina import Control
from geo.territories import load_territories
from tests.test_viina import DAY, HEADER, row


@pytest.fixture(scope="module")
def ours():
    return control_table()


def control_like(table, date: str = DAY, **changed: str) -> Control:
    """What VIINA would say if it said what our table does, but for ``changed`` (g713716="UA")."""
    rows = table[table["geonameid"].notna()]
    status = rows["held_" + date.replace("-", "_")].map({"R": "RU", "U": "UA"})
    said = dict(zip(rows["geonameid"].astype(str), status, strict=True))
    return Control(date, "status", "geonameid", {**said, **{k[1:]: v for k, v in changed.items()}})


def test_contested_counts_as_not_russian_held_unless_asked(ours):
    control = control_like(ours, g713716="CONTESTED")
    for contested_is_held, holder in ((False, "U"), (True, "R")):
        rows = settlements(control, ours, contested_is_held).set_index("geonameid")
        assert rows.loc[713716, "held_2025_11_21"] == holder
        assert len(rows) == 2102
    assert {"lat", "lon", "population", "oblast_iso"} <= set(rows.columns)


def test_places_that_we_have_no_position_of_are_left_out(ours):
    control = Control(DAY, "status", "geonameid", {"713716": "RU", "706483": "UA", "99": "UA"})
    assert set(settlements(control, ours)["geonameid"]) == {713716, 706483}


def test_a_table_of_which_no_line_follows_is_told(ours):
    with pytest.raises(DataError, match="none of its 1 places is in our table"):
        settlements(Control(DAY, "status", "geonameid", {"99": "UA"}), ours)
    with pytest.raises(DataError, match="one side holds all 1 places on 2025-11-21"):
        settlements(Control(DAY, "status", "geonameid", {"713716": "UA"}), ours)


def test_two_sources_that_say_the_same_agree(ours):
    found = compare(ours, control_like(ours))
    assert (found.both, found.agree, found.contested) == (2102, 2102, 0)
    assert found.table_only == len(ours) - 2102
    assert found.ours_only == found.theirs_only == ()


def test_where_sources_differ_the_settlement_is_named(ours):
    held = ours.set_index("geonameid")["held_2025_11_21"]
    changed = {"g713716": "CONTESTED", "g706483": "RU"}
    assert (held[713716], held[706483]) == ("R", "U")
    found = compare(ours, control_like(ours, **changed))
    assert (found.agree, found.contested) == (2100, 1)
    assert [(place.name_en, place.territory, place.status) for place in found.ours_only] == [
        ("Alchevsk", "UA-09", "CONTESTED")
    ]
    assert [(place.name_uk, place.territory, place.status) for place in found.theirs_only] == [
        ("Харків", "UA-63", "RU")
    ]


def test_only_the_same_day_is_compared(ours):
    control = Control("2025-11-22", "status", "geonameid", {"713716": "RU"})
    with pytest.raises(NotFoundError, match="no day 2025-11-22; its days are 2024-11-21, 2025-"):
        compare(ours, control)


def line_along(east: float) -> Line:
    """Donetsk oblast and more, Russian-held east of a meridian."""
    contact = shapely.LineString([(east, 47), (east, 49.3)])
    return Line(DAY, shapely.box(east, 46.5, 41, 49.5), contact)


def test_a_line_does_not_differ_from_itself():
    found = compare_lines(line := line_along(37.5), line, load_territories())
    assert (found.ours_only_km2, found.theirs_only_km2) == ({}, {})
    assert (found.median_km, found.p90_km) == (0, 0)


def test_ground_between_two_lines_is_measured_by_oblast():
    territories = load_territories().loc[["UA-14"]]
    nearer, further = line_along(37.4), line_along(37.5)
    found = compare_lines(further, nearer, territories)
    strip = shapely.intersection(territories.geometry["UA-14"], shapely.box(37.4, 46.5, 37.5, 49.5))
    km2 = gpd.GeoSeries([strip], crs=territories.crs).to_crs("EPSG:6933").area.iloc[0] / 1e6
    assert found.ours_only_km2 == {}
    assert found.theirs_only_km2 == {"UA-14": pytest.approx(km2, rel=1e-3)}
    assert 7.2 < found.median_km < 7.5  # a tenth of a degree at 48 N
    assert found.p90_km >= found.median_km
    turned = compare_lines(nearer, further, territories)
    assert turned.ours_only_km2 == found.theirs_only_km2
    assert turned.median_km == found.median_km


# A line rebuilt from it


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory, ours):
    """A line from a table that says what ours does, without measuring how sure it is."""
    folder = tmp_path_factory.mktemp("data")
    rows = [row(place, status) for place, status in control_like(ours).status.items()]
    table = folder / "control_latest_2025.csv"
    table.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build_viina, "survey_line", unmeasured(draw_line))
        patch.setattr(paths, "OTHER_LINES", folder / "lines" / "other")
        return build_viina.build(table, DAY)


ACCURACY = {
    "block_km": 10.0,
    "left_out": 1234,
    "right_side_percent": 98.7,
    "by_distance_km": [
        {"from": 0, "to": 1, "left_out": 10, "right_side_percent": 60.0},
        {"from": 1, "to": 6, "left_out": 50, "right_side_percent": 80.0},
        {"from": 6, "to": 30, "left_out": 1174, "right_side_percent": 99.0},
    ],
}


def unmeasured(draw):
    """``survey_line`` with ``draw`` for the line, and how sure it is made up."""
    return lambda date, rows, on: ({**draw(date, rows, on), "accuracy": ACCURACY}, None)


def test_a_line_rebuilt_from_viina_is_a_line_like_any_other(rebuilt):
    line = read_line(rebuilt)
    assert line.date == DAY
    assert rebuilt.name == "viina_2025-11-21.geojson"
    assert rebuilt.parent.name == "other"
    told = json.dumps(line.about, ensure_ascii=False)
    assert "VIINA 2.0" in told
    assert "Open Database License" in line.about["licence"]
    assert "2102" in told
    assert "that is no word of another mapper" in told
    summary = line.about["accuracy"]["summary"]
    assert line.about["accuracy"]["band_km"] == 6
    assert "1234 of its settlements" in summary["en"]
    assert "99% fell on the side" in summary["en"]
    assert "beyond 6 km of the line at least 90%" in summary["en"]
    for text in (summary, line.about["source"], line.about["method"], *line.about["limits"]):
        assert set(text) == {"en", "uk", "zh"}
        assert not any("{" in words for words in text.values())
    assert "as mapped by DeepStateMap.Live, on the date shown" not in told


def test_a_line_rebuilt_from_a_third_of_the_settlements_lies_near_the_shipped_one(rebuilt):
    found = compare_lines(load_line(DAY), read_line(rebuilt), load_territories())
    assert found.median_km < 2
    assert found.p90_km < 10
    assert set(found.ours_only_km2) | set(found.theirs_only_km2) <= {
        "UA-09",
        "UA-12",
        "UA-14",
        "UA-23",
        "UA-48",
        "UA-59",
        "UA-63",
        "UA-65",
    }


def test_a_line_of_another_source_is_not_among_the_dates_shown(rebuilt, monkeypatch):
    monkeypatch.setattr(paths, "LINES", rebuilt.parent.parent)
    assert line_dates() == []
    monkeypatch.setattr(paths, "LINES", rebuilt.parent)
    assert line_dates() == []


def test_the_line_says_which_way_contested_counted(tmp_path, ours, monkeypatch):
    asked = {}

    def drawn(date, rows, *_):
        asked[date] = rows.set_index("geonameid").loc[713716, "held_2025_11_21"]
        return {"type": "FeatureCollection", "date": date, "features": []}

    monkeypatch.setattr(build_viina, "land", lambda *_: None)
    monkeypatch.setattr(build_viina, "survey_line", unmeasured(drawn))
    monkeypatch.setattr(build_viina, "rebuilt_file", lambda date: tmp_path / f"{date}.geojson")
    table = tmp_path / "control.csv"
    rows = [row(713716, "CONTESTED"), row(706483, "UA"), row(713095, "RU")]
    table.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    for contested_is_held, holder, words in ((False, "U", "counts as not"), (True, "R", "Other")):
        path = build_viina.build(table, DAY, contested_is_held=contested_is_held)
        limits = json.loads(path.read_text(encoding="utf-8"))["limits"]
        assert asked[DAY] == holder
        assert any(words in limit["en"] for limit in limits)
