"""The page of clauses without a browser: what is found, filtered, pinned and cited."""

from __future__ import annotations

import json

import pytest

from geo.citation import cite
from geo.division import load_division
from geo.minimap import minimap
from geo.plan import DEFAULT_PLAN, load_plan
from tests.test_pages import opened, texts

PLAN = load_plan(DEFAULT_PLAN)


def clauses_page(**parameters: str):
    app = opened(**parameters).switch_page("pages/clauses.py").run()
    assert not app.exception
    return app


def cards(app) -> list[str]:
    """The ids of the clauses that are shown, in their order."""
    body = texts(app)
    return [
        part.split('"', 1)[0]
        for part in body.split('<article class="clause-card')[1:]
        for part in part.split('id="clause-')[1:2]
    ]


def test_every_point_and_part_is_there_with_its_sources():
    app = clauses_page()
    assert len(cards(app)) == len(PLAN.clauses)
    assert texts(app).count('class="sources"') >= len(PLAN.clauses)


@pytest.mark.parametrize("lang", ["en", "uk", "zh"])
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        *[("600,000", "6"), ("600 000", "6"), ("21(d)", "21d"), ("21d", "21d"), ("buffer", "21d")],
        *[("буферна", "21d"), ("буферную", "21d"), ("缓冲区", "21d"), ("amnesti", "26")],
        *[("ZNPP", "19"), ("nuclear plant", "19"), ("ЗАЕС", "19"), ("扎波罗热", "19")],
    ],
)
def test_the_right_point_comes_first_in_every_language(typed, first, lang):
    app = clauses_page(lang=lang)
    app.text_input(key="clause_search").input(typed).run()
    assert not app.exception
    assert cards(app)[0] == first


def test_what_was_typed_wrongly_is_said_and_marked():
    app = clauses_page()
    app.text_input(key="clause_search").input("amnsety").run()
    assert "“amnsety” read as “amnesty”" in texts(app)
    assert "<mark>amnesty</mark>" in texts(app)


def test_nothing_found_says_what_was_searched_and_the_nearest():
    app = clauses_page()
    app.text_input(key="clause_search").input("zzqqxx").run()
    assert not app.exception
    assert cards(app) == []
    assert "No clause of this plan has that" in texts(app)


@pytest.mark.parametrize(
    "typed",
    [
        "<img src=x onerror=alert(1)>",
        "a" * 10_000,
        '" OR 1=1; DROP TABLE x --',
        "NEAR(a b)*^:",
        "\u202eabc\x00",
    ],
)
def test_hostile_text_finds_something_or_nothing_and_is_never_markup(typed):
    app = clauses_page()
    app.text_input(key="clause_search").input(typed).run()
    assert not app.exception
    assert "<img src=x" not in texts(app)


def test_switches_narrow_what_is_found():
    app = clauses_page()
    app.pills(key="clause_topic").select("territory").run()
    assert cards(app) == ["21", "21a", "21b", "21c", "21d", "22"]
    app.pills(key="clause_confidence").select("text-only").run()
    assert cards(app) == ["22"]


def test_a_link_marks_its_clause():
    body = texts(clauses_page(clause="21d"))
    assert 'class="clause-card marked" id="clause-21d"' in body


def test_a_link_carries_a_search():
    assert cards(clauses_page(q="amnesty"))[0] == "26"


def test_points_without_land_say_so():
    body = texts(clauses_page())
    assert "Names no territory" in body
    assert "Applies to the whole of Ukraine" in body


def test_what_the_text_leaves_open_is_asked_with_its_clause():
    body = texts(clauses_page())
    assert "What the text does not say" in body
    for clause in ("21(d)", "21(a)", "21(c)", "25", "19"):
        assert f'data-pick="clause:{clause}"' in body[body.index('class="questions"') :]


def test_a_citation_names_clause_date_address_and_that_it_is_a_proposal():
    clause = PLAN.clause("21(d)")
    found = cite(PLAN, clause, "https://example.org/clauses?clause=21(d)", "2026-11-24")
    assert found.plain == (
        "US 28-point draft (2025-11-20), 21(d). Withdrawal zone in Donetsk. Proposed, never in"
        " force; paraphrased after Latvijas Avize, Hindustan Times / Reuters, news-pravda.com."
        " Terms of Territory,"
        " https://example.org/clauses?clause=21(d) (2026-11-24)."
    )
    assert found.bibtex.startswith("@misc{us-28-point-2025-11-21d,")
    assert "never in force" in found.bibtex
    (entry,) = json.loads(found.csl_json)
    assert entry["issued"] == {"date-parts": [[2025, 11, 20]]}
    assert entry["accessed"] == {"date-parts": [[2026, 11, 24]]}


def test_special_characters_of_tex_are_escaped():
    clause = PLAN.clause("21(d)").model_copy(update={"title": {"en": "50% & {more}_"}})
    assert r"50\% \& \{more\}\_" in cite(PLAN, clause, "https://x.org", "2026-11-24").bibtex


def test_a_small_map_has_every_zone_and_fits_its_frame():
    drawn = minimap(load_division(PLAN.line))
    assert all(drawn.zones.values())
    numbers = [
        float(n)
        for d in drawn.zones.values()
        for n in d.replace("M", " ").replace("Z", " ").replace(",", " ").split()
    ]
    assert min(numbers) >= 0
    assert max(numbers) <= drawn.width
