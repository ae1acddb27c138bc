"""Links: what they ask for is read, what they ask wrongly is noted, nothing in them can do harm."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.parts.link import read_view
from pages.parts.panel import render
from pages.parts.view import LAYERS, PARAMETERS, pick, with_line


def view_of(**parameters: str):
    return read_view({name: [value] for name, value in parameters.items()})


def test_an_empty_link_is_the_default_view_without_a_notice():
    view = read_view({})
    assert (view.plan.id, view.line) == ("us-28-point-2025-11", "2025-11-21")
    assert view.layers == LAYERS
    assert view.picked is None
    assert view.notices == ()


@pytest.mark.parametrize(
    ("parameters", "picked"),
    [
        ({"territory": "UA-14"}, "territory:UA-14"),
        ({"territory": "ua-14", "held_by": "ukraine"}, "zone:UA-14-ukraine"),
        ({"clause": "21(d)"}, "clause:21(d)"),
        ({"clause": "21D"}, "clause:21(d)"),
        ({"clause": " 21 "}, "clause:21"),
        ({"place": "zaporizhzhia-npp"}, "place:zaporizhzhia-npp"),
    ],
)
def test_a_selection_is_read_from_the_link(parameters, picked):
    view = view_of(**parameters)
    assert view.picked == picked
    assert view.notices == ()


def test_layers_are_read_and_none_of_them_is_possible():
    assert view_of(layers="ceded,frozen_line").layers == ("ceded", "frozen_line")
    assert view_of(layers="none").layers == ()


WRONG = {
    "unknown plan": ({"plan": "us-29-point"}, "There is no plan “us-29-point”"),
    "path as plan": ({"plan": "../../etc/passwd"}, "There is no plan “../../etc/passwd”"),
    "unknown line": ({"line": "2025-11-22"}, "There is no line of contact of “2025-11-22”"),
    "path as line": ({"line": "../plans"}, "There is no line of contact of “../plans”"),
    "unknown territory": ({"territory": "UA-99"}, "Did you mean UA-"),
    "markup as territory": ({"territory": "<img src=x onerror=alert(1)>"}, "is no territory"),
    "holder of nothing": ({"held_by": "ukraine"}, "names a holder but no territory"),
    "third holder": ({"territory": "UA-14", "held_by": "nato"}, "is no side"),
    "unknown clause": ({"clause": "29"}, "has no clause “29”"),
    "formula as clause": ({"clause": "21; DROP TABLE"}, "has no clause"),
    "unknown layer": ({"layers": "cedet"}, "Did you mean ceded"),
    "ten thousand layers": ({"layers": "a," * 10_000}, "There is no layer"),
    "unknown place": ({"place": "kremlin"}, "is no place"),
    "place and territory": (
        {"place": "dnipro", "territory": "UA-14"},
        "names a territory and a place",
    ),
    "unknown language": ({"lang": "xx"}, "is no lang"),
    "step too far": ({"step": "8"}, "There is no step “8”; the tour has 7 steps"),
    "step that is no number": ({"step": "٣"}, "There is no step"),
    "misspelt name": ({"teritory": "UA-14"}, "Did you mean territory"),
    "null byte": ({"territory": "UA-14\0"}, "is no territory"),
    "right to left": ({"clause": "\u202e12"}, "has no clause"),
    "very long": ({"territory": "U" * 10_000}, "is no territory"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_a_link_asks_wrongly_is_noted_and_left_at_its_default(name):
    parameters, words = WRONG[name]
    view = view_of(**parameters)
    assert any(words in text for text in view.notices), view.notices
    assert all(len(text) < 400 for text in view.notices)
    assert view.plan.id == "us-28-point-2025-11"
    assert view.line == "2025-11-21"


def test_a_parameter_given_twice_counts_once_and_is_noted():
    view = read_view({"territory": ["UA-14", "UA-09"]})
    assert view.territory == "UA-09"
    assert "more than once" in view.notices[0]


def test_tags_of_newsletters_are_none_of_ours():
    assert view_of(utm_source="mail", fbclid="x").notices == ()


def test_a_notice_is_shown_as_text():
    view = view_of(territory="<img src=x onerror=alert(1)>")
    html = render("notice.html", notices=view.notices)
    assert "<img" not in html
    assert "&lt;img" in html


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(PARAMETERS), st.lists(st.text(), max_size=3)))
def test_no_link_raises(parameters):
    view = read_view(parameters)
    assert set(view.layers) <= set(LAYERS)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=30))
def test_no_pick_raises_and_a_view_always_reopens_itself(picked):
    view = pick(read_view({}), picked)
    again = read_view({name: [value] for name, value in view.parameters().items()})
    assert again.picked == view.picked
    assert again.notices == ()


@pytest.mark.parametrize(
    "picked",
    ["zone:UA-14-ukraine", "territory:UA-14", "clause:21(d)", "place:dnipro", "zone:UA-05-ukraine"],
)
def test_a_picked_view_reopens_from_its_own_link(picked):
    view = pick(read_view({}), picked)
    assert view.picked == picked
    assert read_view({k: [v] for k, v in view.parameters().items()}).picked == picked


@pytest.mark.parametrize(
    ("link", "line", "since", "noted"),
    [
        ({"line": "2026-08-21", "since": "2024-11-21"}, "2026-08-21", "2024-11-21", False),
        ({"since": "2024-11-21"}, "2025-11-21", "2024-11-21", False),
        ({"line": "2025-11-21", "since": "2025-11-21"}, "2025-11-21", None, False),
        ({"since": "2024-11-22"}, "2025-11-21", None, True),
        ({"line": "own"}, "2025-11-21", None, True),
        ({"line": "own", "since": "2024-11-21"}, "2025-11-21", "2024-11-21", True),
    ],
)
def test_lines_and_what_they_are_compared_with(link, line, since, noted):
    view = read_view({name: [value] for name, value in link.items()})
    assert (view.line, view.since, bool(view.notices)) == (line, since, noted)


def test_an_own_line_is_looked_at_by_whoever_brought_one_and_compared_with_none():
    view = read_view({"line": ["own"], "since": ["2024-11-21"]}, has_own_line=True)
    assert (view.line, view.since, view.notices) == ("own", None, ())


@pytest.mark.parametrize(
    ("picked", "line", "since"),
    [
        ("line:2026-02-21", "2026-02-21", None),
        ("line:2026-02-22", "2025-11-21", None),
        ("since:2024-11-21,2026-08-21", "2026-08-21", "2024-11-21"),
        ("since:2026-08-21,2026-08-21", "2025-11-21", None),
        ("since:2026-08-21", "2025-11-21", None),
    ],
)
def test_picking_days_leads_off_the_tour(picked, line, since):
    view = pick(read_view({"step": ["2"]}), picked)
    assert (view.line, view.since, view.step) == (line, since, None)
    assert view.layers == LAYERS


def test_a_comparison_ends_where_both_days_would_be_one():
    view = read_view({"line": ["2026-08-21"], "since": ["2024-11-21"]})
    assert with_line(view, "2026-05-21").since == "2024-11-21"
    assert with_line(view, "2024-11-21").since is None
    assert with_line(view, "own").since is None
