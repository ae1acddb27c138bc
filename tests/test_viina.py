"""VIINA's tables: read as they are written, told where they are broken, held against ours."""

from __future__ import annotations

import io
import json
import zipfile

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import paths
from geo.build import viina as build_viina
from geo.build.line import draw_line
from geo.errors import DataError, NotFoundError
from geo.line import Line, line_dates, load_line, read_line
from geo.sources import table_file
from geo.sources.comparison import compare, compare_lines
from geo.sources.settlements import control_table, settlements
from geo.sources.viina import Control, read_control
from geo.territories import load_territories

DAY = "2025-11-21"
COLUMNS = "geonameid date status_wiki status_boost status_dsm status_isw status vcontrol_version"
HEADER = ",".join(f'"{name}"' for name in COLUMNS.split())
VERSION = "2025-12-01 06:00"


def row(place: object, status: str, day: str = "20251121", isw: str = "NA") -> str:
    return f'{place},{day},"UA","UA","{status}",{isw},"{status}","{VERSION}"'


TABLE = [
    row(713716, "RU"),
    row(713716, "UA", "20251120"),
    row(704147, "UA"),
    row(695594, "CONTESTED", isw='"RU"'),
    row("7e+05", "UA"),
    row(99, "RU"),
]


@pytest.fixture
def table_file_of(tmp_path):
    def write(*rows: str, header: str = HEADER, name: str = "control_latest_2025.csv"):
        path = tmp_path / name
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return path

    return write


def zipped(path, *members: tuple[str, bytes]):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def test_the_statuses_of_one_day_are_read(table_file_of):
    control = read_control(table_file_of(*TABLE), DAY)
    assert control.status == {
        "713716": "RU",
        "704147": "UA",
        "695594": "CONTESTED",
        "700000": "UA",
        "99": "RU",
    }
    assert (control.date, control.column, control.key) == (DAY, "status", "geonameid")
    assert (control.version, control.unsaid) == (VERSION, 0)
    assert read_control(table_file_of(*TABLE), "2025-11-20").status == {"713716": "UA"}


def test_another_column_may_say_less(table_file_of):
    control = read_control(table_file_of(*TABLE), DAY, "status_isw")
    assert (control.status, control.unsaid) == ({"695594": "RU"}, 4)


def test_a_zip_is_read_like_the_table_in_it(table_file_of, tmp_path):
    table = table_file_of(*TABLE)
    packed = zipped(
        tmp_path / "control_latest_2025.zip",
        ("Data/control_latest_2025.csv", table.read_bytes()),
        ("README.txt", b"x"),
    )
    assert read_control(packed, DAY) == read_control(table, DAY)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "control_latest_2025.csv",
        "control_latest_2025.zip",
    ]


def test_tables_by_code_are_joined_by_code(table_file_of):
    ours = control_table()
    known = ours[ours["katottg"].notna()].iloc[0]
    path = table_file_of(
        f"{known.katottg},20251121,RU", "UA99999999999999999,20251121,UA", header="kod,date,status"
    )
    control = read_control(path, DAY)
    assert (control.key, len(control.status)) == ("katottg", 2)
    assert compare(ours, control).both == 1


@pytest.mark.parametrize(
    ("bad", "line", "words"),
    [
        (row(1, "RU") + ",", 3, "it has 9 cells, the header 8"),
        ("1,20251121", 3, "it has 2 cells, the header 8"),
        (row("Alchevsk", "RU"), 3, "'Alchevsk' is no id of a place"),
        (row("1.5", "RU"), 3, "'1.5' is no id of a place"),
        (row("nan", "RU"), 3, "'nan' is no id of a place"),
        (row("-1", "RU"), 3, "'-1' is no id of a place"),
        (row("", "RU"), 3, "'' is no id of a place"),
        (row(1, "ru"), 3, "the status is 'ru'; it has to be one of UA, RU, CONTESTED"),
        (row(1, "<b>RU</b>"), 3, "the status is '<b>RU</b>'"),
        (row(713716, "UA"), 3, "713716 is given twice, with different statuses"),
        ("9" * 20_000, 3, "the line is far too long"),
    ],
)
def test_a_bad_row_is_told_with_its_line(bad, line, words, table_file_of):
    path = table_file_of(row(713716, "RU"), bad, row(704147, "UA"))
    with pytest.raises(DataError) as told:
        read_control(path, DAY)
    (fault,) = told.value.faults
    assert (fault.file, fault.line) == (path.name, line)
    assert words in fault.message


