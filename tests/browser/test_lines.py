"""Other days' lines of contact: the slider, the layers, what changed between two days."""

from __future__ import annotations

import datetime
import re

from playwright.sync_api import expect

from geo.line import line_dates
from geo.territories import territory_codes

DATES = line_dates()


def slider(reader):
    return reader.page.locator(".st-key-line_slider input[type=range]")


def short(date: str) -> str:
    return datetime.date.fromisoformat(date).strftime("%-d %b %Y")


def headline_km2(reader) -> int:
    return int(
        re.search(r"([\d,]+)\skm²", reader.page.locator("h1").inner_text())[1].replace(",", "")
    )


def line_drawn(reader) -> str:
    return reader.frame.evaluate("document.querySelector('.line-of-contact').getAttribute('d')")


def wait_for_other_line(reader, before: str) -> None:
    reader.frame.wait_for_function(
        "(d) => document.querySelector('.line-of-contact')?.getAttribute('d') !== d", arg=before
    )


def test_sliding_through_the_dates_moves_line_headline_and_link_and_not_the_map(open_page):
    reader = open_page(f"/?line={DATES[0]}")
    reader.mark_frame()
    reader.zoom_to("UA-14-ukraine")
    camera, sizes = reader.camera(), [headline_km2(reader)]
    slider(reader).focus()
    for date in DATES[1:]:
        before = line_drawn(reader)
        reader.page.keyboard.press("ArrowRight")
        expect(reader.page).to_have_url(re.compile(f"line={date}"))
        wait_for_other_line(reader, before)
        expect(reader.page.locator(".st-key-head .kicker")).to_contain_text(short(date))
        sizes.append(headline_km2(reader))
        assert reader.camera() == camera
    assert sizes == sorted(sizes, reverse=True), "the zone only became smaller on these dates"
    assert sizes[0] > 9000
    assert sizes[-1] < 5500
    assert reader.frame_is_the_same()
    assert reader.paths("path.zone") >= len(territory_codes())
    assert reader.errors == []


def test_the_plans_own_day_is_the_default_and_marked(open_page):
    reader = open_page()
    expect(slider(reader)).to_have_attribute("aria-valuetext", "21 Nov 2025")
    label = reader.page.locator(".st-key-line_slider [data-testid=stWidgetLabel]")
    expect(label).to_have_text("Line of contact (nearest to the plan: 21 Nov 2025)")


def test_the_band_is_a_layer_of_its_own(open_page):
    reader = open_page()
    assert reader.paths("path.line-band") == 1
    reader.switch("line_band")
    reader.frame.wait_for_function("!document.querySelector('path.line-band')")
    assert reader.paths("path.line-of-contact") == 1


def test_what_changed_between_two_days_is_drawn_and_told(open_page):
    reader = open_page(f"/?line={DATES[-1]}&since={DATES[0]}")
    reader.frame.wait_for_selector("path.line-gained", state="attached")
    told = reader.page.locator(".st-key-line_change")
    expect(told).to_contain_text("Russian-held on 21 August 2026 and not on 21 November 2024")
    slider(reader).focus()
    for _ in DATES[1:]:
        reader.page.keyboard.press("ArrowLeft")
    expect(told).to_have_count(0)
    reader.frame.wait_for_function("!document.querySelector('path.line-gained')")


def test_every_page_follows_the_line(open_page):
    reader = open_page(f"/?line={DATES[0]}&territory=UA-14&held_by=ukraine")
    expect(reader.panel).to_contain_text("by the line of 21 November 2024")
    reader.page.goto(f"{reader.address}/towns?line={DATES[0]}&town=Pokrovsk, Donetsk")
    answer = reader.page.locator(".st-key-town_result")
    expect(answer).to_contain_text("Ukraine held it on 21 November 2024")
    reader.page.goto(f"{reader.address}/towns?line={DATES[-1]}&town=Pokrovsk, Donetsk")
    expect(answer).to_contain_text("Russia held it on 21 August 2026")


SHOWN = "document.querySelector('.st-key-line_slider input').getAttribute('aria-valuetext')"


def test_another_plan_leads_the_slider_straight_to_its_day(open_page):
    reader = open_page()
    reader.wait_until_it_rests()
    reader.page.evaluate(
        f"""() => {{ window.shown = [{SHOWN}];
        new MutationObserver(() => window.shown.push({SHOWN})).observe(document.body,
          {{subtree: true, childList: true, attributeFilter: ["aria-valuetext"]}}); }}"""
    )
    box = reader.page.locator(".st-key-plan_picker input")
    box.fill("Anchorage")
    reader.page.get_by_role("option", name="Anchorage").first.click()
    reader.page.wait_for_url("**plan=russia-anchorage**")
    reader.wait_until_it_rests()
    seen = reader.page.evaluate("[...new Set(shown)]")
    assert seen == ["21 Nov 2025", "21 Aug 2025"]


def test_the_next_days_are_fetched_when_the_reader_comes_to_the_slider(open_page):
    reader = open_page(f"/?line={DATES[3]}")
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.wait_until_it_rests()
    assert not [url for url in asked if "/lines/" in url and DATES[4] in url]
    with reader.page.expect_request(re.compile(f"lines/{DATES[-1]}")):
        slider(reader).focus()
    days = [re.search(r"/lines/([\d-]+)", url)[1] for url in asked if "/lines/" in url]
    assert set(days) == {*DATES} - {DATES[3]}
    assert {*days[:2]} == {DATES[2], DATES[4]}, "the nearest ones first"
