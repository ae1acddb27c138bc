"""Questions besides land: which clauses answer them, and how much of each is shown."""

from __future__ import annotations

import pytest

from geo.matters import MATTERS, clauses_on, opening
from geo.plan import load_plan, plans_by_date


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The army is capped.", "The army is capped."),
        ("One. " + "Two goes on. " * 20, "One.\u00a0…"),
        ("It costs US$100 bn. in all, " + "and more " * 30 + "yet. Then more.", None),
        ("军队有上限。" + "其余的话很长。" * 40, "军队有上限。\u00a0…"),
        ("Армію обмежено. " + "Далі йде довгий опис. " * 20, "Армію обмежено.\u00a0…"),
    ],
)
def test_a_long_clause_is_shown_by_its_first_sentence(text, shown):
    if shown is None:
        shown = text.removesuffix(" Then more.") + "\u00a0…"
    assert opening(text) == shown


def test_a_clause_is_listed_under_the_questions_it_names_and_nowhere_else():
    for plan in plans_by_date():
        for matter in MATTERS:
            assert [c.id for c in clauses_on(plan, matter)] == [
                c.id for c in plan.clauses if matter in c.matters
            ]
    asked = {m: clauses_on(load_plan("us-28-point-2025-11"), m) for m in MATTERS}
    assert [clause.id for clause in asked["army_cap"]] == ["6"]
    assert [clause.id for clause in asked["elections"]] == ["25"]
