"""The page where a reader writes a plan of their own, without a browser."""

from __future__ import annotations

import copy
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.drafts.limits import LONGEST_KEPT
from geo.drafts.packing import pack, unpack
from geo.drafts.reading import read_own
from geo.drafts.writing import plain, write_yaml
from geo.plan import DEFAULT_PLAN, load_plan
from pages.parts.plan_list import MOST_LISTED
from pages.parts.plan_words import land_name, land_of, land_options, option_of
from tests.drafts import clause, small, term, text
from tests.test_pages import in_link, opened, texts


@pytest.fixture
def app():
    """The page with a plan begun from the 28 points."""
    app = opened().switch_page("pages/write.py").run()
    app.button(key="plan_start").click().run()
    assert not app.exception
    return app


def own(app):
    return app.session_state["own"]


def press(app, key):
    app.button(key=key).click().run()
    assert not app.exception
    return app


def test_nothing_is_written_before_a_plan_is_begun():
    app = opened().switch_page("pages/write.py").run()
    assert own(app).draft.text is None
    assert not [button for button in app.button if button.key == "plan_undo"]


def test_a_begun_plan_is_looked_at(app):
    assert in_link(app, "plan") == "own"
    assert own(app).plan.based_on == DEFAULT_PLAN
    assert "The plan is sound." in texts(app)


def test_an_empty_plan_can_be_begun():
    app = opened().switch_page("pages/write.py").run()
    app.selectbox(key="plan_origin").select("empty").run()
    press(app, "plan_start")
    assert own(app).plan.terms == ()
    assert "touches no land" in texts(app)


def test_a_deleted_clause_is_told_with_its_terms_and_undo_brings_both_back(app):
    ids = [clause.id for clause in own(app).plan.clauses]
    press(app, f"clause_delete_{ids.index('21(d)')}")
    assert "Deleted: 21(d), and with it 1 term." in texts(app)
    assert "21(d)" not in [clause.id for clause in own(app).plan.clauses]
    press(app, "plan_undo")
    assert plain(own(app).plan)["clauses"] == plain(load_plan(DEFAULT_PLAN))["clauses"]
    press(app, "plan_redo")
    assert "21(d)" not in [each.clause for each in own(app).plan.terms]


def test_a_deleted_clause_that_the_link_named_is_not_asked_for_any_more(app):
    app.query_params["clause"] = "21(d)"
    app.run()
    ids = [clause.id for clause in own(app).plan.clauses]
    press(app, f"clause_delete_{ids.index('21(d)')}")
    assert "clause" not in app.query_params
    assert "has no clause" not in texts(app)


def rewrite(app, written):
    """Another text of the plan, as the editor reports it when it is typed."""
    own(app).draft.take(written, typed=True)
    own(app).plan = own(app).draft.plan
    app.run()
    assert not app.exception


CHANGED_SINCE = "The text has changed here since."


@pytest.mark.parametrize("kind", ["term", "clause"])
def test_a_form_does_not_overwrite_another_entry_that_came_into_its_place(app, kind):
    data = copy.deepcopy(own(app).draft.data)
    press(app, f"{kind}_change_0")
    del data[f"{kind}s"][0]
    rewrite(app, write_yaml(data))
    assert CHANGED_SINCE in texts(app)
    assert not [b for b in app.button if b.key == f"{kind}_save"]
    app.run()
    assert CHANGED_SINCE not in texts(app)


def test_a_form_stays_open_while_something_else_is_typed(app):
    press(app, "term_change_1")
    rewrite(app, own(app).draft.text + "# a thought\n")
    one(app, "text_area", "note").set_value("My note")
    save(app)
    assert own(app).plan.terms[1].note == {"en": "My note"}


def test_a_form_whose_entry_is_undone_is_closed(app):
    press(app, "term_add")
    one(app, "multiselect", "land").set_value(["UA-59"])
    save(app)
    press(app, f"term_change_{len(own(app).plan.terms) - 1}")
    own(app).draft.undo()
    own(app).plan = own(app).draft.plan
    app.run()
    assert CHANGED_SINCE in texts(app)
    assert not [b for b in app.button if b.key == "term_save"]


def test_a_button_of_an_entry_that_has_moved_deletes_no_other(app):
    data = copy.deepcopy(own(app).draft.data)
    del data["terms"][0]
    own(app).draft.take(write_yaml(data), typed=True)
    before = own(app).draft.text
    press(app, "term_delete_0")
    assert own(app).draft.text == before
    assert CHANGED_SINCE in texts(app)


def test_nothing_is_saved_while_the_text_cannot_be_read(app):
    press(app, "term_change_0")
    rewrite(app, "title: [")
    assert app.button(key="term_save").disabled


def test_a_deleted_term_is_told(app):
    clause_id = own(app).plan.terms[0].clause
    press(app, "term_delete_0")
    assert f"Deleted: the term on clause {clause_id}." in texts(app)


