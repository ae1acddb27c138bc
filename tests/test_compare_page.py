"""The page of two plans, without a browser."""

from __future__ import annotations

import re

import pytest

from geo.plan import load_plan
from geo.word_changes import effort, word_changes
from pages.parts.compare_clauses import MOST_EFFORT, Marking, paired, telling_clauses
from pages.parts.compare_view import current_comparison, plan_after, right_of, zones_of_the_same
from pages.parts.link import read_view
from tests.strategies import plan_of
from tests.test_pages import in_link, texts
from tests.test_story_pages import page

CELL = re.compile(r"<[^>]+>")


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", CELL.sub(" ", html)).strip()


def rows(app) -> dict[str, str]:
    body = texts(app).split('class="zones compare"')[1].split("</table>")[0]
    found = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', body, re.DOTALL)
    return {plain(head): plain(cells) for head, cells in found}


def test_it_opens_with_the_plan_that_came_next_on_the_same_line():
    app = page("compare")
    assert app.selectbox(key="compare_left_plan").value == "us-28-point-2025-11"
    assert app.selectbox(key="compare_right_plan").value == "e3-edit-2025-11"
    assert app.selectbox(key="compare_left_line").value == "2025-11-21"
    assert app.selectbox(key="compare_right_line").value == "2025-11-21"
    assert "133,022 km²" in texts(app)
    assert "Of the other 465,389 km² both say the same." in plain(texts(app))


def test_the_last_plan_stands_beside_the_one_before_and_each_other_beside_the_next():
    assert plan_after(load_plan("us-28-point-2025-11")).id == "e3-edit-2025-11"
    assert plan_after(load_plan("draft-memorandum-2026-02")).id == "us-ukraine-20-point-2025-12"
    mine = load_plan("us-28-point-2025-11").model_copy(
        update={"id": "own", "kind": "own", "based_on": "europe-24-point-2025-11"}
    )
    assert plan_after(mine).id == "europe-24-point-2025-11"


def test_the_table_says_who_says_what_of_each_piece():
    found = rows(page("compare"))
    assert len(found) == 14
    donetsk = found["Donetsk Oblast, the part Ukraine holds"]
    assert "Left: Demilitarized" in donetsk
    assert "Right: Left open" in donetsk
    assert "Left: Ukrainian forces leave; Russian forces stay out" in donetsk
    assert next(iter(found)) == "Luhansk Oblast, the part Russia holds"
    assert found["Autonomous Republic of Crimea"].endswith("no difference")


def test_the_right_pickers_write_what_stands_beside():
    app = page("compare")
    app.selectbox(key="compare_right_plan").select("russia-memorandum-2025-06").run()
    assert not app.exception
    assert in_link(app, "beside") == "russia-memorandum-2025-06"
    app.selectbox(key="compare_right_line").select("2026-08-21").run()
    assert not app.exception
    assert in_link(app, "beside_line") == "2026-08-21"
    assert in_link(app, "plan") == "us-28-point-2025-11"
    assert app.selectbox(key="compare_right_plan").value == "russia-memorandum-2025-06"


def test_the_left_line_is_the_views_own_and_the_right_one_goes_along():
    app = page("compare")
    app.selectbox(key="compare_left_line").select("2025-11-27").run()
    assert not app.exception
    assert in_link(app, "line") == "2025-11-27"
    assert app.selectbox(key="compare_right_line").value == "2025-11-27"


def test_one_plan_on_one_line_says_the_same_of_all_land():
    app = page("compare", beside="us-28-point-2025-11")
    assert "The two say the same of all land, 598,412 km²." in texts(app)
    assert 'class="zones compare"' not in texts(app)


def test_one_plan_on_two_dates_tells_the_ground_that_changed_hands():
    app = page("compare", beside="us-28-point-2025-11", beside_line="2026-08-21")
    found = rows(app)
    moved = found["Donetsk Oblast, ground held by Ukraine on the left and by Russia on the right"]
    assert "Ukraine → Russia 1,112" in moved
    assert "Left: Demilitarized → Right: Ceded" in moved
    assert "Between two lines no range has been measured." in texts(app)


