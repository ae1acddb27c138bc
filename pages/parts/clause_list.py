"""The clauses that a search found, as cards: words, sources, land, pin and citation."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import streamlit as st

from geo.background import load_background
from geo.citation import Citation, cite
from geo.clause_search import Found, mark
from geo.minimap import minimap
from geo.palette import NEUTRALS, Theme
from geo.plan import Clause, Plan
from geo.statuses import LOOKS
from pages.parts import words
from pages.parts.clause_rows import clause_row
from pages.parts.render import href, render
from pages.parts.scene import Row, Scene
from pages.parts.speech import _, language, said
from pages.parts.view import View


def clause_cards(view: View, scene: Scene, found: Found) -> str:
    """What was searched and found, pinned clauses on top, then the clauses as HTML."""
    known = {clause.id for clause in view.plan.clauses}
    pinned = [name for name in pins(view.plan) if name in known]
    return render(
        "clauses.html",
        view=view,
        found=found,
        total=len(view.plan.clauses),
        pinned=[_card(view, scene, name, found) for name in pinned],
        cards=[_card(view, scene, name, found) for name in _listed(view, found)],
        nearest=[clause_row(view.plan, view.plan.clause(name)) for name in found.nearest],
    )


def _listed(view: View, found: Found) -> list[str]:
    """The clauses found; one that a link names is there even if the search has it not."""
    names = [hit.clause for hit in found.hits]
    return names if view.clause is None or view.clause in names else [view.clause, *names]


def pins(plan: Plan) -> list[str]:
    """The clauses of a plan that the reader pinned, in the order of pinning."""
    pinned: dict[str, list[str]] = st.session_state.setdefault("pins", {})
    return pinned.setdefault(plan.id, [])


def pin_or_unpin(plan: Plan, name: str) -> None:
    """Pin a clause, or unpin it if it is pinned."""
    if name in pins(plan):
        pins(plan).remove(name)
    else:
        pins(plan).append(name)


def _card(view: View, scene: Scene, name: str, found: Found) -> dict[str, Any]:
    clause = view.plan.clause(name)
    row = clause_row(view.plan, clause)
    zones = scene.zones_of_clause(name)
    places = scene.places_of_clause(name)
    return {
        **row,
        "anchor": anchor(name),
        "title": mark(row["title"], found),
        "text": mark(row["text"], found),
        "topic": _(words.TOPICS[clause.topic]),
        "reach": _(words.REACH[clause.reach]),
        "picture": _picture(scene, zones) if zones else None,
        "on_map": bool(zones or places),
        "unbound": view.plan.is_own and clause.topic == "territory" and not (zones or places),
        "pinned": name in pins(view.plan),
        "selected": view.clause == name,
        "citation": _citation(view, clause) if st.session_state.get("cited") == name else None,
    }


def _picture(scene: Scene, zones: list[Row]) -> str:
    """The zones on a map of the country, as the address of an image that is in the address."""
    drawn = minimap(scene.division)
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    looks = [LOOKS[zone["status"]] for zone in zones]
    inks = [(look.dark if theme == "dark" else look.light).fill for look in looks]
    svg = render(
        "minimap.svg",
        width=drawn.width,
        height=drawn.height,
        country=drawn.country,
        ground=NEUTRALS[theme]["outside"],
        edge=NEUTRALS[theme]["muted"],
        zones=[(drawn.zones[row["zone"]], ink) for row, ink in zip(zones, inks, strict=True)],
    )
    return f"data:image/svg+xml,{quote(svg)}"


def anchor(name: str) -> str:
    """The id of a clause's card."""
    return f"clause-{name.replace('(', '').replace(')', '')}"


def _citation(view: View, clause: Clause) -> Citation:
    base = (st.context.url or "").split("?")[0]
    link = f"{base}{href(view, f'clause:{clause.id}')}"
    today = datetime.now(UTC).date().isoformat()
    return cite(view.plan, clause, link, today, language())


def open_questions(view: View) -> str:
    """What readers ask and the plan does not answer, each with its clauses, as HTML.

    Empty for a plan whose open questions nobody has written down.
    """
    if load_background().plan != view.plan.id:
        return ""
    questions = [
        {"question": said(row.question), "answer": said(row.answer), "clauses": row.clauses}
        for row in load_background().questions
    ]
    return render("questions.html", view=view, questions=questions)
