"""The page of towns in a real browser: typed, clicked, uploaded."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def towns(open_page):
    def opened(query="", **options):
        reader = open_page(f"/towns{query}", ready=False, **options)
        expect(reader.page.locator(".st-key-town_result h2")).to_be_visible(timeout=30_000)
        reader.frame.wait_for_selector("path.zone", state="attached", timeout=30_000)
        return reader

    return opened


def heading(reader):
    return reader.page.locator(".st-key-town_result h2")


def test_a_town_is_found_while_it_is_typed_and_shown_on_the_map(towns):
    reader = towns()
    box = reader.page.locator(".st-key-town_search input")
    box.press_sequentially("Слов'янськ", delay=30)
    expect(heading(reader)).to_have_text("Sloviansk")
    expect(reader.page.locator(".st-key-town_result .ink-demilitarized")).to_have_text(
        "Demilitarized"
    )
    reader.frame.wait_for_selector(".found-place", state="attached")
    zoom, lat, lon = reader.camera()
    assert zoom >= 8
    assert (lat, lon) == pytest.approx((48.85, 37.6), abs=0.1)


def test_a_click_on_the_map_asks_for_that_place(towns):
    reader = towns("?town=Kramatorsk")
    expect(heading(reader)).to_have_text("Kramatorsk")
    reader.frame.wait_for_selector(".found-place", state="attached")
    reader.click_zone("UA-14-ukraine")
    expect(heading(reader)).to_have_text(re.compile(r"^4\d\.\d+, 3\d\.\d+$"))
    expect(reader.page.locator(".st-key-town_search input")).to_have_value(
        re.compile(r"^4\d\.\d+,3\d\.\d+$")
    )


def test_back_from_the_map_is_the_same_town(towns):
    reader = towns("?town=Kramatorsk")
    reader.page.get_by_text("All that the plan says about this land").click()
    expect(reader.panel.locator("h2")).to_have_text(
        "Donetsk Oblast, the part Ukraine holds", timeout=20_000
    )
    reader.page.go_back()
    expect(heading(reader)).to_have_text("Kramatorsk", timeout=20_000)


def test_a_list_is_uploaded_and_every_row_comes_back(towns, tmp_path):
    reader = towns()
    listed = tmp_path / "towns.csv"
    listed.write_text("назва\nКраматорськ\n<img src=x onerror=alert(1)>\n", encoding="utf-16")
    reader.page.locator(".st-key-town_list input[type=file]").set_input_files(listed)
    result = reader.page.locator(".st-key-town_list_result")
    expect(result).to_contain_text("Found: 1 · Not known: 1")
    with reader.page.expect_download() as download:
        result.get_by_role("button", name="Download as CSV").click()
    rows = download.value.path().read_text(encoding="utf-8").splitlines()
    assert len(rows) == 3
    assert "UA-14-ukraine" in rows[1]
    assert "unknown" in rows[2]
    assert reader.errors == []


@pytest.mark.parametrize(
    "query", ["%3Cimg%20src=x%20onerror=alert(1)%3E", "%00%E2%80%AE", "x" * 5000, "';DROP TABLE"]
)
def test_a_hostile_link_is_a_town_that_is_not_known(towns, query):
    reader = towns(f"?town={query}")
    expect(heading(reader)).to_be_visible()
    assert reader.page.locator(".st-key-town_result img").count() == 0
    assert reader.errors == []
