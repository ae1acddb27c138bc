"""How alike plans are, and plans in order of it."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.division import load_division
from geo.likeness import in_order_of_likeness, unlikeness
from geo.matrix import Column, matrix
from geo.plan import plan_ids, plans_by_date

laws = settings(max_examples=80, deadline=None, derandomize=True)

TWINS = ("russia-terms-2024-06", "russia-memorandum-2025-06")
"""Two plans that ask for the same of every territory."""


@cache
def all_columns() -> tuple[Column, ...]:
    return tuple(matrix(plans_by_date(), load_division("2025-11-21")))


def test_two_russian_papers_that_ask_for_the_same_land_are_not_unlike():
    by_plan = {each.plan: each for each in all_columns()}
    terms_2024, memorandum = by_plan["russia-terms-2024-06"], by_plan["russia-memorandum-2025-06"]
    assert unlikeness(terms_2024, memorandum) == 0
    # They differ in all ten territories that the Formula names, and in the plant.
    assert unlikeness(terms_2024, by_plan["ukraine-peace-formula-2022-11"]) == pytest.approx(
        11 / 28
    )


@pytest.mark.parametrize("left", plan_ids())
def test_unlikeness_is_the_same_from_both_sides_and_nothing_to_oneself(left):
    by_plan = {each.plan: each for each in all_columns()}
    assert unlikeness(by_plan[left], by_plan[left]) == 0
    for right in all_columns():
        assert unlikeness(by_plan[left], right) == unlikeness(right, by_plan[left])
        assert 0 <= unlikeness(by_plan[left], right) <= 1


@given(st.permutations(range(14)), st.integers(0, 14))
@laws
def test_the_order_of_likeness_keeps_every_plan_and_puts_twins_together(order, count):
    columns = [all_columns()[n] for n in order][:count]
    found = in_order_of_likeness(columns)
    assert sorted(each.plan for each in found) == sorted(each.plan for each in columns)
    for one, other in pairwise([c for c in found if c.plan in TWINS]):
        assert abs(found.index(one) - found.index(other)) == 1
