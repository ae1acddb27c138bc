"""The plans a reader can look at: the shipped ones, and the one they wrote."""

from __future__ import annotations

from geo.errors import Fault, NotFoundError
from geo.plan import OWN_PLAN, Author, Plan, load_plan, plans_by_date
from pages.parts.own import own
from pages.parts.speech import N_, _, said

AUTHORS: dict[Author, str] = {
    "US": N_("United States"),
    "Ukraine": N_("Ukraine"),
    "Europe": N_("Europe"),
    "Russia": N_("Russia"),
}
"""Who put plans forward, in the order in which they are listed."""


def plan_called(plan_id: str) -> Plan:
    """The plan of that id, the reader's own one too.

    Raises :class:`geo.errors.NotFoundError` if there is none, :class:`geo.errors.PlanError` if it
    cannot be read.
    """
    if plan_id != OWN_PLAN:
        return load_plan(plan_id)
    if (written := own().plan) is None:
        raise NotFoundError(Fault("data/plans", "there is no plan of the reader's own."))
    return written


def all_plans() -> list[Plan]:
    """The shipped plans, the earliest first, then the reader's own, if there is one."""
    written = own().plan
    return [*plans_by_date(), *([written] if written else [])]


def plans_by_author() -> list[Plan]:
    """The same by who put them forward, each author's by date; the reader's own comes first."""
    order = list(AUTHORS)

    def place(plan: Plan) -> tuple[bool, list[int], str]:
        return not plan.is_own, [order.index(side) for side in plan.sides], plan.date

    return sorted(all_plans(), key=place)


def authors_of(plan: Plan) -> str:
    """Who put a plan forward, in words."""
    if plan.is_own:
        return _("A reader’s own")
    return _(" and ").join(_(AUTHORS[side]) for side in plan.sides)


def plan_label(plan: Plan) -> str:
    """A plan in a list that is searched: its short title, and who put it forward."""
    return f"{said(plan.short_title)} · {authors_of(plan)}"
