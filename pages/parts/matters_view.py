"""Questions besides land: what each plan says of army, NATO, guarantees, assets and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.matters import MATTERS, clauses_on, opening
from pages.parts.matrix_filters import chosen_plans
from pages.parts.render import render
from pages.parts.speech import N_, _, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.plan import Matter, Plan
    from pages.parts.view import View

NAMES: dict[Matter, str] = {
    "army_cap": N_("Size of Ukraine’s army"),
    "nato": N_("NATO"),
    "guarantees": N_("Security guarantees"),
    "assets": N_("Frozen Russian assets"),
    "sanctions": N_("Sanctions on Russia"),
    "elections": N_("Elections in Ukraine"),
    "amnesty": N_("Amnesty or prosecution"),
}


def matters_table(view: View) -> None:
    """What plans say on questions besides land, of the plans that the matrix shows."""
    st.html(render("matters_lead.html"))
    with st.container(key="matters_table"):
        st.html(matters(view, chosen_plans()))


def matters(view: View, plans: Sequence[Plan]) -> str:
    """The table: a row a plan, a column a question."""
    if not plans:
        return render("matrix_empty.html")
    return render(
        "matters.html",
        view=view,
        names=[_(NAMES[matter]) for matter in MATTERS],
        rows=[_row(view, plan) for plan in plans],
        has_own=any(plan.is_own for plan in plans),
    )


def _row(view: View, plan: Plan) -> dict[str, Any]:
    return {
        "plan": plan.id,
        "title": said(plan.short_title),
        "own": plan.is_own,
        "present": plan.id == view.plan.id,
        "cells": [
            [
                {"go": f"plan:{plan.id}/clause:{clause.id}", "id": clause.id, "text": text}
                for clause in clauses_on(plan, matter)
                if (text := opening(said(clause.text)))
            ]
            for matter in MATTERS
        ],
    }
