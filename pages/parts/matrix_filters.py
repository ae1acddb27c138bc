"""Which plans the tables of all plans show, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import streamlit as st

from geo.likeness import in_order_of_likeness
from pages.parts.plans import AUTHORS, all_plans
from pages.parts.speech import N_, _
from pages.parts.switches import one_of, switched_on, switches

if TYPE_CHECKING:
    from geo.matrix import Column
    from geo.plan import Plan

Order = Literal["date", "likeness"]

SIDES_KEY, YEARS_KEY, ORDER_KEY = "matrix_sides", "matrix_years", "matrix_order"

OWN = "own"
"""Beside the sides: the reader."""


def matrix_switches() -> Order:
    """The switches by author and year, and the order that is chosen."""
    plans = all_plans()
    sides = Counter(side for plan in plans for side in _sides(plan))
    names = {str(side): name for side, name in AUTHORS.items()} | {OWN: N_("A reader’s own")}
    years = Counter(_year(plan) for plan in plans)
    orders: dict[Order, str] = {"date": _("By date"), "likeness": _("By likeness")}
    with st.container(key="matrix_filters", horizontal=True):
        switches(SIDES_KEY, _("Put forward by"), names, sides, sides)
        switches(YEARS_KEY, _("Year"), {year: year for year in sorted(years)}, years, years)
        return one_of(_("Order of the plans"), orders, ORDER_KEY)


def _sides(plan: Plan) -> tuple[str, ...]:
    return (OWN,) if plan.is_own else plan.sides


def _year(plan: Plan) -> str:
    return plan.date[:4]


def chosen_plans() -> list[Plan]:
    """The plans that the switches let through, by date; none switched on lets all through."""
    sides, years = switched_on(SIDES_KEY), switched_on(YEARS_KEY)
    return [
        plan
        for plan in all_plans()
        if (not sides or set(sides) & set(_sides(plan))) and (not years or _year(plan) in years)
    ]


def ordered(columns: Sequence[Column], order: Order) -> list[Column]:
    """The columns in the order chosen; they come by date."""
    return in_order_of_likeness(columns) if order == "likeness" else list(columns)