def test_what_a_form_was_opened_on_is_saved_as_it_was(app):
    land = [
        {"held_by": "Russia", "outside": ["UA-14"]},
        {"territory": "UA-63", "held_by": "Russia"},
        {"held_by": "Ukraine", "outside": ["UA-59", "UA-98"]},
        {"territory": "UA-99"},
        {"site": "nowhere"},
    ]
    spoilt = term(
        clause="9", land=land, treated_as="Russia", how="not_said", silent=[{"en": "Who pays."}]
    )
    rewrite(app, text(terms=[term(), spoilt]))
    press(app, "term_change_1")
    save(app)
    saved = own(app).draft.data["terms"][1]
    assert sorted(map(str, saved.pop("land"))) == sorted(map(str, land))
    assert saved == {key: value for key, value in spoilt.items() if key != "land"}


def test_each_of_two_pieces_outside_of_others_can_be_taken_off(app):
    land = [{"held_by": "Russia", "outside": ["UA-14"]}, {"held_by": "Ukraine", "outside": []}]
    rewrite(app, text(terms=[term(land=land)]))
    press(app, "term_change_0")
    listed = one(app, "multiselect", "land")
    assert listed.value
    listed.set_value([])
    save(app)
    assert own(app).draft.data["terms"][0]["land"] == land[:1]


def test_a_clause_that_is_saved_unchanged_keeps_its_sources(app):
    sources = {"X": {"publisher": "A paper", "class": "A", "url": "https://example.org"}}
    words = {"title": {"en": "T" * 300}, "text": {"en": "  Some words.\n"}}
    written = clause(sources=["X"], confidence="single", **words)
    rewrite(app, text(sources=sources, clauses=[written]))
    press(app, "clause_change_0")
    save(app)
    assert own(app).draft.data["clauses"] == [written]


def test_a_text_too_long_to_be_taken_is_told_and_the_form_waits(app):
    before = own(app).draft.text
    own(app).draft.leave(LONGEST_KEPT + 1, stored=True, typed=True)
    app.run()
    assert "more than 400,000 are not read. It stays in this field" in texts(app)
    assert "as soon as the plan is sound" in texts(app)
    assert app.button(key="term_add").disabled
    press(app, "plan_start")
    assert "that is too long to be read" in app.session_state["own_plan_faults"][0]
    assert own(app).draft.text == before
    press(app, "plan_undo")
    assert "The plan is sound." in texts(app)


def test_a_long_text_that_the_browser_cannot_keep_is_told_so(app):
    own(app).draft.leave(LONGEST_KEPT + 1, stored=False, typed=True)
    app.run()
    assert "has no room to keep it" in texts(app)


def save(app):
    """Save the form that is open."""
    return press(app, next(b.key for b in app.button if b.key and b.key.endswith("_save")))


def one(app, kind, name):
    return next(each for each in getattr(app, kind) if each.key.endswith(f"_{name}"))


def test_a_term_is_changed_in_the_form_and_what_the_form_does_not_show_stays(app):
    terms = own(app).plan.terms
    position = next(i for i, each in enumerate(terms) if each.clause == "21(d)")
    press(app, f"term_change_{position}")
    one(app, "selectbox", "status").select("left_open")
    save(app)
    changed = own(app).plan.terms[position]
    assert changed.status == "left_open"
    assert changed.model_copy(update={"status": "demilitarized"}) == terms[position]


def test_a_term_is_added(app):
    press(app, "term_add")
    one(app, "selectbox", "clause").select("21")
    one(app, "multiselect", "land").set_value(["UA-63", "UA-59/Russia"])
    one(app, "selectbox", "status").select("left_open")
    one(app, "text_area", "note").set_value("My note")
    save(app)
    added = own(app).plan.terms[-1]
    assert [(land.territory, land.held_by) for land in added.land] == [
        ("UA-63", None),
        ("UA-59", "Russia"),
    ]
    assert (added.status, added.note) == ("left_open", {"en": "My note"})


def test_a_term_without_land_is_not_saved(app):
    before = own(app).draft.text
    press(app, "term_add")
    save(app)
    assert "Name the land that the term is about." in texts(app)
    assert own(app).draft.text == before


def test_terms_that_clash_are_told_and_the_last_sound_plan_stays(app):
    sound = own(app).plan
    press(app, "term_add")
    one(app, "multiselect", "land").set_value(["UA-14/Ukraine"])
    one(app, "selectbox", "status").select("relinquished")
    save(app)
    assert "gives another status" in texts(app)
    assert re.search(r'data-line="\d+"', texts(app))
    assert own(app).plan is sound
    assert "as soon as the plan is sound" in texts(app)


