"""From one plan to another, as a reader goes: picker, strip, plan page, back."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

DRAWN_FOR = """(plan) => window.parent.territoryView?.scene?.plan === plan
  && territoryMapInstance.scene?.plan === plan"""


def choose_plan(reader, typed, name):
    box = reader.page.locator(".st-key-plan_picker input")
    box.click()
    box.fill(typed)
    reader.page.get_by_role("option", name=name).click()


def test_another_plan_changes_the_zones_and_not_the_maps_place(open_page):
    reader = open_page("/?territory=UA-14&held_by=ukraine")
    reader.zoom_to("UA-14-ukraine")
    before = reader.camera()
    reader.mark_frame()
    choose_plan(reader, "24 points", "Europe 24 points")
    reader.frame.wait_for_function(DRAWN_FOR, arg="europe-24-point-2025-11")
    assert reader.paths("path.zone-left_open.territory-UA-14") == 2
    assert reader.paths("path.zone-ceded") == 0
    # A headline of another length leaves the map some pixels more or less; its centre stays.
    assert reader.camera() == pytest.approx(before, abs=3e-3)
    assert reader.frame_is_the_same()
    expect(reader.panel.locator(".panel-status")).to_contain_text("Left open")
    expect(reader.page.locator(".st-key-head .kicker")).to_contain_text("European 24-point plan")
    reader.page.go_back()
    reader.frame.wait_for_function(DRAWN_FOR, arg="us-28-point-2025-11")
    expect(reader.panel.locator(".panel-status")).to_contain_text("Demilitarized")


def test_the_picker_finds_plans_by_who_put_them_forward(open_page):
    reader = open_page("/")
    box = reader.page.locator(".st-key-plan_picker input")
    box.click()
    box.fill("russia 2024")
    expect(reader.page.get_by_role("option")).to_have_count(1)
    expect(reader.page.get_by_role("option")).to_contain_text("2024")


def test_the_strip_leads_to_the_same_land_under_another_plan(open_page):
    reader = open_page("/?territory=UA-65&held_by=ukraine")
    strip = reader.panel.locator("ol.fates li")
    expect(strip).to_have_count(14)
    expect(reader.panel.locator("li.current")).to_contain_text("28 points")
    reader.mark_frame()
    reader.panel.locator("ol.fates a", has_text="Jun 2024").click()
    expect(reader.panel.locator("li.current")).to_contain_text("Jun 2024")
    reader.expect_heading("Kherson Oblast, the part Ukraine holds")
    expect(reader.panel.locator(".panel-status")).to_contain_text("Ceded")
    reader.frame.wait_for_function(DRAWN_FOR, arg="russia-terms-2024-06")
    assert reader.frame_is_the_same()
    assert reader.errors == []


def test_a_towns_strip_leads_to_the_map(open_page):
    reader = open_page("/towns?town=Kramatorsk", ready=False)
    page = reader.page
    expect(page.locator(".st-key-town_result ol.fates li")).to_have_count(14, timeout=30_000)
    page.locator(".st-key-town_result ol.fates a", has_text="free zone").click()
    expect(page.locator(".st-key-head .kicker")).to_contain_text("free economic zone")
    reader.expect_heading("Donetsk Oblast, the part Ukraine holds")
    assert "plan=us-free-zone-2025-12" in page.url


def test_the_page_of_a_plan_leads_through_the_sequence(open_page):
    page = open_page("/plan", ready=False).page
    current = page.locator(".sequence li.current")
    expect(current).to_contain_text("US 28-point draft", timeout=30_000)
    page.locator(".sequence a", has_text="Istanbul").click()
    expect(current).to_contain_text("Istanbul")
    expect(page.locator(".st-key-plan_page")).to_contain_text("months later")
    assert "plan=istanbul-communique-2022-03" in page.url


def test_a_phone_shows_the_plans_name_and_nothing_overflows(open_page):
    reader = open_page("/?territory=UA-14&held_by=ukraine", width=390, height=844)
    box = reader.page.locator(".st-key-plan_picker").bounding_box()
    assert box is not None
    assert box["width"] > 300
    wide = "document.documentElement.scrollWidth <= window.innerWidth"
    assert reader.page.evaluate(wide)


def test_one_press_of_back_undoes_one_page(open_page):
    page = open_page("/?plan=e3-edit-2025-11", ready=False).page
    kicker = page.locator(".st-key-head .kicker")
    expect(kicker).to_contain_text("E3 edit", timeout=30_000)
    for name, path in (("Towns", "/towns"), ("Clauses", "/clauses")):
        page.get_by_role("link", name=name, exact=True).first.click()
        page.wait_for_url(f"**{path}?**")
        expect(kicker).to_contain_text("E3 edit")
    page.go_back()
    page.wait_for_url("**/towns?**")
    expect(kicker).to_contain_text("E3 edit")
    page.go_back()
    page.wait_for_url("**/?plan=e3-edit-2025-11**")
    expect(kicker).to_contain_text("E3 edit")


def test_a_link_to_another_page_is_one_step_too(open_page):
    page = open_page("/plan?plan=e3-edit-2025-11", ready=False).page
    expect(page.locator(".st-key-plan_page")).to_be_visible(timeout=30_000)
    page.locator('.st-key-plan_page a[data-go="clauses clause:21"]').click()
    page.wait_for_url("**/clauses?**clause=21**")
    page.go_back()
    page.wait_for_url("**/plan?plan=e3-edit-2025-11**")
    assert "clause=" not in page.url
