"""The stop-watch of the benchmarks, in a real Chromium on the peer that asks no server."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

from benchmarks import browser as benchmarks
from benchmarks.servers import started
from benchmarks.targets import CLICKED, TARGETS

STATIC = TARGETS["static"]
SOON = "(page) => page.soon"


@pytest.fixture(scope="module")
def address():
    with started(STATIC) as served:
        yield served.address


@pytest.fixture
def visit(browser, address):
    with benchmarks.reader(browser) as context:
        visit = benchmarks.Visit(context, STATIC, address)
        assert set(visit.open()) == {"map", "panel", "territory"}
        yield visit


def listeners(visit) -> int:
    devtools = visit.page.context.new_cdp_session(visit.page)
    devtools.send("Performance.enable")
    devtools.send("HeapProfiler.collectGarbage")
    counted = devtools.send("Performance.getMetrics")["metrics"]
    devtools.detach()
    return next(each["value"] for each in counted if each["name"] == "JSEventListeners")


def test_clicks_and_switches_are_timed_to_what_they_show(visit):
    for code in CLICKED[:2]:
        found = visit.click(code)["clause"]
        assert found["ms"] > 0
        assert found["frames"] >= 1
    assert visit.switch(on=False) > 0
    assert visit.switch(on=True) > 0


def test_what_is_shown_already_is_no_answer(visit):
    visit.click(CLICKED[0])
    with pytest.raises(Error, match="clause already shown before the event"):
        visit.begin("click", {"clause": STATIC.shows(CLICKED[0])})


def test_what_is_shown_before_the_event_is_no_answer(visit):
    visit.begin("keydown", {"soon": SOON})
    visit.page.evaluate("document.soon = true")
    visit.page.evaluate("bench.frames(2)")
    visit.page.keyboard.press("a")
    with pytest.raises(Error, match="soon already shown before the event"):
        visit.ends()


def test_a_test_that_fails_is_told(visit):
    visit.begin("keydown", {"soon": SOON, "broken": "(page) => page.soon && page.none.what"})
    visit.page.keyboard.press("a")
    visit.page.evaluate("document.soon = true")
    with pytest.raises(Error, match="the test of broken failed"):
        visit.ends()


def test_the_stop_watch_leaves_no_listeners(visit):
    visit.click(CLICKED[0])
    before = listeners(visit)
    for code in CLICKED[1:5]:
        visit.begin("click", {"never": "() => false"})
        visit.click(code)
    assert listeners(visit) == before
