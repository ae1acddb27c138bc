"""The treaty matrix as CSV, as a workbook and as a picture."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import openpyxl
import pytest

from geo.matrix_files import as_csv, as_xlsx
from geo.matrix_grid import Band, Field, Grid, Head, Line
from pages.parts.matrix_picture import as_svg

LINE = "2025-11-21"


def grid(**changes) -> Grid:
    heads = (
        Head(
            "a-plan", "=A plan", False, "proposal, not in force", ("A plan", "2025", "US", "Leaked")
        ),
        Head(
            "own", "<script>", True, "a reader's own plan, nobody's proposal", ("x", "y", "z", "")
        ),
    )
    split = Field(
        "r, D, W",
        "r, D, W",
        "Ceded · Buffer",
        (("ceded", "Russia"), ("demilitarized", "Ukraine")),
        ("21(a)", "21(d)"),
    )
    whole = Field("?", "?", "Left open", (("left_open", "Russia"),))
    quiet = Field("–", "–")
    rows = (Line("UA-14", "Donetsk", (split, quiet)), Line("UA-43", "@Crimea", (whole, quiet)))
    plain = {
        "title": "Plans & land",
        "standing": "Proposals, not in force.",
        "line": LINE,
        "language": "en",
        "corner": "Land",
        "heads": heads,
        "bands": (
            Band("In dispute", rows),
            Band("Rest", (Line("UA-05", "Vinnytsia", (quiet, quiet)),), True),
        ),
        "letters": (("R", "Russian"), ("–", "not addressed")),
        "statuses": (("ceded", "Ceded"), ("left_open", "Left open")),
        "notes": ("A note.",),
        "credit": "Line: somebody.",
    }
    return Grid(**{**plain, **changes})


def test_the_csv_has_a_row_a_territory_and_says_that_nothing_is_in_force():
    rows = list(csv.DictReader(io.StringIO(as_csv(grid()))))
    assert [(row["code"], row["name"]) for row in rows] == [
        ("UA-14", "Donetsk Oblast"),
        ("UA-43", "Autonomous Republic of Crimea"),
        ("UA-05", "Vinnytsia Oblast"),
    ]
    assert [row["a-plan"] for row in rows] == ["r, D, W", "?", "–"]
    assert [row["a-plan_clauses"] for row in rows] == ["21(a) 21(d)", "", ""]
    assert {row["own"] for row in rows} == {"–"}
    assert {row["line"] for row in rows} == {LINE}
    assert {row["credit"] for row in rows} == {"Line: somebody."}
    assert all("not in force" in row["standing"] and "own plan" in row["standing"] for row in rows)


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(as_xlsx(grid())))


def test_the_workbook_holds_the_matrix_with_frozen_head_and_colours(book):
    sheet = book["Matrix"]
    assert sheet.freeze_panes == "B5"
    assert [cell.value for cell in sheet[4]] == ["Land", "'=A plan", "<script>"]
    split = "r, D, W\nCeded · Buffer\n[21(a), 21(d)]"
    assert [cell.value for cell in sheet[6]] == ["Donetsk", split, "–"]
    assert sheet["B6"].fill.type == "linear"
    assert len({stop.color.rgb for stop in sheet["B6"].fill.stop}) == 2
    assert sheet["B7"].fill.fill_type == "solid"
    assert sheet["C6"].fill.fill_type is None


def test_the_workbook_explains_itself_on_a_second_sheet(book):
    texts = [cell.value for row in book["About"] for cell in row if cell.value]
    assert {
        "Proposals, not in force.",
        "A note.",
        "Line: somebody.",
        "not addressed",
        "Left open",
    } <= set(texts)
    assert "a reader's own plan, nobody's proposal" in texts


def test_no_text_of_the_workbook_becomes_a_formula(book):
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell.value for cell in cells if cell.value.startswith(("=", "+", "-", "@"))]


SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_stands_alone_and_is_text_only():
    drawing = ElementTree.fromstring(as_svg(grid()))
    assert drawing.find(f"{SVG}title").text == "Plans & land"
    assert "not in force" in drawing.find(f"{SVG}desc").text
    assert not drawing.findall(f".//{SVG}script")
    texts = ["".join(text.itertext()) for text in drawing.iter(f"{SVG}text")]
    assert {"<script>", "Donetsk", "r, D, W", "Ceded · Buffer", "Vinnytsia", "A note."} <= set(
        texts
    )
    patterns = {f"url(#{each.get('id')})" for each in drawing.iter(f"{SVG}pattern")}
    used = {each.get("fill") for each in drawing.iter(f"{SVG}rect")} - {"#FFFFFF"}
    assert {"url(#ceded-russia)", "url(#demilitarized-ukraine)", "url(#left_open-russia)"} <= used
    assert {fill for fill in used if fill.startswith("url")} <= patterns


def test_the_picture_marks_the_readers_own_plan_in_italics():
    drawing = ElementTree.fromstring(as_svg(grid()))
    slanted = [t for t in drawing.iter(f"{SVG}text") if t.get("font-style") == "italic"]
    assert ["".join(text.itertext()) for text in slanted] == ["<script>"]


@pytest.mark.parametrize("count", [0, 1, 14])
def test_the_picture_holds_everything_however_many_plans_there_are(count):
    field = Field("R", "R", "Ceded", (("ceded", "Russia"),))
    heads = tuple(Head(f"p{n}", f"Plan {n}", False, "") for n in range(count))
    band = Band("All", (Line("UA-14", "Donetsk", (field,) * count),))
    drawing = ElementTree.fromstring(as_svg(grid(heads=heads, bands=(band,))))
    width, height = float(drawing.get("width")), float(drawing.get("height"))
    for each in drawing.iter(f"{SVG}rect"):
        right = float(each.get("x") or 0) + float(each.get("width"))
        assert right <= width
    for each in [*drawing.iter(f"{SVG}text"), *drawing.iter(f"{SVG}tspan")]:
        assert float(each.get("x") or 0) < width
        assert float(each.get("y") or 0) < height
