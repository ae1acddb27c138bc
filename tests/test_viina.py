"""VIINA's tables: read as they are written, told where they are broken, held against ours."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from geo.sources import table_file
from geo.sources.comparison import compare
from geo.sources.settlements import control_table
from geo.sources.viina import read_control

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
