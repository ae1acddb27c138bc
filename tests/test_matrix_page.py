"""The tables of all plans without a browser: real tables, links that lead somewhere, switches."""

from __future__ import annotations

import re
from functools import cache

import pytest
from streamlit.testing.v1 import AppTest

from geo.division import load_division
from geo.matrix import PLANT, matrix
from geo.plan import DEFAULT_PLAN, load_plan, plans_by_date
from pages.parts import speech
from pages.parts.matrix_downloads import grid_of
from pages.parts.matrix_rows import matrix_bands
from pages.parts.matrix_view import matrix_table
from pages.parts.matters_view import matters
from pages.parts.own import Own
from pages.parts.view import View, pick
from tests.strategies import plan_of

LINE = "2025-11-21"
PLANS = list(plans_by_date())


@pytest.fixture(autouse=True)
def english_again():
    yield
    speech.speak("en")


def view() -> View:
    return View(plan=load_plan(DEFAULT_PLAN), line=LINE)


@cache
def table() -> str:
    return matrix_table(view(), PLANS, matrix_bands(matrix(PLANS, load_division(LINE))))


def rows_of(html: str) -> list[str]:
    return re.findall(r"<tr.*?</tr>", html, re.DOTALL)


def test_the_matrix_is_a_table_with_a_caption_and_heads_for_rows_and_columns():
    assert "<caption>" in table()
    assert table().count('<th scope="col"') == len(PLANS) + 1
    assert table().count('<th scope="rowgroup"') == 4
    named = [row for row in rows_of(table()) if '<th scope="row">' in row]
    assert len(named) == 27 + 1
    assert {row.count("<td") for row in named} == {len(PLANS)}


def test_each_row_of_links_is_as_long_as_the_others_so_that_arrows_stay_in_their_column():
    counts = {row.count("<a ") for row in rows_of(table()) if "<a " in row}
    assert counts == {len(PLANS)}


def test_the_whole_matrix_is_one_stop_of_the_tab_key():
    cells = table().partition("<table")[2]
    assert cells.count('tabindex="0"') == 1
    assert cells.count("<a ") == cells.count('tabindex="-1"') + 1


def test_every_cell_leads_to_a_clause_of_its_plan_or_to_the_land_on_the_map():
    for page, picked in re.findall(r'data-go="(clauses|map) ([^"]+)"', table()):
        found = pick(view(), picked)
        plan, _, rest = picked.removeprefix("plan:").partition("/")
        assert found.plan.id == plan
        assert found.picked == rest
        assert rest.startswith("clause:") == (page == "clauses")


def test_the_plan_that_is_looked_at_is_marked_once():
    assert table().count('aria-current="true"') == 1
    head = next(
        th
        for th in re.findall(r"<th scope=\"col\".*?</th>", table(), re.DOTALL)
        if "aria-current" in th
    )
    assert f"plan:{DEFAULT_PLAN}/" in head


def test_a_tip_stands_beside_every_cell_that_says_something_and_is_named_by_it():
    tips = re.findall(r'role="tooltip" id="([^"]+)"', table())
    assert len(tips) == len(set(tips))
    assert re.findall(r'aria-describedby="([^"]+)"', table()) == tips
    silent = [td for td in re.findall(r"<td.*?</td>", table(), re.DOTALL) if "quiet-cell" in td]
    assert silent
    assert all("Not addressed" in td for td in silent)
    cells = re.findall(r"<td.*?</td>", table(), re.DOTALL)
    telling = [td for td in cells if "quiet-cell" not in td]
    assert all('role="tooltip"' in td for td in telling)
    assert len(telling) == len(tips) == len(cells) - len(silent)


def test_a_cell_known_by_an_alternative_only_has_a_tip_too():
    term = {"clause": "1", "land": [{"territory": "UA-43"}], "certainty": "disputed"}
    plan = plan_of([{**term, "status": "ceded", "treated_as": "Russia", "alternative": True}])
    plan = plan.model_copy(update={"kind": "own"})
    bands = matrix_bands(matrix([plan], load_division(LINE)))
    crimea = next(r for b in bands for r in b["rows"] if r["code"] == "UA-43")["cells"][0]
    assert crimea["notation"] == "(R)"
    assert [part["letters"] for part in crimea["tip"]] == ["(R)"]


def cell(plan_id: str, code: str) -> dict:
    bands = matrix_bands(matrix([load_plan(plan_id)], load_division(LINE)))
    return next(row for band in bands for row in band["rows"] if row["code"] == code)["cells"][0]


def test_a_cell_whose_parts_fare_differently_tells_of_each():
    found = cell(DEFAULT_PLAN, "UA-14")
    assert found["words"] == "Ceded · Buffer"
    assert found["looks"] == [("ceded", "Russia"), ("demilitarized", "Ukraine")]
    assert [(part["holder"], part["letters"]) for part in found["tip"]] == [
        ("The part Russia holds", "r"),
        ("The part Ukraine holds", "r, D, W"),
    ]
    facts = dict(found["tip"][1]["facts"])
    assert facts["Treated as"] == "Russian, de facto"
    assert facts["Forces"] == "Ukrainian forces leave; Russian forces do not enter"
    assert facts["How sure"] == "Stated in the text"
    assert "21(d)" in facts["Clauses"]


