"""A whole list of towns, pasted or uploaded, and its answers as a table and as CSV."""

from __future__ import annotations

from math import ceil
from typing import Any

import streamlit as st

from geo.errors import DataError
from geo.statuses import LOOKS
from geo.territories import territory_facts
from geo.town_lists import MOST_BYTES, MOST_ROWS, answer_list, as_csv
from pages.parts.notices import fragment
from pages.parts.often import take_turn
from pages.parts.own import division_of
from pages.parts.render import render
from pages.parts.speech import N_, _, language, named, number
from pages.parts.state import current_view
from pages.parts.town_answer import VERDICTS
from pages.parts.view import View

UPLOADS = ["csv", "txt"]
UPLOAD_MB = 10
"""Somewhat more than is answered, so that a sentence of ours says what is too much."""

MATCHES = {
    "found": N_("Found"),
    "ambiguous": N_("Several of that name"),
    "unknown": N_("Not known"),
    "outside Ukraine": N_("Outside Ukraine"),
}


@fragment
def town_list() -> None:
    """Where a list goes in and its answers come out."""
    view = current_view()
    with st.container(key="towns_list"):
        st.html(render("town_list.html", most=number(MOST_ROWS), size=number(MOST_BYTES / 1e6)))
        pasted, uploaded = st.columns(2, gap="medium")
        with pasted:
            text = st.text_area(
                _("Paste a list"), key="town_list_text", height=130, persist_state="session"
            )
        with uploaded:
            file = st.file_uploader(
                _("Or upload a file"),
                key="town_list",
                type=["csv", "txt"],
                max_upload_size=UPLOAD_MB,
            )
        content = file.getvalue() if file else text
        if file or text.strip():
            with st.container(key="town_list_result"):
                _answers(view, content)


def _answers(view: View, content: str | bytes) -> None:
    if wait := take_turn((hash(content), view.plan.id, view.line)):
        told = _("Many lists in a short time. Ask for this one again in {seconds} s.")
        st.html(render("notice.html", notices=[told.format(seconds=number(ceil(wait)))]))
        return
    try:
        rows = answer_list(content, view.plan, division_of(view))
    except DataError as error:
        st.html(render("notice.html", notices=[_fault(error)]))
        return
    counts = {match: sum(row["match"] == match for row in rows) for match in MATCHES}
    summary = " · ".join(f"{_(MATCHES[match])}: {number(n)}" for match, n in counts.items() if n)
    st.caption(summary)
    st.dataframe([_shown(row) for row in rows], hide_index=True, key="town_table")
    st.download_button(
        _("Download as CSV"),
        as_csv(rows),
        file_name=f"towns_{view.plan.id}_{view.line}.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _fault(error: DataError) -> str:
    """What is wrong with the list; the exact words are there in English only."""
    if language() == "en":
        return f"This list cannot be answered: {error.faults[0].message}"
    return _("This list cannot be answered. Give one town per line, as text or CSV, and no more.")


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """One row as the page shows it, in the language spoken."""
    match, status, verdict = MATCHES[row["match"]], row["status"], row["verdict"]
    name = row["name_uk"] if language() == "uk" and row["name_uk"] else row["name"]
    label = LOOKS[status].label if status else None
    held = VERDICTS[verdict] if verdict else None
    return {
        _("Asked for"): row["asked"],
        _("Match"): _(match),
        _("Name"): name or "",
        _("Territory"): named(territory_facts()[row["territory"]]) if row["territory"] else "",
        _("Status under the plan"): _(label) if label else "",
        _("Clauses"): ", ".join(row["clauses"]),
        _("Who holds it"): _(held) if held else "",
        _("Distance to the line, km"): row["distance_km"],
        _("Candidates"): row["candidates"],
    }
