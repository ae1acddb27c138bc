"""What the map does when answers are slow, lost or late, and when its window changes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

SCENE = "parent.territoryView.scene"
ASK = (
    f"(name) => {{ {SCENE} = {{ ...{SCENE}, shapes: {{ ...{SCENE}.shapes, key: name, zones: name }}"
    " }; parent.dispatchEvent(new CustomEvent('territory-view')); }"
)
DRAWN = "territoryMapInstance.scene.shapes.key"


@pytest.fixture
def late(open_page):
    """A reader whose server has two more scenes: one comes late, one at once."""
    reader = open_page()
    built = reader.frame.evaluate(SCENE)["shapes"]["zones"]
    held = []

    def answer(route):
        name = "late" if "late" in route.request.url else "prompt"
        address = route.request.url.replace(f"zones/{name}", built)
        respond = lambda: route.fulfill(response=route.fetch(url=address))  # noqa: E731
        held.append(respond) if name == "late" else respond()

    reader.page.context.route("**/zones/late.*", answer)
    reader.page.context.route("**/zones/prompt.*", answer)
    return reader, held


def test_of_two_scenes_the_one_that_was_asked_for_last_stays(late):
    reader, held = late
    reader.frame.evaluate(ASK, "zones/late")
    reader.page.wait_for_timeout(200)
    reader.frame.evaluate(ASK, "zones/prompt")
    reader.frame.wait_for_function(f"{DRAWN} === 'zones/prompt'")
    for respond in held:
        respond()
    reader.page.wait_for_timeout(500)
    assert reader.frame.evaluate(DRAWN) == "zones/prompt"
    assert reader.paths("path.zone") == 35


def test_another_scene_near_by_is_drawn_with_its_true_outlines(late):
    reader, _ = late
    reader.zoom_to("UA-14-ukraine")
    vertices = "territoryMapInstance.zones.get('UA-14-ukraine').layer.getLatLngs().flat(9).length"
    true_outline = reader.frame.evaluate(vertices)
    reader.frame.evaluate(ASK, "zones/prompt")
    reader.frame.wait_for_function(f"{DRAWN} === 'zones/prompt'")
    reader.frame.wait_for_function("territoryMapInstance.level === 'detail'")
    assert reader.frame.evaluate(vertices) == true_outline


def test_zooming_in_and_out_while_outlines_load_ends_with_the_coarse_ones(open_page):
    reader = open_page()
    requests = []

    def hold(route):
        requests.append(route)

    reader.page.context.route("**/territories.geojson*", hold)
    reader.frame.evaluate("void territoryMapInstance.map.setZoom(8, {animate: false})")
    reader.page.wait_for_timeout(300)
    reader.frame.evaluate("void territoryMapInstance.map.setZoom(6, {animate: false})")
    for route in requests:
        route.continue_()
    reader.page.wait_for_timeout(800)
    assert requests
    assert reader.frame.evaluate("territoryMapInstance.level") == "overview"


def test_a_file_that_is_lost_is_told_and_asked_for_again(late):
    reader, _ = late
    reader.page.context.route("**/zones/lost.*", lambda route: route.abort())
    reader.frame.evaluate(ASK, "zones/lost")
    expect(reader.frame.locator(".map-error")).to_contain_text("could not be drawn")
    reader.frame.evaluate(ASK, "zones/prompt")
    reader.frame.wait_for_function(f"{DRAWN} === 'zones/prompt'")
    expect(reader.frame.locator(".map-error")).to_have_count(0)


def test_a_file_that_is_lost_late_does_not_stop_the_scene_asked_for_after_it(open_page):
    reader = open_page()
    built = reader.frame.evaluate(SCENE)["shapes"]["zones"]
    lost, slow = [], []

    def hold(route):
        (lost if "lost" in route.request.url else slow).append(route)

    reader.page.context.route("**/zones/lost.*", hold)
    reader.page.context.route("**/zones/next.*", hold)
    reader.frame.evaluate(ASK, "zones/lost")
    reader.frame.evaluate(ASK, "zones/next")
    reader.page.wait_for_timeout(300)
    for route in lost:
        route.abort()
    reader.page.wait_for_timeout(300)
    for route in slow:
        address = route.request.url.replace("zones/next", built)
        route.fulfill(response=route.fetch(url=address))
    reader.frame.wait_for_function(f"{DRAWN} === 'zones/next'")


def test_a_narrow_window_and_a_wide_one_again_show_the_whole_country_again(open_page):
    reader = open_page()
    before = reader.camera()
    reader.page.set_viewport_size({"width": 360, "height": 700})
    reader.page.wait_for_timeout(600)
    reader.page.set_viewport_size({"width": 1400, "height": 900})
    reader.page.wait_for_timeout(600)
    assert reader.camera() == pytest.approx(before, abs=0.3)


def test_words_about_a_layer_that_is_off_are_not_shown(open_page):
    reader = open_page()
    reader.zoom_to("UA-14-ukraine")
    label = reader.frame.locator(".label-zone").first
    expect(label).to_be_visible()
    reader.switch("demilitarized")
    expect(label).to_be_hidden()


def test_only_what_can_be_picked_is_reached_with_the_tab_key(open_page):
    reader = open_page()
    stops = reader.frame.evaluate(
        """() => [...document.querySelectorAll('path[tabindex], .site')]
        .filter((e) => e.tabIndex >= 0)
        .map((e) => [e.getAttribute('role'), e.getAttribute('aria-label')])"""
    )
    assert len(stops) == 14 + 2  # zones with a status, the plant, the Dnipro
    assert all(role == "button" and name for role, name in stops)
    others = reader.frame.evaluate(
        "document.querySelectorAll('path.leaflet-interactive:not([tabindex])').length"
    )
    assert others == 0


def test_a_new_selection_is_read_from_its_top(open_page):
    reader = open_page("/?territory=UA-14&held_by=ukraine")
    reader.panel.evaluate("(panel) => { panel.scrollTop = 400; }")
    reader.click_zone("UA-43-russia")
    reader.expect_heading("Autonomous Republic of Crimea")
    assert reader.panel.evaluate("(panel) => panel.scrollTop") == 0


def test_on_a_phone_a_tap_brings_the_panel_into_sight(open_page):
    reader = open_page(width=390, height=844, has_touch=True)
    reader.click_zone("UA-43-russia")
    reader.expect_heading("Autonomous Republic of Crimea")
    reader.page.wait_for_timeout(900)
    assert reader.panel.locator("h2").bounding_box()["y"] < 844 * 0.8


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_switch_has_the_colour_of_its_layer(open_page, scheme):
    reader = open_page(color_scheme=scheme)
    for status in ("ceded", "demilitarized", "frozen_line", "relinquished", "unaffected"):
        box = reader.page.locator(f".st-key-layer_{status} label > div:nth-child(2)")
        swatch = box.evaluate("(e) => getComputedStyle(e).backgroundColor")
        zone = reader.frame.evaluate(
            """(status) => { const probe = document.createElement('div');
            probe.style.color = `var(--${status}-fill)`; document.body.append(probe);
            const colour = getComputedStyle(probe).color; probe.remove(); return colour; }""",
            status,
        )
        assert swatch == zone, status
        reader.switch(status)
        expect(reader.page.locator(f".st-key-layer_{status} input")).not_to_be_checked()
        if status != "unaffected":
            expect(box).not_to_have_css("background-color", zone)
