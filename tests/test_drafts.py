"""A reader's own plan as data: begun, edited, written, packed, undone."""

from __future__ import annotations

import copy
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.answers import answer
from geo.drafts import edits
from geo.drafts.draft import Draft
from geo.drafts.history import History
from geo.drafts.limits import FEWEST_STEPS, LARGEST_UNPACKED, LONGEST_LINK, LONGEST_TEXT
from geo.drafts.packing import pack, unpack
from geo.drafts.reading import read_own
from geo.drafts.start import as_own, draft_of, empty_draft
from geo.drafts.writing import plain, write_yaml
from geo.plan import DEFAULT_PLAN, OWN_PLAN, load_plan, plan_ids
from geo.yaml_lines import load_yaml
from tests.drafts import clause, small, term, text

SHIPPED = load_plan(DEFAULT_PLAN)


@pytest.mark.parametrize("plan_id", plan_ids())
def test_every_shipped_plan_can_be_begun_with_and_stays_itself(plan_id):
    origin = load_plan(plan_id)
    written = write_yaml(draft_of(origin))
    draft = read_own(written)
    assert (draft.id, draft.kind, draft.based_on) == (OWN_PLAN, "own", plan_id)
    assert draft.title["en"] == f"{origin.title['en']} (edited)"
    assert set(draft.title) == set(origin.title)
    assert (draft.clauses, draft.terms, draft.line) == (origin.clauses, origin.terms, origin.line)
    assert (draft.headline, draft.sides, draft.superseded_by) == (None, (), None)
    assert len(written.encode()) <= LONGEST_TEXT


@pytest.mark.parametrize("plan_id", plan_ids())
def test_every_plan_fits_a_link_and_comes_out_of_it_unchanged(plan_id):
    draft = read_own(write_yaml(draft_of(load_plan(plan_id))))
    letters = pack(draft)
    assert letters is not None
    assert len(letters) <= LONGEST_LINK
    assert plain(read_own(unpack(letters))) == plain(draft)


def test_a_plan_too_long_for_a_link_has_none():
    chance = Random(1)

    def noise() -> str:
        return "".join(chr(chance.randrange(0x4E00, 0x9FA0)) for _ in range(3_900))

    long = [clause(id=str(n), reach="none", text={"en": noise()}) for n in range(2, 10)]
    plan = read_own(text(clauses=[clause(), *long]))
    assert pack(plan) is None


def test_limits_fit_each_other():
    assert LONGEST_TEXT <= LARGEST_UNPACKED


def test_an_empty_draft_is_sound_and_touches_nothing():
    plan = read_own(write_yaml(empty_draft("2025-11-21", "2026-11-26")))
    assert plan.terms == ()
    assert answer(plan, "UA-14", "Ukraine").status == "unaffected"


def test_a_file_of_a_shipped_plan_becomes_an_own_plan_and_other_text_stays():
    given_text = write_yaml(plain(SHIPPED))
    assert read_own(as_own(given_text)).based_on == DEFAULT_PLAN
    assert as_own(text()) == text()
    assert as_own("a: [") == "a: ["


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=300)


@given(
    st.recursive(words, lambda inner: st.lists(inner) | st.dictionaries(words, inner), max_leaves=8)
)
def test_what_is_written_is_read_again(value):
    read, _lines = load_yaml(write_yaml({"a": value}), "x")
    assert read == {"a": value}


def test_deleting_a_clause_deletes_its_terms_and_nothing_else():
    data = draft_of(SHIPPED)
    before = copy.deepcopy(data)
    gone, terms = edits.going_with(data, "21(d)")
    after = read_own(write_yaml(edits.without_clause(data, "21(d)")))
    assert (gone, terms) == (["21(d)"], 1)
    assert data == before
    assert [c for c in SHIPPED.clauses if c.id != "21(d)"] == list(after.clauses)
    assert [t for t in SHIPPED.terms if t.clause != "21(d)"] == list(after.terms)