def test_selected_land_shows_both_sides_and_the_words_that_differ():
    app = page("compare", territory="UA-14", held_by="ukraine")
    card = texts(app).split('class="compare-card"')[1].split("</article>")[0]
    assert "Donetsk Oblast, the part Ukraine holds" in card
    assert 'mark class="word-change"' in card
    assert "[worded differently:" in card
    assert 'data-go="clauses plan:e3-edit-2025-11/clause:21"' in card
    same = page("compare", territory="UA-46")
    assert "Both say the same of this land." in texts(same)


def test_a_selected_site_shows_what_both_sides_say_of_it():
    plant = texts(page("compare", place="zaporizhzhia-npp"))
    assert "Both say the same of this place." in plant
    river = texts(page("compare", place="dnipro"))
    assert "No clause beside this one." in river


@pytest.mark.parametrize(
    "link",
    [
        {"beside": "nonsense"},
        {"beside_line": "1999-01-01"},
        {"beside": "own"},
        {"clause": "21(d)", "beside": "russia-memorandum-2025-06"},
        {"territory": "UA-40", "line": "2024-11-21"},
    ],
)
def test_no_link_breaks_the_page(link):
    app = page("compare", **link)
    assert not app.exception
    assert "What differs" in texts(app)
    assert 'class="compare' in texts(app)


def test_texts_that_would_take_too_long_to_mark_stay_unmarked():
    marking = Marking()
    short = "Ukraine leaves Donetsk", "Russia leaves Donetsk"
    assert marking.changes(*short) == word_changes(*short)
    assert marking.changes("a " * 3000, "a b " * 3000) is None
    assert marking.changes(*short) is not None  # what was too much has cost nothing
    for _ in range(40):
        marking.changes("a b " * 100, "c d " * 100)
    assert marking.left >= 0
    assert marking.changes("a b " * 100, "c d " * 100) is None


def test_a_plan_of_many_long_clauses_is_compared_within_bounds(monkeypatch):
    calls = []

    def counted(one, two):
        calls.append(effort(one, two))
        return word_changes(one, two)

    monkeypatch.setattr("pages.parts.compare_clauses.word_changes", counted)
    text = {"en": "word " * 790}
    clauses = [
        clause.model_copy(update={"id": str(number), "text": text})
        for number, clause in enumerate(plan_of([]).clauses * 7, start=1)
    ]
    plan = plan_of([]).model_copy(update={"clauses": tuple(clauses), "kind": "own"})
    ids = tuple(clause.id for clause in plan.clauses)
    pairs = paired(plan, ids, plan, ids, Marking())
    assert {pair["left"]["id"] for pair in pairs if pair["left"]} == set(ids)
    assert sum(calls) <= MOST_EFFORT


def test_only_land_that_stays_the_same_on_both_sides_is_washed_out():
    view = read_view({"beside": ["us-28-point-2025-11"], "beside_line": ["2026-08-21"]})
    same = zones_of_the_same(current_comparison(view))
    assert "UA-14-ukraine" in same["left"]
    assert right_of(view).line == "2026-08-21"
    other = zones_of_the_same(current_comparison(read_view({})))
    assert "UA-14-ukraine" not in other["left"] + other["right"]
    assert other["left"] == other["right"]


def test_each_clause_stands_beside_the_one_with_most_words_in_common():
    found = current_comparison(read_view({}))
    part = next(p for p in found.parts if p.zones[0] == "UA-14-ukraine")
    left, right = telling_clauses(part.left), telling_clauses(part.right)
    assert (left, right) == (("21(a)", "21(d)"), ("21",))
    pairs = paired(found.left, left, found.right, right)
    assert [(bool(pair["left"]), bool(pair["right"])) for pair in pairs] == [
        (True, True),
        (True, False),
    ]
    for pair in pairs:
        assert "".join(text for text, _ in pair["left"]["words"]) == pair["left"]["text"]
