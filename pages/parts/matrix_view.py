"""The treaty matrix: what every plan says of every territory, in letters, colours and words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.matrix import matrix
from pages.parts.matrix_downloads import grid_of, matrix_downloads
from pages.parts.matrix_filters import chosen_plans, matrix_switches, ordered
from pages.parts.matrix_rows import matrix_bands
from pages.parts.matrix_words import letter_key, status_words
from pages.parts.notices import fragment
from pages.parts.own import division_of
from pages.parts.render import render
from pages.parts.speech import said
from pages.parts.state import current_view

if TYPE_CHECKING:
    from geo.plan import Plan
    from pages.parts.matrix_filters import Order
    from pages.parts.view import View


def treaty_matrix(view: View) -> None:
    """What the letters mean, and below it the matrix, which wakes alone."""
    with st.container(key="matrix_lead"):
        st.html(
            render(
                "matrix_lead.html", line=view.line, letters=letter_key(), statuses=status_words()
            )
        )
    _switches_and_matrix()


@fragment
def _switches_and_matrix() -> None:
    view = current_view()
    order = matrix_switches()
    found = {plan.id: plan for plan in chosen_plans()}
    _wake_the_other_table(tuple(found))
    division = division_of(view)
    columns = ordered(matrix(found.values(), division), order)
    plans, bands = [found[column.plan] for column in columns], matrix_bands(columns)
    with st.container(key="treaty_matrix"):
        st.html(matrix_table(view, plans, bands, order))
    if plans:
        matrix_downloads(grid_of(plans, bands, division))


def _wake_the_other_table(plans: tuple[str, ...]) -> None:
    """The table of other questions shows the same plans; it sleeps while this part is awake."""
    before = st.session_state.get("matrix_plans", plans)
    st.session_state["matrix_plans"] = plans
    if before != plans:
        st.rerun()


def matrix_table(
    view: View, plans: Sequence[Plan], bands: Sequence[dict[str, Any]], order: Order = "date"
) -> str:
    """The matrix of some plans as a table, or that no plan is left."""
    if not plans:
        return render("matrix_empty.html")
    heads = [
        {
            "plan": plan.id,
            "title": said(plan.short_title),
            "own": plan.is_own,
            "present": plan.id == view.plan.id,
        }
        for plan in plans
    ]
    return render(
        "matrix.html",
        view=view,
        line=view.line,
        heads=heads,
        bands=bands,
        by_likeness=order == "likeness",
        has_own=any(plan.is_own for plan in plans),
    )
