"""Many plans: which there are, how a reader goes from one to another, what each does to land."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.answers import SIDES, answer, clashes, place_answer
from geo.plan import DEFAULT_PLAN, Plan, load_plan, plan_ids, plans_by_date
from geo.territories import territory_codes
from pages.parts.land_rows import look_of
from pages.parts.link import read_view
from pages.parts.own import Own
from pages.parts.plan_facts import line_apart
from pages.parts.scene import scene_of
from pages.parts.view import of_plan, pick
from pages.parts.words import LANGUAGES
from tests.strategies import plan_of, plans
from tests.test_pages import in_link, opened, texts

E3 = "e3-edit-2025-11"


def linked(view):
    return {name: [value] for name, value in view.parameters().items()}


def test_another_plan_of_the_picker_is_read_on_its_own_line_and_keeps_the_land():
    view = pick(read_view({}), "zone:UA-14-ukraine")
    other = of_plan(view, load_plan("draft-memorandum-2026-02"))
    assert (other.plan.id, other.line) == ("draft-memorandum-2026-02", "2026-02-21")
    assert other.picked == "zone:UA-14-ukraine"


def test_a_line_that_the_reader_chose_stays_with_another_plan():
    view = read_view({"line": ["2026-08-21"]})
    assert of_plan(view, load_plan(E3)).line == "2026-08-21"


def test_a_link_to_another_plan_keeps_the_line_it_was_told_on_unless_it_names_one():
    view = read_view({})
    assert pick(view, "plan:draft-memorandum-2026-02/").line == "2025-11-21"
    assert pick(view, "plan:draft-memorandum-2026-02@2026-02-21/").line == "2026-02-21"
    assert pick(view, "plan:draft-memorandum-2026-02@never/").line == "2025-11-21"


def test_a_clause_of_another_plan_is_one_pick_away():
    view = pick(read_view({}), f"plan:{E3}/clause:21")
    assert (view.plan.id, view.clause) == (E3, "21")
    assert read_view(linked(view)).clause == "21"


@pytest.mark.parametrize("picked", ["plan:", "plan:nobody/", "plan:own/"])
def test_a_plan_that_is_not_there_changes_nothing(picked, monkeypatch):
    monkeypatch.setattr("pages.parts.plans.own", Own)
    view = read_view({"territory": ["UA-14"]})
    assert pick(view, picked).parameters() == view.parameters()


def test_the_tour_is_of_one_plan_only():
    assert read_view({"step": ["2"]}).step == 2
    view = read_view({"plan": [E3], "step": ["2"]})
    assert view.step is None
    assert "another plan" in view.notices[0]


def test_a_link_to_a_plan_that_no_browser_has_says_how_to_get_it():
    view = read_view({"plan": ["own"]})
    assert view.plan.id == DEFAULT_PLAN
    assert "Ask for the link" in view.notices[0]


def test_a_link_says_what_is_compared():
    view = read_view({"beside": [E3], "beside_line": ["2026-08-21"]})
    assert (view.beside.id, view.beside_line) == (E3, "2026-08-21")
    assert read_view(linked(view)).beside.id == E3
    lost = read_view({"beside": ["nobody"], "beside_line": ["1999-01-01"]})
    assert (lost.beside, lost.beside_line) == (None, None)
    assert "to compare with; another is taken" in lost.notices[0]
    assert "1999-01-01" in lost.notices[1]


@pytest.mark.parametrize("plan_id", plan_ids())
def test_no_shipped_plan_clashes_and_every_piece_has_an_answer(plan_id):
    plan = load_plan(plan_id)
    assert clashes(plan, territory_codes()) == []
    for code in territory_codes():
        for side in SIDES:
            found = answer(plan, code, side)
            assert bool(found.terms or found.alternatives) == bool(found.clauses)
            assert not set(found.leaves) & set(found.keeps_out)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(plan=plans(), data=st.data())
def test_an_alternative_decides_nothing(plan: Plan, data: st.DataObject):
    if clashes(plan, ("UA-05", "UA-07")):
        return
    rows = [term.model_dump(exclude_none=True, exclude_defaults=True) for term in plan.terms]
    extra = {
        "clause": "1",
        "land": [{"territory": "UA-05"}],
        "status": data.draw(st.sampled_from(["ceded", "demilitarized", "left_open"])),
        "treated_as": data.draw(st.sampled_from(["Russia", "open"])),
        "leaves": ["Ukraine"],
        "certainty": "disputed",
        "alternative": True,
    }
    more = plan_of([*rows, extra])
    for side in SIDES:
        plain, with_it = answer(plan, "UA-05", side), answer(more, "UA-05", side)
        assert (plain.status, plain.treated_as, plain.how) == (
            with_it.status,
            with_it.treated_as,
            with_it.how,
        )
        assert (plain.forces, plain.certainty) == (with_it.forces, with_it.certainty)
        assert [term.status for term in with_it.alternatives] == [extra["status"]]
        assert "1" in with_it.clauses


def test_an_alternative_for_a_site_decides_nothing():
    site = {"site": "zaporizhzhia-npp"}
    said = {"clause": "1", "land": [site], "certainty": "stated", "treated_as": "Ukraine"}
    instead = {**said, "treated_as": "Russia", "certainty": "disputed", "alternative": True}
    found = place_answer(plan_of([instead, said]), "zaporizhzhia-npp")
    assert (found.treated_as, found.certainty) == ("Ukraine", "stated")
    assert [term.treated_as for term in found.alternatives] == ["Russia"]
    alone = place_answer(plan_of([instead]), "zaporizhzhia-npp")
    assert (alone.treated_as, alone.certainty, alone.clauses) == (None, None, ("1",))


def test_the_map_is_drawn_anew_when_only_the_certainty_changes(division):
    def digest(certainty):
        term = {"clause": "1", "land": [{"territory": "UA-14"}], "certainty": certainty}
        plan = plan_of([term]).model_copy(update={"kind": "own"})
        return scene_of(plan, division).digest

    assert digest("stated") != digest("unverified")


def test_land_that_is_named_without_a_status_is_not_called_not_addressed(division):
    free_zone = scene_of(load_plan("us-free-zone-2025-12"), division)
    labels = {z: look_of(free_zone.zones[z])["label"] for z in ("UA-14-russia", "UA-40-russia")}
    assert labels == {"UA-14-russia": "No status given", "UA-40-russia": "Unverified"}
    assert look_of(free_zone.zones["UA-48-russia"])["label"] == "Not addressed"


@pytest.fixture
def division():
    from geo.division import load_division

    return load_division("2025-11-21")


def test_a_line_of_another_time_than_the_plan_is_told():
    communique = load_plan("istanbul-communique-2022-03")
    assert "32 months later" in line_apart(communique, communique.line)
    assert line_apart(load_plan(DEFAULT_PLAN), "2025-11-21") == ""
    assert "12 months earlier" in line_apart(load_plan(DEFAULT_PLAN), "2024-11-21")
    assert "1 month later" in line_apart(load_plan("us-final-offer-2025-04"), "2025-05-21")


def test_the_picker_lists_every_plan_by_author_and_changes_the_page():
    app = opened()
    labels = app.selectbox(key="plan_picker").options
    assert len(labels) == len(plans_by_date())
    authors = [label.rpartition(" · ")[2] for label in labels]
    assert [a for n, a in enumerate(authors) if a not in authors[:n]] == [
        *("United States", "United States and Ukraine", "Ukraine", "Ukraine and Europe"),
        *("Ukraine and Russia", "Europe", "Russia", "Russia and United States"),
    ]
    app.selectbox(key="plan_picker").set_value(E3).run()
    assert not app.exception
    assert in_link(app, "plan") == E3
    assert "E3 edit of the US text" in texts(app)
    assert "Left open" in texts(app)


@pytest.mark.parametrize("plan_id", plan_ids())
def test_every_plan_opens_with_land_and_its_strip_of_all_plans(plan_id):
    app = opened(plan=plan_id, territory="UA-14", held_by="ukraine")
    page = texts(app)
    assert page.count('aria-current="true"') == 1
    assert page.count('class="fate-day"') == len(plans_by_date())
    assert "Proposed, never in force" in page


def test_a_plan_as_a_document_says_what_is_known_of_it():
    app = opened(plan="geneva-19-point-2025-11")
    app.switch_page("pages/plan.py").run()
    assert not app.exception
    page = texts(app)
    assert "Never published; known from reports about it" in page
    assert "Took the place of" in page
    assert page.count('aria-current="page"') == 1
    assert all(plan.title["en"].split("“")[0] in page for plan in plans_by_date())


@pytest.mark.parametrize("plan_id", plan_ids())
def test_what_a_source_is_written_in_can_be_said(plan_id):
    assert {source.language for source in load_plan(plan_id).sources.values()} <= set(LANGUAGES)
