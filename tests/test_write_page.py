"""The page where a reader writes a plan of their own, without a browser."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.drafts.packing import pack, unpack
from geo.drafts.reading import read_own
from geo.drafts.writing import plain
from geo.plan import DEFAULT_PLAN, load_plan
from pages.parts.plan_terms import MOST_LISTED
from pages.parts.plan_words import land_name, land_of, land_options, option_of
from tests.drafts import term, text
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


def test_every_option_of_land_stands_for_what_it_says():
    for option, name in land_options().items():
        assert option_of(land_of(option)) == option
        assert land_name(land_of(option)) in name
    assert land_name({"territory": "UA-14", "held_by": "Russia"}) in land_options().values()


def test_a_plan_of_thousands_of_terms_lists_the_first(app):
    many = [term(land=[{"territory": "UA-14"}]) for _ in range(MOST_LISTED + 20)]
    own(app).draft.take(text(terms=many))
    own(app).plan = own(app).draft.plan
    app.run()
    assert not app.exception
    assert sum((b.key or "").startswith("term_change_") for b in app.button) == MOST_LISTED
    assert any("The first 100 of 120 are listed" in each.value for each in app.caption)


def test_a_packed_plan_has_only_letters_that_a_link_may_hold():
    assert re.fullmatch(r"[A-Za-z0-9_-]+", pack(read_own(text())))
