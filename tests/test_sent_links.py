"""A message of the browser that carries a link left since means the one that it was sent to."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pages.parts import sent_links
from pages.parts.sent_links import UNDERWAY_S, SentLinks

FIRST, SECOND, THIRD = ({"line": [day]} for day in ("2024-11-21", "2025-05-21", "2025-08-21"))


def hears(links, link, page="map", from_history=False):
    return links.hear(link, page, from_history)


@pytest.fixture
def clock(monkeypatch):
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(sent_links.time, "monotonic", lambda: clock.now)
    return clock


@pytest.fixture
def links(clock):
    """A reader who opened the first link and was sent to the third by the second."""
    links = SentLinks()
    assert hears(links, FIRST) == FIRST
    links.send(SECOND)
    links.send(THIRD)
    return links


@pytest.mark.parametrize("late", [FIRST, SECOND])
def test_a_link_left_just_now_means_the_one_sent_last(links, late):
    assert hears(links, late) == THIRD
    assert hears(links, THIRD) == THIRD


def test_whoever_goes_back_means_the_link_that_is_gone_back_to(links):
    assert hears(links, SECOND, from_history=True) == SECOND
    assert hears(links, THIRD, from_history=True) == THIRD


def test_another_link_is_followed(links):
    other = {"plan": ["e3-edit-2025-11"]}
    assert hears(links, other) == other


def test_the_same_link_on_another_page_is_meant(links):
    assert hears(links, FIRST, "ledger") == FIRST


def test_a_link_left_long_ago_is_meant(links, clock):
    clock.now += UNDERWAY_S
    assert hears(links, FIRST) == FIRST


def test_links_left_long_ago_are_not_kept(links, clock):
    for _ in range(5):
        clock.now += UNDERWAY_S
        links.send(SECOND)
    assert len(links.left) == 1
