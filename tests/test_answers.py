"""Which of several terms decides: the rules, case by case and over random plans."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings

from geo.answers import SIDES, answer, clashes, reaching
from geo.clause_ids import clause_order
from tests.strategies import CODES, plan_of, plans

WHOLE, PART = {"territory": "UA-05"}, {"territory": "UA-05", "held_by": "Ukraine"}
ELSEWHERE = {"outside": ["UA-07"], "held_by": "Ukraine"}
SURENESS = ["unverified", "disputed", "inferred", "stated"]


def term(clause, land, certainty="stated", **facts):
    return {"clause": clause, "land": [land], "certainty": certainty, **facts}


def answered(*terms):
    return answer(plan_of(list(terms)), "UA-05", "Ukraine")


@pytest.mark.parametrize(
    ("lands", "status"),
    [
        ((WHOLE, PART), "frozen_line"),
        ((PART, WHOLE), "ceded"),
        ((ELSEWHERE, WHOLE), "frozen_line"),
        ((ELSEWHERE, PART), "frozen_line"),
        ((WHOLE, ELSEWHERE), "ceded"),
    ],
)
def test_the_term_that_names_land_most_closely_gives_the_status(lands, status):
    first, second = lands
    found = answered(
        term("1", first, status="ceded"),
        term("2", second, status="frozen_line", certainty="inferred"),
    )
    assert found.status == status
    assert found.certainty == ("stated" if status == "ceded" else "inferred")
    assert found.deciding == (("1", "2") if status == "ceded" else ("2", "1"))


def test_how_it_is_treated_goes_with_as_whose_it_is_treated():
    russian = term("1", WHOLE, status="ceded", treated_as="Russia", how="de_facto")
    ukrainian = term("2", PART, status="frozen_line", treated_as="Ukraine")
    found = answered(russian, ukrainian)
    assert (found.treated_as, found.how) == ("Ukraine", "not_said")
    buffer = term("2", PART, status="demilitarized", treated_as="Russia")
    found = answered(russian, buffer)
    assert (found.treated_as, found.how) == ("Russia", "de_facto")


def test_of_terms_that_decide_together_the_least_sure_is_told():
    for index, certainty in enumerate(SURENESS):
        found = answered(
            term("1", PART, status="ceded", certainty=certainty),
            *(term("2", PART, status="ceded", certainty=surer) for surer in SURENESS[index:]),
            term("10", PART, certainty="unverified"),  # a condition decides nothing
        )
        assert found.certainty == certainty


def test_facts_in_words_stand_beside_each_other_each_with_its_clause():
    words = {"en": "Leave"}, {"en": "Stay out"}
    found = answered(term("1", WHOLE, forces=words[0]), term("2", PART, forces=words[1]))
    assert found.facts("forces") == [("1", "Leave"), ("2", "Stay out")]
    assert found.status == "unaffected"


def test_clauses_are_ordered_as_they_are_counted():
    names = ["10(c)", "2(b)", "9", "10", "2", "2(a)"]
    assert sorted(names, key=clause_order) == ["2", "2(a)", "2(b)", "9", "10", "10(c)"]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(plans())
def test_no_term_that_decides_is_passed_over_for_a_less_close_one(plan):
    assume(not clashes(plan, CODES))
    for code in CODES:
        for side in SIDES:
            found = answer(plan, code, side)
            giving = [r for r in reaching(plan, code, side) if r.term.status is not None]
            closest = max((reach.rank for reach in giving), default=None)
            decided = [reach.term for reach in giving if reach.rank == closest]
            assert {term.status for term in decided} <= {found.status}
            if decided:
                assert found.certainty == min((t.certainty for t in decided), key=SURENESS.index)
                assert found.deciding[0] in {term.clause for term in decided}
            if found.treated_as and found.how != "not_said":
                agreeing = {None, found.treated_as}
                said = [r.term for r in reaching(plan, code, side) if r.term.how == found.how]
                assert any(term.treated_as in agreeing for term in said)
