"""A reader's own plan as data: begun, edited, written, packed, undone."""

from __future__ import annotations

import copy
import gc
import json
import weakref
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import clause_index, search_text
from geo.answers import answer, overruled
from geo.clause_search import search
from geo.drafts import edits
from geo.drafts.draft import Draft
from geo.drafts.history import History
from geo.drafts.limits import LARGEST_HISTORY, LARGEST_UNPACKED, LONGEST_LINK, LONGEST_TEXT
from geo.drafts.packing import pack, unpack
from geo.drafts.reading import read_own, shaped
from geo.drafts.start import as_own, draft_of, empty_draft
from geo.drafts.writing import plain, write_yaml
from geo.plan import DEFAULT_PLAN, OWN_PLAN, load_plan, plan_ids
from geo.yaml_lines import load_yaml
from tests.drafts import clause, small, term, text
from tests.strategies import plan_of

SHIPPED = load_plan(DEFAULT_PLAN)


def test_a_text_with_faults_begins_after_its_last_sound_state():
    draft = Draft()
    draft.begin_with("title: [oops", sound=text())
    assert draft.faults
    assert draft.plan is not None
    assert draft.history.can_undo
    draft.undo()
    assert (draft.text, draft.faults) == (text(), ())


def test_a_term_that_a_closer_one_overrules_is_told():
    whole = {"clause": "1", "land": [{"territory": "UA-65"}], "certainty": "stated"}
    part = {**whole, "land": [{"territory": "UA-65", "held_by": "Ukraine"}]}
    plan = plan_of([{**whole, "status": "ceded"}, {**part, "status": "frozen_line"}])
    found = overruled(plan, ["UA-65"])
    assert [(each.term, each.by, each.held_by) for each in found] == [(0, 1, "Ukraine")]
    assert overruled(plan_of([whole]), ["UA-65"]) == []
    agreed = plan_of([{**whole, "status": "ceded"}, {**part, "status": "ceded"}])
    assert overruled(agreed, ["UA-65"]) == []


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
    shorter = [edits.without_term(data, position) for position in range(len(data["terms"]))]
    shorter += [edits.without_clause(data, each["id"]) for each in data["clauses"]]
    read_own(write_yaml(shorter[0]))
    for each in shorter:
        read_own(json.dumps(each, ensure_ascii=False))  # YAML too, and quick to write


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


def test_a_points_parts_terms_and_summary_follow_its_new_number():
    data = {**draft_of(SHIPPED), "summary": plain(SHIPPED)["summary"]}
    position = next(i for i, each in enumerate(data["clauses"]) if each["id"] == "21")
    names = {"21": "40"} | {f"21({letter})": f"40({letter})" for letter in "abcd"}
    before = copy.deepcopy(data)
    renumbered = edits.with_clause(data, {**data["clauses"][position], "id": "40"}, position)
    plan = read_own(write_yaml(renumbered))
    assert data == before
    assert [clause.id for clause in plan.clauses][-5:] == list(names.values())
    assert [term.clause for term in plan.terms] == [
        names.get(term.clause, term.clause) for term in SHIPPED.terms
    ]
    assert [row.clauses for row in plan.summary] == [
        tuple(names.get(name, name) for name in row.clauses) for row in SHIPPED.summary
    ]


@pytest.mark.parametrize("new", ["5", "5(a)", "21(z)", "40"])
def test_a_lettered_part_that_is_renumbered_goes_to_its_place(new):
    data = draft_of(SHIPPED)
    data["clauses"] = [each for each in data["clauses"] if each["id"] != new]
    position = next(i for i, each in enumerate(data["clauses"]) if each["id"] == "21(d)")
    renumbered = edits.with_clause(data, {**data["clauses"][position], "id": new}, position)
    plan = read_own(write_yaml(renumbered))
    assert plan.clause(new).text == SHIPPED.clause("21(d)").text
    assert sum(term.clause == new for term in plan.terms) >= 1


def test_of_two_clauses_of_one_number_the_renumbered_one_goes_alone():
    data = small(clauses=[clause(), clause(title={"en": "Another"}, reach="none")])
    changed = edits.with_clause(data, {**data["clauses"][1], "id": "2"}, 1)
    assert [each["id"] for each in changed["clauses"]] == ["1", "2"]
    assert changed["terms"][0]["clause"] == "1"
    read_own(write_yaml(changed))


