"""Two plans side by side as a reader compares them: two maps that move, mark and pick as one."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.reader import POINT_ON_PATH

SIDES = ("left", "right")
CAMERA = (
    "(() => { const m = territoryMapInstance.map, c = m.getCenter();"
    " return [m.getZoom(), c.lat, c.lng]; })()"
)
STILL = (
    "!territoryMapInstance.map._animatingZoom && !territoryMapInstance.map._panAnim?._inProgress"
)
DRAWN = "territoryMapInstance.ready && territoryMapInstance.scene.plan"


class Pair:
    """One reader with the page of two maps open."""

    def __init__(self, reader):
        self.page, self.errors = reader.page, reader.errors
        self.reader = reader
        for side in SIDES:
            self.frame(side).wait_for_selector("path.zone", state="attached", timeout=30_000)
        expect(self.page.locator(".st-key-compare_result h2")).to_be_visible(timeout=30_000)

    def frame(self, side):
        element = self.page.wait_for_selector(f".st-key-{side}_map iframe", timeout=30_000)
        return element.content_frame()

    def box(self, side):
        return self.page.locator(f".st-key-{side}_map iframe").bounding_box()

    def cameras(self):
        for side in SIDES:
            self.frame(side).wait_for_function(STILL)
        self.page.wait_for_timeout(150)
        return [self.frame(side).evaluate(CAMERA) for side in SIDES]

    def expect_one_camera(self):
        """Both maps' one camera; where the machine is busy, one follows the other later."""
        for _ in range(30):
            left, right = self.cameras()
            if left == pytest.approx(right, abs=1e-6):
                break
        assert left == pytest.approx(right, abs=1e-6)
        return left

    def point(self, side, x=0.5, y=0.5):
        box = self.box(side)
        return box["x"] + box["width"] * x, box["y"] + box["height"] * y

    def wheel(self, side, by):
        self.page.mouse.move(*self.point(side, 0.7, 0.6))
        self.page.mouse.wheel(0, by)
        self.page.wait_for_timeout(500)

    def drag(self, side, dx, dy):
        x, y = self.point(side)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        for step in range(1, 6):
            self.page.mouse.move(x + dx * step / 5, y + dy * step / 5)
        self.page.wait_for_timeout(120)
        self.page.mouse.up()

    def click_zone(self, side, zone):
        x, y = self.frame(side).evaluate(POINT_ON_PATH, zone)
        box = self.box(side)
        self.page.mouse.click(box["x"] + x, box["y"] + y)

    def selected(self, side):
        return self.frame(side).evaluate(
            "[...document.querySelectorAll('path.zone.selected')].map((p) => p.dataset.zone)"
        )

    def choose(self, key, text):
        self.page.locator(f".st-key-{key} input").click()
        self.page.get_by_role("option", name=text).first.click()

    def wait_for_plan(self, side, plan):
        self.frame(side).wait_for_function(f"({DRAWN}) === '{plan}'")


@pytest.fixture
def open_pair(open_page):
    def opened(path="/compare", **options):
        reader = open_page(path, ready=False, **options)
        return Pair(reader)

    return opened


def test_the_draft_of_28_points_stands_beside_the_plan_that_came_next(open_pair):
    pair = open_pair()
    pair.wait_for_plan("left", "us-28-point-2025-11")
    pair.wait_for_plan("right", "e3-edit-2025-11")
    assert pair.frame("right").evaluate("document.querySelectorAll('path.zone-ceded').length") == 0
    assert pair.frame("left").evaluate("document.querySelectorAll('path.zone-ceded').length") > 0
    assert pair.errors == []


@pytest.mark.parametrize("side", SIDES)
def test_wheel_and_drag_on_either_map_move_both(open_pair, side):
    pair = open_pair()
    start = pair.expect_one_camera()
    pair.wheel(side, -400)
    nearer = pair.expect_one_camera()
    assert nearer[0] > start[0]
    pair.drag(side, -90, 40)
    moved = pair.expect_one_camera()
    assert moved[0] == nearer[0]
    assert moved[1:] != nearer[1:]
    other = SIDES[1 - SIDES.index(side)]
    pair.wheel(other, -200)
    assert pair.expect_one_camera()[0] > moved[0]


FIT = "queueMicrotask(() => territoryMapInstance.fit())"
"""What a frame that gets another size does, as soon as what runs now has ended."""

IN_MID_MOVE = {
    "before a zoom": f"map.getContainer().addEventListener('wheel', () => {FIT}, {{once: true}})",
    "in mid-zoom": f"map.once('zoomanim', () => {FIT})",
    "in mid-glide": "const {lng} = map.getCenter(); map.on('move', function glides() {"
    f" if (map.getCenter().lng === lng) return; map.off('move', glides); {FIT}; }})",
}


@pytest.mark.parametrize("when", IN_MID_MOVE)
def test_a_frame_that_gets_another_size_meanwhile_does_not_part_the_maps(open_pair, when):
    pair = open_pair()
    start = pair.expect_one_camera()
    pair.frame("left").evaluate(
        f"(() => {{ const {{map}} = territoryMapInstance; {IN_MID_MOVE[when]}; }})()"
    )
    if when == "in mid-glide":
        pair.frame("left").focus(".leaflet-container")
        pair.page.keyboard.press("ArrowRight")
    else:
        pair.wheel("left", -400)
        assert pair.expect_one_camera()[0] > start[0]
    moved = pair.expect_one_camera()
    assert moved != start
    for side in SIDES:
        pair.frame(side).evaluate(FIT)
        assert pair.expect_one_camera() == pytest.approx(moved, abs=1e-6)


