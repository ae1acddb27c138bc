"""A reader's page across the end of the replica that served it: nothing is lost, nothing to do."""

from __future__ import annotations

from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import expect

from deploy.local import replicas
from tests.browser.test_own import bring, feature, geojson
from tests.browser.test_write import KEPT, MARK, begin, field, put, wait_for_status

SECONDS = 30_000
"""Milliseconds within which a page has to be whole again on a machine that does much else."""


@pytest.fixture(scope="module")
def cluster():
    with replicas(2) as running:
        yield running


@pytest.fixture(scope="module")
def address(cluster):
    return cluster.address


@pytest.fixture(params=["killed", "drained"])
def end(request, cluster):
    """Ends the replica that a reader is with; gives back when the page is with another process."""
    cluster.wait_until_ready()

    def ended(reader) -> None:
        reader.page.evaluate("window.mark = 'never loaded anew'")
        session = reader.page.evaluate("window.ownPlanSession")
        index = replica_of(reader, cluster)
        process = cluster.pid(index)
        if request.param == "killed":
            cluster.kill(index)
        else:
            cluster.terminate(index)
        reader.page.wait_for_function(
            "(before) => window.ownPlanSession !== before", arg=session, timeout=SECONDS
        )
        settled(reader)
        # A killed one is soon started again in its place: what counts is that the process is new.
        assert cluster.pid(replica_of(reader, cluster)) != process
        assert reader.page.evaluate("window.mark") == "never loaded anew"

    return ended


def replica_of(reader, cluster) -> int:
    """The replica that has the reader's session, as nginx noted it in the browser."""
    cookies = reader.page.context.cookies()
    (port,) = [each["value"] for each in cookies if each["name"] == "territory_replica"]
    return cluster.ports.index(int(port))


def settled(reader) -> None:
    expect(reader.page.locator(".stApp")).to_have_attribute(
        "data-test-connection-state", "CONNECTED"
    )
    expect(reader.page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")


def seen(reader) -> dict[str, object]:
    """All that a reader has before their eyes on the map's page."""
    page = reader.page
    return {
        "link": parse_qs(urlparse(page.url).query),
        "language": page.evaluate("document.documentElement.lang"),
        "plan": page.locator(".st-key-plan_picker input").input_value(),
        "territory": page.locator(".st-key-territory_picker input").input_value(),
        "day": page.locator(".st-key-line_slider input").get_attribute("aria-valuetext"),
        "panel": reader.panel.inner_text(),
        "switches": [box.is_checked() for box in page.locator(".st-key-layer_toggles input").all()],
        "map": reader.drawn(),
        "camera": reader.camera(),
        "same map": reader.frame_is_the_same(),
    }


def unharmed(reader) -> None:
    assert reader.errors == []
    expect(reader.page.get_by_test_id("stException")).to_have_count(0)
    expect(reader.page.get_by_test_id("stDialog")).to_have_count(0)


def to_the_map(reader) -> None:
    reader.page.get_by_role("link", name="Map").first.click()
    reader.page.wait_for_url("**/?*")
    settled(reader)
    expect(reader.page.locator(".st-key-zone_table table")).to_be_visible()
    expect(reader.page.locator(".st-key-territory_map iframe")).to_be_visible()
    wait_for_status(reader, "UA-14-ukraine", "demilitarized")


def choose_plan(reader, title: str) -> None:
    box = reader.page.locator(".st-key-plan_picker input")
    box.fill(title)
    reader.page.get_by_role("option", name=title).first.click()


def test_all_that_a_reader_chose_on_the_map_outlives_the_replica(open_page, end):
    reader = open_page("/?lang=uk&line=2025-08-21")
    choose_plan(reader, "E3")
    reader.page.wait_for_url("**plan=e3-edit-2025-11**")
    reader.switch("ceded")
    reader.page.wait_for_url("**layers=**")
    reader.zoom_to("UA-14-ukraine")
    reader.click_zone("UA-14-ukraine")
    reader.page.wait_for_url("**territory=UA-14**")
    settled(reader)
    reader.mark_frame()
    before = seen(reader)

    end(reader)

    assert seen(reader) == before
    unharmed(reader)
    reader.click_zone("UA-14-russia")
    reader.page.wait_for_url("**held_by=russia**")
    expect(reader.panel).not_to_have_text(str(before["panel"]))
    reader.switch("ceded")
    reader.page.wait_for_function("() => !location.search.includes('layers=')")
    assert reader.frame_is_the_same()
    unharmed(reader)


def test_a_page_that_was_drawn_whole_and_left_alone_works_on(open_page, end):
    reader = open_page("/")
    settled(reader)
    end(reader)
    reader.click_zone("UA-14-ukraine")
    reader.page.wait_for_url("**territory=UA-14**")
    expect(reader.panel.locator("h2")).to_contain_text("Donetsk")
    unharmed(reader)


def test_an_own_plan_and_what_is_typed_of_it_outlive_the_replica(open_page, end):
    reader = begin(open_page)
    text = field(reader).input_value() + "\n# a word more\n"
    put(reader, text)
    reader.page.wait_for_function(
        "([name, text]) => localStorage.getItem(name)?.trim() === text.trim()", arg=[KEPT, text]
    )
    settled(reader)

    end(reader)

    expect(reader.page.locator(".st-key-head")).to_contain_text(MARK)
    expect(field(reader)).to_have_value(text)
    unharmed(reader)
    to_the_map(reader)
    assert parse_qs(urlparse(reader.page.url).query)["plan"] == ["own"]


def test_a_map_of_an_own_plan_is_not_drawn_anew(open_page, end):
    reader = begin(open_page)
    to_the_map(reader)
    reader.click_zone("UA-14-ukraine")
    reader.page.wait_for_url("**territory=UA-14**")
    reader.zoom_to("UA-14-ukraine")
    settled(reader)
    reader.mark_frame()
    before = seen(reader)

    end(reader)

    assert seen(reader) == before
    expect(reader.page.locator(".st-key-head")).to_contain_text(MARK)
    unharmed(reader)


def test_pinned_clauses_and_a_search_outlive_the_replica(open_page, end):
    reader = open_page("/clauses", ready=False)
    page = reader.page
    expect(page.locator("#clause-6")).to_be_visible()
    reader.wait_until_links_are_heard()
    page.locator("#clause-6").get_by_text("Pin", exact=True).click()
    pinned = page.locator(".pinned .clause-card")
    expect(pinned).to_have_count(1)
    page.locator("#clause-21d").get_by_text("Pin", exact=True).click()
    expect(pinned).to_have_count(2)
    settled(reader)
    before = pinned.all_inner_texts()

    end(reader)

    expect(pinned).to_have_count(2)
    assert pinned.all_inner_texts() == before
    pinned.first.get_by_text("Unpin", exact=True).click()
    expect(pinned).to_have_count(1)
    unharmed(reader)


def test_a_line_that_a_reader_brought_has_to_be_brought_again_and_is_said_so(open_page, end):
    reader = open_page("/?territory=UA-14&held_by=ukraine")
    bring(reader, "line_upload", "front.geojson", geojson(feature("russian_held")))
    reader.page.locator(".st-key-line_use button").click()
    reader.page.wait_for_url("**line=own**")
    settled(reader)

    end(reader)

    expect(reader.page.locator(".st-key-notice")).to_contain_text("“Your own line”")
    unharmed(reader)
    bring(reader, "line_upload", "front.geojson", geojson(feature("russian_held")))
    reader.page.locator(".st-key-line_use button").click()
    expect(reader.page.locator(".st-key-notice")).to_have_count(0)
    unharmed(reader)