def test_a_changed_text_of_a_clause_is_no_longer_its_sources(app):
    press(app, "clause_change_0")
    one(app, "text_area", "text").set_value("Something else.")
    save(app)
    changed = own(app).plan.clauses[0]
    assert (changed.text, changed.sources) == ({"en": "Something else."}, ())
    press(app, "plan_undo")
    press(app, "clause_change_0")
    one(app, "text_input", "title").set_value("A title")
    save(app)
    assert own(app).plan.clauses[0].sources == load_plan(DEFAULT_PLAN).clauses[0].sources


def test_the_title_is_changed(app):
    app.text_input(key="plan_title").set_value("Peace as I see it").run()
    assert own(app).plan.title == {"en": "Peace as I see it"}


def test_a_link_to_another_plan_leaves_the_draft_alone(app):
    app.query_params["plan"] = "us-28-point-2025-11"
    app.run()
    assert "Map and head show another plan" in texts(app)
    assert own(app).plan is not None
    press(app, "plan_show")
    assert in_link(app, "plan") == "own"
    assert "Map and head show another plan" not in texts(app)


def test_the_link_carries_the_plan(app):
    link = re.search(r"<pre[^>]*>([^<]*)</pre>", texts(app))[1].replace("&amp;", "&")
    parts = urlsplit(link)
    assert parse_qs(parts.query)["plan"] == ["own"]
    assert plain(read_own(unpack(parts.fragment.removeprefix("own=")))) == plain(own(app).plan)


def test_a_forgotten_plan_leaves_the_view_and_undo_brings_it_back(app):
    press(app, "plan_forget")
    assert in_link(app, "plan") == DEFAULT_PLAN
    assert own(app).plan is None
    press(app, "plan_undo")
    assert in_link(app, "plan") == "own"


@pytest.mark.parametrize("plan", ["own", DEFAULT_PLAN])
@pytest.mark.parametrize("gone", ["plan_forget", "plan_undo"])
def test_a_plan_that_is_gone_is_not_compared_with_any_more(app, plan, gone):
    app.query_params["plan"] = plan
    app.query_params["beside"] = "own"
    app.run()
    press(app, gone)
    assert own(app).plan is None
    assert in_link(app, "plan") == DEFAULT_PLAN
    assert "beside" not in app.query_params


@pytest.mark.parametrize("parameter", ["plan", "beside"])
def test_a_page_waits_for_the_plan_that_only_the_browser_has(parameter):
    app = opened(**{parameter: "own"})
    assert not app.selectbox
    assert "that a reader wrote" not in texts(app)


def test_the_link_of_a_plan_has_nothing_of_another_that_is_shown(app):
    app.query_params["plan"] = "us-ukraine-20-point-2025-12"
    app.query_params["clause"] = "4"
    app.query_params["beside"] = "geneva-19-point-2025-11"
    app.run()
    query = shared(app)
    assert query["plan"] == ["own"]
    assert not query.keys() & {"clause", "beside"}


def test_the_link_of_a_plan_names_the_clause_that_is_shown_of_it(app):
    app.query_params["clause"] = "21(d)"
    app.run()
    assert shared(app)["clause"] == ["21(d)"]
    data = small()
    rewrite(app, write_yaml(data))
    assert "clause" not in shared(app)


def shared(app):
    """The parameters of the link that carries the plan."""
    link = re.search(r"<pre[^>]*>([^<]*)</pre>", texts(app))[1].replace("&amp;", "&")
    return parse_qs(urlsplit(link).query)


def test_a_readers_own_words_are_filtered_apart_from_what_nobody_found():
    app = opened().switch_page("pages/write.py").run()
    press(app, "plan_start")
    sources = {"X": {"publisher": "A paper", "class": "A", "url": "https://example.org"}}
    theirs = clause(id="2", reach="none", confidence="text-only", sources=["X"])
    rewrite(app, text(sources=sources, clauses=[clause(), theirs]))
    app.switch_page("pages/clauses.py").run()
    sure = next(each for each in app.get("button_group") if each.key == "clause_confidence")
    assert [option.content for option in sure.proto.options] == [
        "Re-posts only 1",
        "Your own words 1",
    ]
    sure.set_value(["readers"]).run()
    assert not app.exception
    assert 'id="clause-1"' in texts(app)
    assert 'id="clause-2"' not in texts(app)


def test_every_option_of_land_stands_for_what_it_says():
    for option, name in land_options().items():
        assert option_of(land_of(option)) == option
        assert land_name(land_of(option)) in name
    assert land_name({"territory": "UA-14", "held_by": "Russia"}) in land_options().values()


def test_of_more_terms_than_can_be_listed_the_first_are(app):
    many = [term(land=[{"territory": "UA-14"}]) for _ in range(MOST_LISTED + 20)]
    rewrite(app, text(terms=many))
    assert sum((b.key or "").startswith("term_change_") for b in app.button) == MOST_LISTED
    assert any("The first 100 of 120 are listed" in each.value for each in app.caption)


def test_a_packed_plan_has_only_letters_that_a_link_may_hold():
    assert re.fullmatch(r"[A-Za-z0-9_-]+", pack(read_own(text())))