def test_many_bad_rows_are_counted(table_file_of):
    with pytest.raises(DataError) as told:
        read_control(table_file_of(*[row("x", "RU")] * 50), DAY)
    assert [fault.line for fault in told.value.faults[:20]] == list(range(2, 22))
    assert "and 30 more rows are wrong" in told.value.faults[-1].message
    assert len(told.value.faults) == 21


def test_the_same_row_twice_is_no_fault(table_file_of):
    assert read_control(table_file_of(TABLE[0], TABLE[0]), DAY).status == {"713716": "RU"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the table has no column geonameid, date, status"),
        (b"a,b\n1,2\n", "the table has no column geonameid, date, status"),
        (b"geonameid,date\n", "the table has no column status;"),
        (b"geonameid,date,status\n", "the table has no rows"),
        (b"geonameid,date,status\n1,20240101,UA\n1,20241231,UA\n", "20240101 to 20241231"),
        (b"geonameid,date,status\n1,20251121,NA\n", "the column status says nothing on 2025-11-21"),
        (b"\xff\xfe\x00", "this is not UTF-8 text"),
        (b'geonameid,date,status\n1,20251121,"' + b"x\n" * 100_000, "this is not CSV"),
    ],
)
def test_what_is_no_table_of_that_day_is_told(content, words, tmp_path):
    path = tmp_path / "control.csv"
    path.write_bytes(content)
    with pytest.raises(DataError) as told:
        read_control(path, DAY)
    assert words in str(told.value)


def test_a_question_that_makes_no_sense_is_told(table_file_of, tmp_path):
    path = table_file_of(*TABLE)
    with pytest.raises(DataError, match="no column 'status_iswx'; did you mean status_isw"):
        read_control(path, DAY, "status_iswx")
    with pytest.raises(DataError, match="write it as 2025-11-21"):
        read_control(path, "21.11.2025")
    with pytest.raises(DataError, match="it cannot be read"):
        read_control(tmp_path / "none.csv", DAY)
    with pytest.raises(DataError, match="it cannot be read"):
        read_control(tmp_path, DAY)


def test_bad_zips_are_told(tmp_path, monkeypatch):
    good = "\n".join([HEADER, *TABLE]).encode()
    path = tmp_path / "control.zip"
    with pytest.raises(DataError, match="holds 2 CSV files"):
        read_control(zipped(path, ("a.csv", good), ("b.csv", good)), DAY)
    with pytest.raises(DataError, match="holds 0 CSV files"):
        read_control(zipped(path, ("a.txt", good)), DAY)
    raw = bytearray(zipped(path, ("a.csv", good * 50)).read_bytes())
    raw[60:70] = b"\x00" * 10
    path.write_bytes(raw)
    with pytest.raises(DataError, match="the ZIP cannot be unpacked"):
        read_control(path, DAY)
    raw = bytearray(zipped(path, ("a.csv", good)).read_bytes())
    raw[6] |= 1  # says that it is encrypted
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    with pytest.raises(DataError, match="password required"):
        read_control(path, DAY)
    monkeypatch.setattr(table_file, "LARGEST_FILE", 100)
    with pytest.raises(DataError, match=r"it is larger than 0\.0001 MB"):
        read_control(path, DAY)


def test_a_bomb_is_not_read_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr(table_file, "LARGEST_TABLE", 100_000)
    bomb = (HEADER + "\n").encode() + (TABLE[0] + "\n").encode() * 100_000
    path = zipped(tmp_path / "control.zip", ("a.csv", bomb))
    assert path.stat().st_size < 100_000
    with pytest.raises(DataError, match=r"the table is larger than 0\.0001 GB"):
        read_control(path, DAY)


@given(st.dictionaries(st.integers(1, 10**8), st.sampled_from(["UA", "RU", "CONTESTED", "NA"])))
def test_what_is_written_is_what_is_read(tmp_path_factory, statuses):
    stream = io.StringIO("geonameid,date,status\n0.5,20251120,ignored\n")
    stream.seek(0, io.SEEK_END)
    stream.writelines(f"{place},20251121,{status}\n" for place, status in statuses.items())
    path = tmp_path_factory.mktemp("viina") / "control.csv"
    path.write_text(stream.getvalue(), encoding="utf-8")
    said = {str(place): status for place, status in statuses.items() if status != "NA"}
    if said:
        control = read_control(path, DAY)
        assert (control.status, control.unsaid) == (said, len(statuses) - len(said))
    else:
        with pytest.raises(DataError):
            read_control(path, DAY)


# Held against our own table


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
