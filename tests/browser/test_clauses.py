"""The page of clauses, the tour and the ways between pages, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


def clauses(open_page, query="", **options):
    reader = open_page(f"/clauses{query}", ready=False, **options)
    expect(reader.page.locator(".clause-card").first).to_be_visible(timeout=30_000)
    reader.wait_until_links_are_heard()
    return reader.page


def search(page, text):
    """Type as a reader does, without pressing Enter."""
    page.locator(".st-key-clause_search input").press_sequentially(text, delay=20)


def test_typing_finds_marks_and_ranks(open_page):
    page = clauses(open_page)
    search(page, "buffer")
    expect(page.locator(".clause-card").first).to_have_id("clause-21d")
    expect(page.locator(".clause-card mark").first).to_have_text("buffer")


def test_pinned_clauses_stay_while_the_search_goes_on(open_page):
    page = clauses(open_page)
    page.locator("#clause-6").get_by_text("Pin", exact=True).click()
    expect(page.locator(".pinned .clause-card")).to_have_count(1)
    search(page, "21d")
    expect(page.locator(".clause-card:not(.pinned *)").first).to_have_id("clause-21d")
    page.locator("#clause-21d").get_by_text("Pin", exact=True).click()
    expect(page.locator(".pinned .clause-card")).to_have_count(2)
    boxes = [card.bounding_box() for card in page.locator(".pinned .clause-card").all()]
    assert boxes[0]["y"] == pytest.approx(boxes[1]["y"], abs=2), "side by side"
    page.locator(".pinned .clause-card").first.get_by_text("Unpin").click()
    expect(page.locator(".pinned .clause-card")).to_have_count(1)


def test_a_citation_can_be_copied_in_three_forms(open_page):
    page = clauses(open_page, "?clause=21d", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#clause-21d").get_by_text("Cite").click()
    expect(page.locator("#clause-21d pre")).to_have_count(3)
    page.locator('a[data-copy="clause-21d-bibtex"]').click()
    expect(page.locator('a[data-copy="clause-21d-bibtex"]')).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("@misc{us-28-point-2025-11-21d,")
    assert "/clauses?plan=us-28-point-2025-11" in copied


def test_a_link_to_a_clause_shows_it(open_page):
    page = clauses(open_page, "?clause=21d")
    card = page.locator("#clause-21d")
    expect(card).to_have_class("clause-card marked")
    expect(card.locator("h3")).to_be_in_viewport()


def test_the_small_map_leads_to_the_map_at_that_clause(open_page):
    reader = open_page("/clauses?clause=21d&line=2025-11-21", ready=False)
    page = reader.page
    picture = page.locator("#clause-21d .minimap img")
    expect(picture).to_be_visible(timeout=30_000)
    assert picture.evaluate("image => image.naturalWidth") > 50
    reader.wait_until_links_are_heard()
    page.evaluate("window.mark = 'not loaded anew'")
    picture.click()
    expect(reader.panel.locator("h2")).to_have_text("Withdrawal zone in Donetsk", timeout=20_000)
    assert page.evaluate("window.mark") == "not loaded anew"
    assert "clause=21" in page.url
    reader.frame.wait_for_selector("path.zone-demilitarized.selected", state="attached")
    page.go_back()
    expect(page.locator("#clause-21d")).to_be_visible(timeout=20_000)


def test_the_tour_leads_the_map_through_seven_steps(open_page):
    reader = open_page("/")
    reader.panel.get_by_text("Take the tour").click()
    for number in range(1, 8):
        expect(reader.panel.locator(".sureness")).to_have_text(f"Step {number} of 7")
        if number < 7:
            before = reader.camera()
            reader.panel.get_by_text("Next step").click()
            expect(reader.panel.locator(".sureness")).to_have_text(f"Step {number + 1} of 7")
            reader.frame.wait_for_function(
                "(before) => { const m = territoryMapInstance.map, c = m.getCenter();"
                " return m.getZoom() !== before[0] || c.lat !== before[1]; }",
                arg=before,
            )
    reader.panel.get_by_text("End the tour").click()
    reader.expect_heading("Click any piece of land")
    assert "layers=" not in reader.page.url


def test_on_a_phone_every_page_is_a_tap_away(open_page):
    reader = open_page("/", width=390, height=844)
    page = reader.page
    page.locator(".st-key-phone_navigation").get_by_text("Background").click()
    expect(page.locator(".told").first).to_be_visible(timeout=20_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