def test_the_button_for_the_whole_country_is_heard_in_mid_zoom(open_pair):
    pair = open_pair()
    start = pair.expect_one_camera()
    pair.frame("left").evaluate(
        """void territoryMapInstance.map.once("zoomanim", () => queueMicrotask(() =>
        document.querySelector(".whole-country").click()))"""
    )
    pair.wheel("left", -400)
    assert pair.expect_one_camera() == pytest.approx(start, abs=0.05)
    for side in SIDES:
        pair.frame(side).evaluate(FIT)
    assert pair.expect_one_camera() == pytest.approx(start, abs=0.05)


def test_while_one_map_is_dragged_the_other_goes_along(open_pair):
    pair = open_pair()
    x, y = pair.point("left")
    pair.page.mouse.move(x, y)
    pair.page.mouse.down()
    pair.page.mouse.move(x - 60, y, steps=4)
    left, right = (pair.frame(side).evaluate(CAMERA) for side in SIDES)
    pair.page.mouse.up()
    assert left[2] == pytest.approx(right[2], abs=0.05)


def test_the_button_for_the_whole_country_leads_both_back(open_pair):
    pair = open_pair()
    start = pair.expect_one_camera()
    pair.wheel("left", -400)
    pair.frame("right").click(".whole-country")
    assert pair.expect_one_camera() == pytest.approx(start, abs=0.05)


def test_a_click_selects_on_both_and_stands_in_the_link(open_pair):
    pair = open_pair()
    camera = pair.expect_one_camera()
    pair.click_zone("right", "UA-09-russia")
    card = pair.page.locator(".st-key-compare_selected h3")
    expect(card).to_contain_text("Luhansk Oblast, the part Russia holds")
    assert pair.selected("left") == pair.selected("right") == ["UA-09-russia"]
    assert "territory=UA-09" in pair.page.url
    assert "held_by=russia" in pair.page.url
    row = pair.page.locator("table.compare tr.chosen th")
    expect(row).to_contain_text("Luhansk Oblast, the part Russia holds")
    assert pair.expect_one_camera() == camera


def test_hovering_marks_the_same_land_on_the_other_map(open_pair):
    pair = open_pair()
    x, y = pair.frame("left").evaluate(POINT_ON_PATH, "UA-09-russia")
    box = pair.box("left")
    pair.page.mouse.move(box["x"] + x, box["y"] + y)
    edge = "territoryMapInstance.hover.getLatLngs().flat(9).length > 0"
    pair.frame("right").wait_for_function(edge)


def test_the_switch_washes_out_what_both_say_the_same_of(open_pair):
    pair = open_pair()
    same = "[...document.querySelectorAll('path.zone-same')].map((p) => p.dataset.zone)"
    assert pair.frame("left").evaluate(same) == []
    pair.page.locator(".st-key-compare_only label").click()
    for side in SIDES:
        pair.frame(side).wait_for_selector("path.zone-same", state="attached")
        washed = pair.frame(side).evaluate(same)
        assert "UA-46-ukraine" in washed
        assert not {"UA-14-ukraine", "UA-43-russia", "UA-63-russia"} & set(washed)
    pair.page.locator(".st-key-compare_only label").click()
    for side in SIDES:
        pair.frame(side).wait_for_function("!document.querySelector('path.zone-same')")


def test_another_plan_on_the_right_keeps_frames_and_camera(open_pair):
    pair = open_pair()
    pair.wheel("left", -300)
    camera = pair.expect_one_camera()
    for side in SIDES:
        pair.frame(side).evaluate("window.mark = 'the same document'")
    pair.choose("compare_right_plan", "Russia memorandum")
    pair.wait_for_plan("right", "russia-memorandum-2025-06")
    assert "beside=russia-memorandum-2025-06" in pair.page.url
    pair.wait_for_plan("left", "us-28-point-2025-11")
    for side in SIDES:
        assert pair.frame(side).evaluate("window.mark") == "the same document"
    assert pair.expect_one_camera() == camera


def test_the_left_picker_is_the_plan_of_the_whole_page(open_pair):
    pair = open_pair("/compare?beside=e3-edit-2025-11")
    pair.choose("compare_left_plan", "US final offer")
    pair.wait_for_plan("left", "us-final-offer-2025-04")
    assert "plan=us-final-offer-2025-04" in pair.page.url
    expect(pair.page.locator(".st-key-plan_picker input")).to_have_value(
        re.compile("US final offer")
    )
    pair.wait_for_plan("right", "e3-edit-2025-11")


def test_one_plan_on_two_dates_shows_the_ground_between_the_lines_on_both_maps(open_pair):
    pair = open_pair("/compare?beside=us-28-point-2025-11&beside_line=2026-08-21")
    for side in SIDES:
        pair.frame(side).wait_for_selector(".line-gained", state="attached")
    result = pair.page.locator(".st-key-compare_result")
    expect(result).to_contain_text("ground held by Ukraine on the left and by Russia on the right")
    expect(result).to_contain_text("Between two lines no range has been measured.")


def test_back_leads_to_the_plan_that_was_beside_before(open_pair):
    pair = open_pair()
    pair.choose("compare_right_plan", "Russia memorandum")
    pair.wait_for_plan("right", "russia-memorandum-2025-06")
    pair.page.go_back()
    pair.wait_for_plan("right", "e3-edit-2025-11")
    assert pair.errors == []


def test_on_a_phone_the_maps_stack_and_nothing_overflows(open_pair):
    pair = open_pair(width=390, height=844, has_touch=True)
    left, right = pair.box("left"), pair.box("right")
    assert right["y"] > left["y"] + left["height"]
    assert left["height"] == pytest.approx(0.38 * 844, abs=2)
    pickers = pair.page.locator(".st-key-compare_right_plan").bounding_box()
    assert left["y"] + left["height"] <= pickers["y"] < right["y"]
    overflow = pair.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0
