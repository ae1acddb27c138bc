"""The server is lost under an open page: the reader is told, and what they picked is not."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from deploy.local import replicas

SECONDS = 30_000
LOST = ".connection-lost"
NOTHING_IS_SENT = """() => { window.trulySend = WebSocket.prototype.send;
  WebSocket.prototype.send = () => {}; }"""
KHERSON = "Kherson Oblast, the part Russia holds"


@pytest.fixture(scope="module")
def cluster():
    with replicas(1) as running:
        yield running


@pytest.fixture(scope="module")
def address(cluster):
    return cluster.address


@pytest.fixture
def reader(open_page, cluster):
    """A reader with the map, at rest, and panels not at hand."""
    cluster.wait_until_ready()
    reader = open_page("/?territory=UA-14&held_by=ukraine")
    reader.wait_until_links_are_heard()
    reader.wait_until_it_rests()
    return reader


def wait_until_the_pick_is_heard(reader) -> None:
    reader.page.wait_for_url("**territory=UA-65**", timeout=SECONDS)
    expect(reader.panel.locator("h2")).to_have_text(KHERSON)
    expect(reader.page.locator(".st-key-territory_picker input")).to_have_value(KHERSON)
    assert reader.frame.evaluate(
        "[...document.querySelectorAll('path.zone.selected')].map((p) => p.dataset.zone)"
    ) == ["UA-65-russia"]
    expect(reader.page.locator(LOST)).to_have_count(0)
    assert reader.errors == []


def test_a_pick_while_the_server_is_gone_is_heard_when_it_is_back(reader, cluster):
    expect(reader.page.locator(LOST)).to_have_count(0)
    cluster.kill(0)
    reader.page.wait_for_selector(
        ".stApp:not([data-test-connection-state=CONNECTED])", timeout=SECONDS
    )
    reader.click_zone("UA-65-russia")
    wait_until_the_pick_is_heard(reader)


def test_a_pick_that_the_server_heard_no_more_is_said_again(reader, cluster):
    reader.page.evaluate(NOTHING_IS_SENT)
    reader.click_zone("UA-65-russia")
    reader.page.wait_for_timeout(500)
    assert "territory=UA-14" in reader.page.url
    reader.page.evaluate("() => { WebSocket.prototype.send = window.trulySend; }")
    cluster.kill(0)
    wait_until_the_pick_is_heard(reader)


def test_of_two_picks_the_last_one_counts(reader, cluster):
    cluster.kill(0)
    reader.page.wait_for_selector(
        ".stApp:not([data-test-connection-state=CONNECTED])", timeout=SECONDS
    )
    reader.click_zone("UA-63-russia")
    reader.page.wait_for_selector(".stApp[data-test-connection-state=CONNECTED]", timeout=SECONDS)
    reader.click_zone("UA-65-russia")
    reader.page.wait_for_timeout(3_000)
    wait_until_the_pick_is_heard(reader)


def test_a_lost_connection_is_told_in_the_pages_own_words_until_it_is_back(reader, cluster):
    reader.page.route("**/_stcore/**", lambda route: route.abort())
    cluster.kill(0)
    expect(reader.page.locator(LOST)).to_contain_text("goes on by itself")
    reader.page.wait_for_timeout(4_000)  # until then Streamlit's own dialog would have come
    expect(reader.page.get_by_role("dialog")).to_have_count(0)
    reader.click_zone("UA-65-russia")
    reader.page.unroute("**/_stcore/**")
    expect(reader.page.locator(LOST)).to_have_count(0, timeout=SECONDS)
    wait_until_the_pick_is_heard(reader)
