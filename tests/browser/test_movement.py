"""How the line moved, as a reader looks at it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

CHART = ".st-key-movement .stVegaLiteChart :is(canvas, svg)"


def timeline(open_page, query="", **options):
    page = open_page(f"/timeline{query}", ready=False, **options).page
    expect(page.locator(".st-key-sizes table")).to_be_visible(timeout=30_000)
    return page


def choose(page, key, day):
    box = page.locator(f".st-key-{key} input")
    box.scroll_into_view_if_needed()
    expect(page.locator(CHART)).to_be_visible(
        timeout=30_000
    )  # a page that still grows closes lists
    page.wait_for_selector('[data-test-script-state="notRunning"]', timeout=30_000)
    box.fill(day)
    expect(page.get_by_role("option", name=day)).to_be_visible()
    box.press("Enter")


def test_two_other_days_change_the_table_the_picture_and_the_link(open_page):
    page = timeline(open_page)
    total = page.locator(".movement-table tfoot")
    expect(total).to_contain_text("+4,266")
    before = page.locator(".movement-map img").get_attribute("src")
    choose(page, "movement_since", "21 May 2026")
    choose(page, "movement_line", "21 Aug 2026")
    expect(total).to_contain_text("+7")
    expect(total).to_contain_text("cannot be told from no change")
    assert page.locator(".movement-map img").get_attribute("src") != before
    page.get_by_role("link", name="Show this on the map").click()
    page.wait_for_selector(".st-key-territory_map iframe")
    assert "since=2026-05-21" in page.url
    assert "line=2026-08-21" in page.url


def test_every_picture_is_drawn(open_page):
    page = timeline(open_page)
    pictures = page.locator(".movement-map img, .small-maps img, .curves img")
    expect(pictures).to_have_count(17)
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        assert picture.get_attribute("alt")
    expect(page.locator(CHART)).to_be_visible(timeout=30_000)


def test_links_lead_from_the_top_to_the_sections(open_page):
    page = timeline(open_page)
    page.get_by_role("link", name="How the line moved").click()
    expect(page.locator("#how-the-line-moved")).to_be_in_viewport()
    page.locator(".timeline-contents a").last.scroll_into_view_if_needed()
    page.get_by_role("link", name="What each date would have changed").click()
    expect(page.locator("#each-date")).to_be_in_viewport()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640)])
def test_on_a_phone_nothing_is_wider_than_the_page(open_page, width, height):
    page = timeline(open_page, width=width, height=height, has_touch=True)
    expect(page.locator(CHART)).to_be_visible(timeout=30_000)
    over = "(e) => e.scrollWidth - e.clientWidth"
    assert page.locator("html").evaluate(over) <= 0
    assert page.get_by_test_id("stMain").evaluate(over) <= 0
    edge = page.locator(".small-maps > figure").nth(1).bounding_box()
    assert edge["x"] + edge["width"] <= width
