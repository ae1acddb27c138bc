"""Limits as readers meet them: who is in reads on, who comes too late reads why."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.reader import Reader
from tests.test_health import process, wait_until_ready


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """The address of a dashboard with one place."""
    log = tmp_path_factory.mktemp("limits") / "log"
    with process(log, TERRITORY_SESSIONS="1") as (server, host):
        wait_until_ready(server, host)
        yield f"http://{host}"


def test_a_reader_too_many_reads_why_and_the_one_who_is_in_notices_nothing(browser, full):
    inside, outside = browser.new_context(locale="en-GB"), browser.new_context(locale="uk-UA")
    reader = Reader(inside.new_page(), full)
    reader.open("/")
    late = outside.new_page()
    answer = late.goto(full)
    assert answer is not None
    assert answer.status == 503
    expect(late.locator("p[lang=en]")).to_contain_text("Too many readers are here right now.")
    expect(late.locator("p[lang=uk]")).to_be_visible()
    expect(late.locator("p[lang=zh]")).to_be_visible()
    reader.click_zone("UA-14-ukraine")
    expect(reader.panel.locator("h2")).to_contain_text("Donetsk")
    reader.open("/")
    assert reader.errors == []
    inside.close()
    outside.close()
