"""The tables of all plans, as a reader uses them: keys, tips, links, switches, files, a phone."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from playwright.sync_api import expect

FOCUSED = "document.activeElement.dataset.go"
RESTED = """() => {
  const rests = document.querySelector('[data-test-script-state="notRunning"]');
  const table = document.querySelector("table.matrix");
  if (!rests || window.restedTable !== table) window.restedSince = Infinity;
  window.restedTable = table;
  window.restedSince = Math.min(window.restedSince, performance.now());
  return performance.now() - window.restedSince > 1000;
}"""


@pytest.fixture
def matrix(open_page):
    """Opens the page of comparisons and gives the reader and the matrix."""

    def opened(path="/compare", **options):
        reader = open_page(path, ready=False, **options)
        table = reader.page.locator("table.matrix")
        expect(table).to_be_visible(timeout=60_000)
        # As long as scripts run, a part of the page may still be put in anew, without focus.
        reader.page.wait_for_function(RESTED, timeout=60_000)
        return reader, table

    return opened


def cell(table, plan: str, go: str):
    return table.locator(f'a[data-go="{go.format(plan=plan)}"]').first


def test_arrows_home_and_end_move_between_cells_and_tab_leaves_the_table(matrix):
    reader, table = matrix()
    page = reader.page
    heads = table.locator("thead a")
    heads.first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(FOCUSED) == table.locator("tbody a").first.get_attribute("data-go")
    page.keyboard.press("End")
    plans = heads.count()
    assert page.evaluate(FOCUSED) == table.locator("tbody a").nth(plans - 1).get_attribute(
        "data-go"
    )
    page.keyboard.press("ArrowRight")  # there is nothing further
    page.keyboard.press("ArrowUp")
    assert page.evaluate(FOCUSED) == heads.last.get_attribute("data-go")
    page.keyboard.press("Home")
    assert page.evaluate(FOCUSED) == heads.first.get_attribute("data-go")
    expect(table.locator('a[tabindex="0"]')).to_have_count(1)
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.closest('table.matrix')")
    assert reader.errors == []


def test_the_tip_shows_on_focus_and_on_hover_and_escape_hides_it(matrix):
    reader, table = matrix()
    page = reader.page
    table.locator("thead a").first.focus()
    page.keyboard.press("ArrowDown")
    first = table.locator("tbody tr:nth-child(2) td").first.locator(".matrix-tip")
    expect(first).to_be_visible()
    page.keyboard.press("Escape")
    expect(first).to_be_hidden()
    page.keyboard.press("ArrowRight")
    second = table.locator("tbody tr:nth-child(2) td").nth(1).locator(".matrix-tip")
    expect(second).to_be_visible()
    spot = table.locator("#tip-UA-14-8").locator("..")
    spot.locator("a").hover()
    tip = spot.locator(".matrix-tip")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text("The part Ukraine holds: r, D, W")
    box = tip.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1400
    assert box["y"] + box["height"] <= 900


def test_enter_on_a_cell_leads_to_the_clause_that_decides(matrix):
    reader, table = matrix()
    page = reader.page
    table.locator("#tip-UA-43-4").locator("..").locator("a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/clauses.*plan=us-final-offer-2025-04"))
    assert "clause=" in page.url
    expect(page.locator(".clause-card.marked")).to_be_visible(timeout=30_000)


def test_a_cell_that_says_nothing_leads_to_the_land_on_the_map(matrix):
    reader, table = matrix()
    go = "map plan:us-28-point-2025-11/territory:UA-05"
    cell(table, "", go).click()
    reader.page.wait_for_url(re.compile("territory=UA-05"))
    expect(reader.panel.locator("h2")).to_contain_text("Vinnytsia", timeout=30_000)


def test_a_switch_narrows_both_tables(matrix):
    reader, table = matrix()
    switches = reader.page.locator(".st-key-matrix_sides")
    switches.get_by_role("button", name=re.compile("Russia")).click()
    expect(table.locator("thead a")).to_have_count(5, timeout=30_000)
    expect(reader.page.locator("table.matters tbody th")).to_have_count(5, timeout=30_000)


@pytest.mark.parametrize("ending", ["CSV", "XLSX", "SVG"])
def test_the_matrix_can_be_taken_along(matrix, ending):
    reader, _table = matrix()
    files = reader.page.locator(".st-key-matrix_files")
    with reader.page.expect_download() as waiting:
        files.get_by_role("button", name=f"Download as {ending}").click()
    download = waiting.value
    assert download.suggested_filename == f"treaty_matrix_2025-11-21.{ending.lower()}"
    content = Path(download.path()).read_bytes()
    if ending == "XLSX":
        sheet = openpyxl.load_workbook(io.BytesIO(content))["Matrix"]
        assert sheet.max_column == 15
    elif ending == "SVG":
        assert ElementTree.fromstring(content).tag.endswith("svg")
    else:
        assert content.decode().count("\n") == 1 + 27 + 1


def test_on_a_phone_the_tables_stay_inside_the_page_and_names_stay_beside_their_row(matrix):
    reader, table = matrix(width=390, height=844)
    page = reader.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    scroller = page.locator(".matrix-scroll")
    scroller.scroll_into_view_if_needed()
    scroller.evaluate("(box) => { box.scrollLeft = 400; }")
    row = table.locator("tbody th[scope=row]").first
    assert row.bounding_box()["x"] >= 0
    matters = page.locator("table.matters")
    heads = matters.locator("thead th")
    army, nato = heads.nth(1).bounding_box(), heads.nth(2).bounding_box()
    answers = matters.locator("tbody tr").first.locator("td")
    assert army["y"] < answers.nth(0).bounding_box()["y"] < nato["y"]
    assert nato["y"] < answers.nth(1).bounding_box()["y"]
    assert reader.errors == []
