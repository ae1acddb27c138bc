"""What a reader does quickly is all done, though each word of theirs is long on its way."""

from __future__ import annotations

import random
import re

import pytest
from playwright.sync_api import expect

from geo.line import line_dates
from tests.browser.test_lines import short, slider

DATES = line_dates()
LATE = """() => { const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) { setTimeout(() => send.call(this, data), 500); }; }"""
"""Every message of the page is half a second on its way: it carries what was true before."""


@pytest.fixture
def far_off(open_page):
    reader = open_page(f"/?line={DATES[0]}")
    reader.wait_until_it_rests()
    reader.page.evaluate(LATE)
    return reader


def picker(reader, key: str):
    return reader.page.locator(f".st-key-{key} input")


def choose(reader, key: str, option: str) -> None:
    picker(reader, key).click()
    reader.page.get_by_role("option", name=option).first.click()


def test_every_press_on_the_slider_counts(far_off):
    slider(far_off).focus()
    for _ in DATES[1:]:
        far_off.page.keyboard.press("ArrowRight")
        far_off.page.wait_for_timeout(250)
    expect(far_off.page).to_have_url(re.compile(f"line={DATES[-1]}"))
    far_off.wait_until_it_rests()
    expect(slider(far_off)).to_have_attribute("aria-valuetext", short(DATES[-1]))
    expect(picker(far_off, "line_picker")).to_have_value(short(DATES[-1]))
    expect(far_off.page).to_have_url(re.compile(f"line={DATES[-1]}"))


def test_a_plan_and_at_once_a_day_are_both_chosen(far_off):
    choose(far_off, "plan_picker", "E3 edit")
    choose(far_off, "line_picker", short(DATES[-1]))
    far_off.wait_until_it_rests()
    expect(far_off.page).to_have_url(re.compile(f"plan=e3-edit-2025-11&line={DATES[-1]}"))


def test_back_leads_to_a_link_that_was_just_left(far_off):
    slider(far_off).focus()
    far_off.page.keyboard.press("ArrowRight")
    expect(far_off.page).to_have_url(re.compile(f"line={DATES[1]}"))
    far_off.wait_until_it_rests()
    far_off.page.go_back()
    expect(slider(far_off)).to_have_attribute("aria-valuetext", short(DATES[0]))
    far_off.wait_until_it_rests()
    expect(far_off.page).to_have_url(re.compile(f"line={DATES[0]}"))
    expect(slider(far_off)).to_have_attribute("aria-valuetext", short(DATES[0]))


def test_many_quick_presses_end_on_one_day_everywhere(open_page):
    reader, chance = open_page("/"), random.Random(103)
    reader.wait_until_it_rests()
    slider(reader).focus()
    for _ in range(40):
        reader.page.keyboard.press(chance.choice(["ArrowLeft", "ArrowRight"]))
        reader.page.wait_for_timeout(chance.choice([0, 50, 100, 200, 300]))
    reader.wait_until_it_rests()
    day = slider(reader).get_attribute("aria-valuetext")
    (date,) = [date for date in DATES if short(date) == day]
    expect(reader.page).to_have_url(re.compile(f"line={date}"))
    expect(picker(reader, "line_picker")).to_have_value(day)
    reader.frame.wait_for_function(f"territoryMapInstance.scene.shapes.key === '{date}'")
    expect(reader.page.get_by_role("dialog")).to_have_count(0)