def test_words_that_change_are_the_same_in_every_language():
    before = {"en": "a", "uk": "б"}
    assert edits.in_words("a", "en", before) is before
    assert edits.in_words("б", "uk", before) is before
    assert edits.in_words("в", "uk", before) == {"en": "в", "uk": "в"}
    assert edits.in_words("c", "en", before) == {"en": "c"}


def test_blanks_round_words_are_no_change():
    before = {"en": " a\n", "uk": "б "}
    assert edits.in_words("a", "en", before) is before
    assert edits.in_words("б", "uk", before) is before


def test_more_than_a_hundred_changes_of_the_largest_plan_are_undone_and_made_again():
    whole = write_yaml(draft_of(SHIPPED))
    texts = [f"{whole}# {number}\n" for number in range(150)]
    history = History("")
    for each in texts:
        assert history.take(each)
    for each in [*reversed(texts[:-1]), ""]:
        assert history.undo()
        assert history.text == each
    assert not history.undo()
    for each in texts:
        assert history.redo()
        assert history.text == each
    assert not history.redo()


def test_the_history_holds_no_more_than_its_bytes_and_the_newest_texts():
    chance = Random(1)
    history = History()
    texts = [chance.randbytes(LONGEST_TEXT // 2).hex() for _ in range(60)]
    for each in texts:
        history.take(each)
        assert history.size <= LARGEST_HISTORY
    steps = 0
    while history.undo():
        steps += 1
        assert history.text == texts[-1 - steps]
    assert 30 <= steps < len(texts)


def test_the_newest_text_stays_however_large_it_is():
    history = History("before")
    large = Random(1).randbytes(LARGEST_HISTORY + 1).hex()
    assert history.take(large)
    assert (history.text, history.can_undo) == (large, False)
    assert history.take("after")
    assert (history.text, history.can_undo) == ("after", False)


def test_a_change_after_an_undo_drops_what_was_undone():
    history = History("a")
    history.take("b")
    history.undo()
    assert not history.take("a")
    assert history.can_redo
    history.take("c")
    assert not history.can_redo
    assert history.undo()
    assert (history.text, history.can_undo) == ("a", False)


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


def test_a_text_left_in_the_browser_is_told_and_nothing_else_is_lost():
    draft = Draft()
    draft.take(text())
    sound = draft.plan
    draft.leave(500_000, stored=True, typed=True)
    assert (draft.text, draft.plan) == (text(), sound)
    assert (draft.cannot_edit, draft.is_sound, draft.can_undo) == (True, False, True)
    draft.undo()
    assert (draft.text, draft.left, draft.is_sound) == (text(), None, True)
    draft.leave(500_000, stored=True, typed=True)
    draft.take(text(), typed=True)
    assert (draft.left, draft.is_sound, draft.cannot_edit) == (None, True, False)


def test_every_change_is_counted_and_taking_the_same_text_is_none():
    draft = Draft()
    for change in (lambda: draft.take(text()), lambda: draft.take(None), draft.undo, draft.redo):
        before = draft.changes
        change()
        assert draft.changes == before + 1
    draft.take(None)
    draft.redo()
    assert draft.changes == before + 1


def test_a_text_is_too_long_for_the_form_by_the_bytes_that_the_reader_counts():
    longer = text() + "# " + "я" * (LONGEST_TEXT // 2)
    assert len(longer) < LONGEST_TEXT < len(longer.encode())
    draft = Draft()
    draft.take(longer)
    assert draft.cannot_edit
    assert "KB" in draft.faults[0].message
    assert shaped(longer) is None


def test_a_readers_own_plan_is_searched_and_forgotten_with_its_words():
    secret = "Zyzzogeton nobody else would write"
    plan = read_own(text(clauses=[clause(text={"en": secret})]))
    assert [hit.clause for hit in search(plan, "zyzzogeton").hits] == ["1"]
    index = weakref.ref(clause_index.index_of(plan))
    assert clause_index.index_of(plan) is index()
    del plan
    gc.collect()
    assert index() is None
    assert secret not in search_text._TOKENS
    assert "zyzzogeton" not in search_text._STEMS


def test_a_shipped_plan_is_indexed_once():
    assert clause_index.index_of(SHIPPED) is clause_index.index_of(SHIPPED)
    assert SHIPPED.clauses[0].text["en"] in search_text._TOKENS
