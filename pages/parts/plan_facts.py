"""A plan as a document: who, when, how it became known, what came before and after it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from geo.days import first_day
from geo.line import OWN_LINE
from geo.plan import Plan
from geo.published import NEAR_DAYS
from pages.parts import words
from pages.parts.clause_rows import clause_row, source_rows
from pages.parts.plans import all_plans, authors_of
from pages.parts.render import render
from pages.parts.speech import _, day, ngettext, said, short_day
from pages.parts.view import View


def plan_page(view: View) -> str:
    """What the plan is, what is known of it, its place in the sequence, its clauses, as HTML."""
    plan = view.plan
    later = [other for other in all_plans() if other.id == plan.superseded_by]
    earlier = [other for other in all_plans() if other.superseded_by == plan.id]
    base = [other for other in all_plans() if other.id == plan.based_on]
    return render(
        "plan.html",
        view=view,
        plan=plan,
        kind=_(words.KINDS[plan.kind]),
        authors=authors_of(plan),
        publication=_(words.PUBLICATIONS[plan.publication]),
        line_apart=line_apart(plan, view.line),
        links=[
            (_("Took its place"), [_link(other) for other in later]),
            (_("Took the place of"), [_link(other) for other in earlier]),
            (_("Began as"), [_link(other) for other in base]),
        ],
        years=[
            (year, [{**_link(other), "current": other.id == plan.id} for other in group])
            for year, group in groupby(
                (other for other in all_plans() if not other.is_own), lambda other: other.date[:4]
            )
        ],
        clauses=[
            {**clause_row(plan, clause), "topic": _(words.TOPICS[clause.topic])}
            for clause in plan.clauses
        ],
        all_sources=source_rows(plan.sources, plan.sources),
    )


def _link(plan: Plan) -> dict[str, Any]:
    return {
        "pick": f"plan:{plan.id}@{plan.line}/",
        "title": said(plan.title),
        "authors": authors_of(plan),
        "date": plan.date,
        "superseded": plan.superseded_by is not None,
    }


def line_apart(plan: Plan, line: str) -> str:
    """That the line is of another time than the plan; empty where they are near each other."""
    if line == OWN_LINE or plan.is_own:
        return ""
    days = (first_day(line) - first_day(plan.date)).days
    if abs(days) <= NEAR_DAYS:
        return ""
    months = max(1, round(abs(days) / 30.4))
    later = ngettext(
        "The plan is of {plan_day}; the line of contact shown is {months} month later, of"
        " {line_day}.",
        "The plan is of {plan_day}; the line of contact shown is {months} months later, of"
        " {line_day}.",
        months,
    )
    earlier = ngettext(
        "The plan is of {plan_day}; the line of contact shown is {months} month earlier, of"
        " {line_day}.",
        "The plan is of {plan_day}; the line of contact shown is {months} months earlier, of"
        " {line_day}.",
        months,
    )
    text = later if days > 0 else earlier
    return text.format(plan_day=day(plan.date), line_day=short_day(line), months=months)
