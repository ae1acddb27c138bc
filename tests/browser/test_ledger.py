"""The ledger in a real browser: its table, its switches, its files, on a desk and on a phone."""

from __future__ import annotations

import csv
import json
import re

import pytest
from playwright.sync_api import expect

TABLE = ".st-key-ledger_table table"


@pytest.fixture
def ledger(open_page):
    def opened(query="", **options):
        page = open_page(f"/ledger{query}", ready=False, **options).page
        expect(page.locator(TABLE)).to_be_visible(timeout=30_000)
        expect(page.locator(".st-key-ledger_charts svg.marks")).to_have_count(2, timeout=30_000)
        return page

    return opened


def switch(page, key, name):
    page.locator(f".st-key-{key}").get_by_text(name, exact=True).click()


def whole(text):
    return int(re.sub(r"\D", "", text.splitlines()[0]))


def column(page, rows, position):
    cells = page.locator(f"{TABLE} {rows}").locator(f"td.number:nth-of-type({position})")
    return [whole(text) for text in cells.all_inner_texts()]


def test_the_table_is_one_for_a_screen_reader_and_adds_up(ledger):
    page = ledger()
    table = page.get_by_role("table").first
    assert table.get_by_role("columnheader", name="Area, km²").count() == 1
    assert table.get_by_role("rowheader", name="Donetsk Oblast").count() == 2
    assert page.locator(f"{TABLE} caption").count() == 1
    pieces = "tbody tr:not([class])"
    # The land's holder is the first cell, its area the second, its people the fourth.
    assert sum(column(page, pieces, 2)) == whole(
        page.locator(f"{TABLE} tfoot td.number").first.inner_text()
    )
    assert sum(column(page, pieces, 4)) == 43_520_464


def test_numbers_stand_right_and_the_header_stays(ledger):
    page = ledger()
    cell = page.locator(f"{TABLE} tbody td.number").first
    assert cell.evaluate("cell => getComputedStyle(cell).textAlign") == "right"
    page.locator(f"{TABLE} tfoot").scroll_into_view_if_needed()
    header = page.locator(f"{TABLE} thead th").first.bounding_box()
    assert 0 <= header["y"] < 150


def test_the_switch_groups_anew_and_only_that(ledger):
    page = ledger()
    groups = page.locator(f"{TABLE} tr.group")
    expect(groups).to_have_count(5)
    switch(page, "ledger_grouping", "Oblast")
    expect(groups).to_have_count(27)
    expect(page.locator(f"{TABLE} tfoot")).to_have_count(1)
    switch(page, "ledger_grouping", "Clause")
    expect(groups).to_have_count(7)
    expect(page.locator(f"{TABLE} tfoot")).to_have_count(0)
    expect(page.get_by_text("these sums overlap and there is no grand total")).to_be_visible()


def test_the_charts_count_people_on_request(ledger):
    page = ledger()
    charts = page.locator(".st-key-ledger_charts")
    expect(charts.locator("svg.marks").first).to_contain_text("Demilitarized · 6,299 km²")
    expect(charts.locator("svg.marks").last).to_contain_text("Treated as Russian")
    switch(page, "ledger_unit", "People")
    expect(charts.locator("svg.marks").first).to_contain_text("688,506 people")
    expect(charts.locator("svg.marks").last).to_contain_text("people")


@pytest.mark.parametrize("kind", ["CSV", "JSON"])
def test_a_file_holds_every_row_and_is_named_after_plan_and_line(ledger, kind):
    page = ledger("?line=2026-02-21")
    with page.expect_download() as started:
        page.get_by_role("button", name=f"Download as {kind}").click()
    file = started.value
    assert file.suggested_filename == (f"ledger_us-28-point-2025-11_2026-02-21.{kind.lower()}")
    text = file.path().read_text(encoding="utf-8")
    rows = json.loads(text) if kind == "JSON" else list(csv.DictReader(text.splitlines()))
    assert {row["line"] for row in rows} == {"2026-02-21"}
    assert {row["standing"] for row in rows} == {"proposal, not in force"}
    assert sum(int(row["people"]) for row in rows) == 43_520_464


def test_a_row_leads_to_its_land_on_the_map(ledger):
    page = ledger()
    page.locator(f"{TABLE} a", has_text="Kharkiv Oblast").first.click()
    expect(page.locator(".st-key-clause_panel h2")).to_have_text(
        "Kharkiv Oblast, the part Russia holds", timeout=20_000
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_only_the_tables_scroll_sideways(ledger, scheme):
    page = ledger(width=390, height=844, color_scheme=scheme, has_touch=True, is_mobile=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("[data-testid=stMain]").evaluate("main => main.scrollWidth") <= 390
    scroll = page.locator(".ledger-scroll").first
    assert scroll.evaluate("box => box.scrollWidth > box.clientWidth")
    scroll.evaluate("box => { box.scrollLeft = 300; }")
    name = page.locator(f"{TABLE} tbody th[scope=row]").first.bounding_box()
    assert 0 <= name["x"] < 40
    for chart in page.locator(".st-key-ledger_charts svg.marks").all():
        assert chart.bounding_box()["width"] <= 390


def test_charts_have_a_text_alternative(ledger):
    page = ledger()
    assert page.locator('.st-key-ledger_charts [aria-label*="Held by Ukraine: 6,299 km²"]').count()