@pytest.mark.parametrize(
    ("plan_id", "code", "words"),
    [
        ("us-28-point-2025-11", "UA-65", "Frozen"),
        ("us-28-point-2025-11", "UA-63", "Given up"),
        ("us-28-point-2025-11", "UA-05", "Not addressed"),
        ("us-free-zone-2025-12", "UA-14", "Special zone"),
        ("us-free-zone-2025-12", "UA-40", "Unverified"),
        ("geneva-19-point-2025-11", "UA-05", "Left open"),
        ("e3-edit-2025-11", PLANT, ""),
    ],
)
def test_a_cell_says_its_status_in_a_word(plan_id, code, words):
    assert cell(plan_id, code)["words"] == words


def own_plan():
    title = {"en": "<b>Mine</b>"}
    changes = {"id": "own", "kind": "own", "short_title": title, "sides": ()}
    return load_plan(DEFAULT_PLAN).model_copy(update=changes)


def test_a_readers_own_plan_is_marked_and_its_title_is_text():
    plans = [load_plan(DEFAULT_PLAN), own_plan()]
    bands = matrix_bands(matrix(plans, load_division(LINE)))
    html = matrix_table(view(), plans, bands)
    assert html.count("<small>A reader’s own plan</small>") == 1
    assert "A reader’s own plan is nobody’s proposal." in html
    assert "<b>Mine</b>" not in html
    heads = grid_of(plans, bands, load_division(LINE)).heads
    assert [head.own for head in heads] == [False, True]
    assert heads[1].title == "A reader’s own plan: <b>Mine</b>"
    assert "nobody's proposal" in heads[1].standing


def test_a_question_nothing_was_found_on_is_blank_and_never_no():
    html = matters(view(), PLANS)
    assert html.count('<th scope="col"') == 8
    assert html.count('<th scope="row"') == len(PLANS)
    cells = re.findall(r"<td.*?</td>", html, re.DOTALL)
    assert len(cells) == 7 * len(PLANS)
    assert all(("blank" in td) == ("not found" in td) == ("data-go" not in td) for td in cells)
    assert 'data-go="clauses plan:us-28-point-2025-11/clause:6"' in html


def both_tables() -> None:
    from pages.parts.matrix_view import treaty_matrix
    from pages.parts.matters_view import matters_table
    from pages.parts.state import current_view

    treaty_matrix(current_view())
    matters_table(current_view())


def opened(**session) -> AppTest:
    app = AppTest.from_function(both_tables, default_timeout=30)
    for key, value in session.items():
        app.session_state[key] = value
    return app.run()


def shown(app: AppTest) -> tuple[list[str], list[str]]:
    """The plans of the matrix, and those of the table of other questions."""
    assert not app.exception
    html = " ".join(element.proto.body for element in app.get("html"))
    pattern = r'data-go="plan plan:([^/]+)/"'
    first, _, second = html.partition('<table class="matters"')
    return re.findall(pattern, first), re.findall(pattern, second)


def test_all_plans_stand_in_order_of_date_to_begin_with():
    assert shown(opened()) == ([plan.id for plan in PLANS], [plan.id for plan in PLANS])


def test_switches_leave_the_plans_of_an_author_and_a_year_in_both_tables():
    app = opened()
    app.pills(key="matrix_sides").set_value(["Russia"]).run()
    app.pills(key="matrix_years").set_value(["2024", "2025"]).run()
    left = ["russia-terms-2024-06", "russia-memorandum-2025-06", "russia-anchorage-terms-2025-08"]
    assert shown(app) == (left, left)


def test_switches_that_no_plan_fits_say_so_and_offer_no_files():
    app = opened()
    app.pills(key="matrix_sides").set_value(["Europe"]).run()
    app.pills(key="matrix_years").set_value(["2022"]).run()
    assert shown(app) == ([], [])
    assert "No plan fits these switches" in " ".join(e.proto.body for e in app.get("html"))
    assert not app.get("download_button")


def test_the_order_of_likeness_keeps_the_plans_and_is_explained():
    app = opened()
    app.segmented_control(key="matrix_order").set_value("likeness").run()
    found, _others = shown(app)
    assert sorted(found) == sorted(plan.id for plan in PLANS)
    assert found != [plan.id for plan in PLANS]
    assert "Neighbours are most alike" in " ".join(e.proto.body for e in app.get("html"))


def test_a_readers_own_plan_has_a_switch_of_its_own():
    app = opened(own=Own(plan=own_plan()))
    assert shown(app)[0][-1] == "own"
    app.pills(key="matrix_sides").set_value(["own"]).run()
    assert shown(app) == (["own"], ["own"])
