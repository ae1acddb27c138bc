"""A line of contact and outlines of the reader's own, brought as files."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from geo.line import line_file
from tests.browser.test_lines import headline_km2


def feature(kind: str) -> dict:
    collection = json.loads(line_file("2025-08-21").read_text(encoding="utf-8"))
    return next(f for f in collection["features"] if f["properties"]["kind"] == kind)


def geojson(*features: dict) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def bring(reader, what: str, name: str, data: bytes) -> None:
    if not reader.page.locator(f".st-key-{what}").is_visible():
        reader.page.get_by_text("Your own line or outlines").click()
    reader.page.locator(f".st-key-{what} input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )


@pytest.fixture
def with_own_line(open_page):
    reader = open_page("/?territory=UA-14&held_by=ukraine")
    named = {**feature("russian_held"), "properties": {"name": "<img src=x onerror=alert(1)>"}}
    bring(reader, "line_upload", "front <b>.geojson", geojson(named))
    reader.page.locator(".st-key-line_use button").click()
    expect(reader.page.locator("h1")).to_contain_text("6,700 km²", timeout=20_000)
    return reader


def test_an_own_line_is_followed_by_map_panel_towns_and_slider(with_own_line):
    reader = with_own_line
    expect(reader.panel).to_contain_text("by your line")
    expect(reader.page.locator(".st-key-head")).to_contain_text("by your line of contact")
    assert reader.paths("path.line-band") == 0
    assert reader.paths("path.zone[data-zone=UA-14-ukraine]") == 1
    reader.page.locator("a", has_text="Towns").first.click()
    reader.page.locator(".st-key-town_search input").fill("Kramatorsk")
    expect(reader.page.locator(".st-key-town_result")).to_contain_text("on your line")
    assert reader.errors == []


def test_an_own_line_can_be_removed(with_own_line):
    reader = with_own_line
    reader.page.locator(".st-key-line_remove button").click()
    expect(reader.page.locator("h1")).to_contain_text("6,300 km²")
    expect(reader.panel).to_contain_text("by the line of 21 November 2025")


def test_a_link_to_somebody_elses_own_line_says_so(open_page):
    reader = open_page("/?line=own")
    expect(reader.page.locator(".st-key-notice")).to_contain_text("somebody’s own line")
    assert headline_km2(reader) == 6300


def test_a_line_with_gaps_is_shown_where_it_breaks_and_nothing_is_lost(open_page):
    reader = open_page("/?territory=UA-14&held_by=ukraine")
    whole = feature("line_of_contact")
    longest = max(whole["geometry"]["coordinates"], key=len)
    half = {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "LineString", "coordinates": longest[: len(longest) // 2]},
    }
    bring(reader, "line_upload", "half.geojson", geojson(half))
    report = reader.page.locator(".st-key-upload_report .notice")
    expect(report).to_be_visible(timeout=20_000)
    reader.frame.wait_for_selector("path.preview", state="attached")
    expect(reader.page.locator(".st-key-line_use")).to_have_count(0)
    reader.expect_heading("Donetsk Oblast, the part Ukraine holds")
    assert headline_km2(reader) == 6300


def test_a_file_that_is_no_map_is_explained(open_page):
    reader = open_page()
    bring(reader, "line_upload", "page.geojson", b"<!doctype html><script>alert(1)</script>")
    expect(reader.page.locator(".st-key-upload_report")).to_contain_text("web page", timeout=20_000)
    assert reader.errors == []
