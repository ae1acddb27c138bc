"""The page on sources, and going from page to page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from geo import paths
from geo.provenance import provenance

VIEW = "/?territory=UA-14&held_by=ukraine&layers=ceded,demilitarized"


def test_every_file_is_listed_and_can_be_downloaded(open_page):
    reader = open_page()
    reader.page.get_by_role("link", name="Sources").first.click()
    rows = reader.page.locator(".st-key-sources_files tbody tr")
    expect(rows).to_have_count(len(provenance()))
    name = "reference/towns.csv"
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name=name, exact=True).click()
    assert download.value.path().read_bytes() == (paths.DATA / name).read_bytes()


def test_another_page_and_back_keeps_plan_line_layers_and_selection(open_page):
    reader = open_page(VIEW)
    reader.page.get_by_role("link", name="Sources").first.click()
    expect(reader.page.locator(".st-key-sources_files table")).to_be_visible()
    assert "territory=UA-14&held_by=ukraine&layers=ceded%2Cdemilitarized" in reader.page.url
    reader.page.get_by_role("link", name="Map").first.click()
    reader.expect_heading("Donetsk Oblast, the part Ukraine holds")
    reader.frame.wait_for_selector("path.zone.selected", state="attached")
    assert reader.paths("path.zone-frozen_line") == 0
    reader.click_zone("UA-43-russia")
    reader.expect_heading("Autonomous Republic of Crimea")


def test_back_leads_from_page_to_page(open_page):
    reader = open_page(VIEW)
    reader.page.get_by_role("link", name="Sources").first.click()
    expect(reader.page.locator(".st-key-sources_files table")).to_be_visible()
    reader.page.go_back()
    if "sources" in reader.page.url:  # the view that was put into the link is a step of its own
        reader.page.go_back()
    reader.expect_heading("Donetsk Oblast, the part Ukraine holds")


@pytest.mark.parametrize("ms", [120, 250])
def test_quick_steps_back_and_forward_end_where_they_lead_and_lose_none(open_page, ms):
    reader = open_page(VIEW)
    for path in ("clauses", "ledger", "compare", "timeline"):
        reader.turn_to(path)
    length = reader.page.evaluate("history.length")
    for step in (-1, -1, -1, 1, 1, -1):
        reader.page.evaluate("(step) => history.go(step)", step)
        reader.page.wait_for_timeout(ms)
    for path in ("ledger", "clauses", ""):
        reader.wait_until_it_rests()
        expect(reader.page).to_have_url(re.compile(rf"/{path}\?.*territory=UA-14"))
        expect(
            reader.page.locator("[data-testid=stTopNavLink][aria-current=page]")
        ).to_have_attribute("href", re.compile(f"/{path}$"))
        reader.page.go_back()
    assert reader.page.evaluate("history.length") == length


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640)])
def test_on_a_phone_a_row_of_links_leads_to_all_pages(open_page, width, height):
    reader = open_page(width=width, height=height, has_touch=True)
    links = reader.page.locator(".st-key-phone_navigation")
    logo = reader.page.locator("header img").first.bounding_box()
    assert links.bounding_box()["y"] >= logo["y"] + logo["height"]
    links.get_by_role("link", name="Sources").tap()
    expect(reader.page.locator(".st-key-sources_text h2").first).to_be_visible()
    overflow = reader.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0


def test_a_bad_link_to_sources_gets_a_notice_too(open_page):
    page = open_page().page
    page.goto(f"{page.url.split('/?')[0].rstrip('/')}/sources?line=%3Cscript%3E")
    expect(page.locator(".notice")).to_contain_text("There is no line of contact of “<script>”")
    expect(page.locator(".st-key-sources_files table")).to_be_visible()
