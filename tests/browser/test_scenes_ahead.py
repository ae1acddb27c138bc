"""Another plan or day on the map before its script has said it, and never against what it says."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.test_lines import short, slider

OURS, RUSSIAS, EUROPES = "us-28-point-2025-11", "russia-terms-2024-06", "europe-24-point-2025-11"
TYPED = {RUSSIAS: "russia 2024", EUROPES: "24 points"}
# No plan's own, so that they stay with another plan.
LINE, EARLIER, EARLIEST = "2025-08-21", "2025-05-21", "2024-11-21"
SCENES = "**/ahead/*/scene/**"
HOLD = "() => { WebSocket.prototype.send = () => {}; }"
KEEP = """() => { const send = WebSocket.prototype.send; window.kept = [];
  WebSocket.prototype.send = function (data) { kept.push(() => send.call(this, data)); }; }"""
SHOWN = "() => [territoryMapInstance.scene.plan, territoryMapInstance.scene.shapes.key]"


@pytest.fixture
def opened(open_page):
    """Opens the map, at rest."""

    def at_rest(path=f"/?line={LINE}"):
        reader = open_page(path)
        reader.wait_until_links_are_heard()
        reader.wait_until_it_rests()
        return reader

    return at_rest


def held_scenes(reader) -> list:
    """The scenes that the page asks for from now on, none of which it gets yet."""
    held = []

    def hold(route):
        held.append(route)

    reader.page.route(SCENES, hold)
    return held


def choose(reader, plan: str) -> None:
    box = reader.page.locator(".st-key-plan_picker input")
    box.click()
    box.fill(TYPED[plan])
    reader.page.get_by_role("option").first.click()


def slide(reader, *keys: str) -> None:
    slider(reader).focus()
    for key in keys:
        reader.page.keyboard.press(key)


def wait_for(reader, plan: str, line: str) -> None:
    reader.frame.wait_for_function(
        f"(expected) => `${{({SHOWN})()}}` === `${{expected}}`", arg=[plan, line]
    )


def expect_in_the_end(reader, plan: str, line: str) -> None:
    """What link, head and map come to, once everything has been heard."""
    reader.page.wait_for_function(
        f"() => location.search.includes('plan={plan}') && location.search.includes('line={line}')"
    )
    reader.wait_until_it_rests()
    assert reader.frame.evaluate(SHOWN) == [plan, line]
    assert reader.page.evaluate("window.territoryAhead.awaited") is None


def test_another_plan_is_drawn_though_the_server_never_hears_of_it(opened):
    reader = opened()
    reader.page.evaluate(HOLD)
    before = reader.drawn()
    choose(reader, RUSSIAS)
    wait_for(reader, RUSSIAS, LINE)
    assert reader.drawn() != before
    wait_for(reader, OURS, LINE)  # the script has not confirmed it in five seconds
    assert reader.drawn() == before


def test_days_are_drawn_though_the_server_never_hears_of_them(opened):
    reader = opened()
    reader.page.evaluate(HOLD)
    slide(reader, "ArrowLeft")
    wait_for(reader, OURS, EARLIER)
    slide(reader, "ArrowLeft")
    wait_for(reader, OURS, EARLIEST)


def pressed_once(opened):
    """A reader whose words wait in the page; their first press is shown and not sent."""
    reader = opened()
    reader.page.evaluate(KEEP)
    slide(reader, "ArrowLeft")
    wait_for(reader, OURS, EARLIER)
    return reader


def test_a_day_on_its_way_outlives_the_scripts_word_of_one_before(opened):
    reader = pressed_once(opened)
    slide(reader, "ArrowLeft")
    wait_for(reader, OURS, EARLIEST)
    late = held_scenes(reader)
    slide(reader, "ArrowRight")
    reader.page.evaluate("kept.shift()()")  # the script hears of the first press only, and answers
    reader.page.wait_for_function(f"territoryAhead.awaited.said.shapes.key === '{EARLIER}'")
    for route in late:
        route.continue_()
    reader.page.wait_for_function(f"territoryAhead.awaited?.key.includes('{EARLIER}')")
    wait_for(reader, OURS, EARLIER)


def test_a_day_on_its_way_outlives_the_scripts_word_of_what_is_shown(opened):
    reader = pressed_once(opened)
    late = held_scenes(reader)
    slide(reader, "ArrowLeft")
    reader.page.evaluate("kept.shift()()")
    reader.page.wait_for_function("!territoryAhead.awaited")
    for route in late:
        route.continue_()
    wait_for(reader, OURS, EARLIEST)


def test_there_and_back_on_the_slider_ends_where_the_slider_is(opened):
    reader = opened(f"/?plan={OURS}&line={LINE}")
    slide(reader, "ArrowLeft", "ArrowLeft", "ArrowRight", "ArrowRight", "ArrowLeft")
    reader.wait_until_it_rests()
    reader.page.wait_for_function("!window.territoryAhead.awaited")
    expect_in_the_end(reader, OURS, EARLIER)
    expect(slider(reader)).to_have_attribute("aria-valuetext", short(EARLIER))


def test_a_plan_and_then_a_day_end_with_both(opened):
    reader = opened()
    choose(reader, EUROPES)
    slide(reader, "ArrowLeft")
    expect_in_the_end(reader, EUROPES, EARLIER)


def test_a_plan_and_then_a_link_to_a_third_end_with_the_third(opened):
    reader = opened(f"/?line={LINE}&territory=UA-14&held_by=ukraine")
    choose(reader, EUROPES)
    reader.panel.locator(f"a[data-pick^='plan:{RUSSIAS}/']").click()
    expect_in_the_end(reader, RUSSIAS, LINE)


def test_a_scene_that_comes_late_does_not_stand_against_the_script(opened):
    reader = opened(f"/?plan={OURS}&line={LINE}")
    late = held_scenes(reader)
    choose(reader, EUROPES)
    expect_in_the_end(reader, EUROPES, LINE)
    reader.page.go_back()
    expect_in_the_end(reader, OURS, LINE)
    for route in late:
        route.continue_()
    reader.page.wait_for_timeout(500)
    assert reader.frame.evaluate(SHOWN) == [OURS, LINE]


def test_typing_the_whole_name_of_a_plan_chooses_nothing(opened):
    reader = opened()
    asked = []
    reader.page.on("request", lambda request: asked.append(request.url))
    box = reader.page.locator(".st-key-plan_picker input")
    box.click()
    label = reader.page.evaluate("Object.keys(territoryView.plans.to)[1]")
    box.fill(label)
    reader.page.keyboard.press("Escape")
    reader.page.wait_for_timeout(300)
    assert not [url for url in asked if "/scene/" in url]
    assert reader.frame.evaluate(SHOWN) == [OURS, LINE]


def test_a_panel_of_the_plan_before_is_not_shown_on_the_map_of_the_next(opened):
    reader = opened(f"/?line={LINE}&territory=UA-43")
    with reader.page.expect_response("**/ahead/*/panels/**"):
        reader.page.locator(".st-key-territory_map iframe").hover(position={"x": 30, "y": 200})
    reader.page.evaluate(HOLD)
    choose(reader, RUSSIAS)
    wait_for(reader, RUSSIAS, LINE)
    heading = reader.heading
    reader.click_zone("UA-14-ukraine")
    reader.page.wait_for_timeout(300)
    assert reader.heading == heading