def test_deleting_a_point_deletes_its_lettered_parts():
    gone, terms = edits.going_with(draft_of(SHIPPED), "21")
    after = read_own(write_yaml(edits.without_clause(draft_of(SHIPPED), "21")))
    assert gone == ["21", "21(a)", "21(b)", "21(c)", "21(d)"]
    assert len(after.terms) == len(SHIPPED.terms) - terms


def test_every_single_deletion_leaves_a_sound_plan():
    data = draft_of(SHIPPED)
    for position in range(len(data["terms"])):
        read_own(write_yaml(edits.without_term(data, position)))
    for each in data["clauses"]:
        read_own(write_yaml(edits.without_clause(data, each["id"])))


def test_a_term_gives_its_clause_reach_and_the_last_one_takes_it_away():
    data = small(clauses=[clause(reach="none")], terms=[])
    bound = edits.with_term(data, term())
    assert bound["clauses"][0]["reach"] == "land"
    assert edits.without_term(bound, 0)["clauses"][0]["reach"] == "none"
    changed = edits.with_term(bound, term(status="left_open"), 0)
    assert answer(read_own(write_yaml(changed)), "UA-14", "Ukraine").status == "left_open"


def test_a_clause_is_put_in_by_its_number_and_its_terms_follow_a_new_one():
    data = small(clauses=[clause(), clause(id="9", reach="none")])
    added = edits.with_clause(data, clause(id="3", reach="none"))
    assert [each["id"] for each in added["clauses"]] == ["1", "3", "9"]
    renumbered = edits.with_clause(data, clause(id="2"), 0)
    assert renumbered["terms"][0]["clause"] == "2"
    read_own(write_yaml(renumbered))


def test_words_that_change_are_the_same_in_every_language():
    before = {"en": "a", "uk": "б"}
    assert edits.in_words("a", "en", before) is before
    assert edits.in_words("б", "uk", before) is before
    assert edits.in_words("в", "uk", before) == {"en": "в", "uk": "в"}
    assert edits.in_words("c", "en", before) == {"en": "c"}


def test_more_than_a_hundred_changes_are_undone_and_made_again():
    history = History(["0"])
    texts = [str(number) * 300_000 for number in range(1, FEWEST_STEPS + 1)]
    for each in texts:
        assert history.take(each)
    for each in [*reversed(texts[:-1]), "0"]:
        assert history.undo()
        assert history.text == each
    assert not history.undo()
    for each in texts:
        assert history.redo()
        assert history.text == each
    assert not history.redo()


def test_a_change_after_an_undo_drops_what_was_undone():
    history = History(["a"])
    history.take("b")
    history.undo()
    assert not history.take("a")
    assert history.can_redo
    history.take("c")
    assert not history.can_redo
    assert history.texts == ["a", "c"]


def test_broken_text_is_kept_and_the_last_sound_plan_stays():
    draft = Draft()
    draft.take(text())
    sound, data, revision = draft.plan, draft.data, draft.revision
    draft.take("title: [", typed=True)
    assert (draft.text, draft.plan, draft.data) == ("title: [", sound, data)
    assert (draft.cannot_edit, draft.revision) == (True, revision)
    assert draft.faults
    draft.undo()
    assert (draft.text, draft.faults, draft.cannot_edit) == (text(), (), False)
    assert draft.revision == revision + 1


def test_a_form_may_edit_terms_that_clash():
    draft = Draft()
    draft.take(text(terms=[term(), term(status="demilitarized")]))
    assert draft.plan is None
    assert "gives another status" in draft.faults[0].message
    assert draft.faults[0].line
    assert not draft.cannot_edit
    assert len(draft.data["terms"]) == 2


def test_forgetting_is_undone():
    draft = Draft()
    draft.begin_with(text())
    draft.take(None)
    assert (draft.plan, draft.data) == (None, None)
    draft.undo()
    assert plain(draft.plan) == plain(read_own(text()))
    assert not draft.history.can_undo
