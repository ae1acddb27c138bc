"""The ledger: area, people and settlements by status, oblast and clause, beside others' figures."""

from __future__ import annotations

import streamlit as st

from geo.ledger_entries import Grouping
from geo.ledger_files import as_csv, as_json, as_rows
from pages.parts.charts import show_chart
from pages.parts.ledger_bars import bar_chart, bar_rows, bars_in_words
from pages.parts.ledger_figures import Unit
from pages.parts.ledger_flow import flow_chart, flow_drawing, flow_in_words
from pages.parts.ledger_view import (
    current_ledger,
    flow_list,
    ledger_lead,
    ledger_table,
    ledger_totals,
)
from pages.parts.notices import fragment
from pages.parts.own import division_of
from pages.parts.published_table import published_table
from pages.parts.render import render
from pages.parts.speech import _
from pages.parts.state import current_view
from pages.parts.switches import one_of


@fragment
def charts() -> None:
    """Bars and flow, in square kilometres or people; the switch wakes only this."""
    view = current_view()
    book = current_ledger(view)
    units: dict[Unit, str] = {"area": _("Square kilometres"), "people": _("People")}
    with st.container(key="ledger_charts"):
        unit = one_of(_("Count"), units, "ledger_unit")
        bars, flow = st.columns(2, gap="medium")
        with bars:
            st.html(render("ledger_bars.html", people=unit == "people"))
            rows = bar_rows(book, unit)
            show_chart(bar_chart(rows), bars_in_words(rows), key="ledger_bars")
        with flow:
            st.html(render("ledger_flow_title.html", people=unit == "people"))
            drawing = flow_drawing(book, unit)
            show_chart(flow_chart(drawing, unit), flow_in_words(drawing, unit), key="ledger_flow")
        st.html(flow_list(book))


@fragment
def table() -> None:
    """Every piece of land in a table, in groups of the reader's choice, and as files."""
    view = current_view()
    book = current_ledger(view)
    groupings: dict[Grouping, str] = {
        "status": _("Status"),
        "territory": _("Oblast"),
        "clause": _("Clause"),
    }
    with st.container(key="ledger_rows"):
        st.html(render("ledger_table_title.html", line=view.line))
        grouping = one_of(_("Group by"), groupings, "ledger_grouping")
        with st.container(key="ledger_table"):
            st.html(ledger_table(view, book, grouping))
        rows, name = as_rows(book, division_of(view)), f"ledger_{view.plan.id}_{view.line}"
        with st.container(key="ledger_files", horizontal=True):
            st.download_button(
                _("Download as CSV"), as_csv(rows), f"{name}.csv", "text/csv", on_click="ignore"
            )
            st.download_button(
                _("Download as JSON"),
                as_json(rows),
                f"{name}.json",
                "application/json",
                on_click="ignore",
            )


view = current_view()
book = current_ledger(view)
with st.container(key="ledger_lead"):
    st.html(ledger_lead(view, book))
charts()
table()
with st.container(key="ledger_totals"):
    st.html(ledger_totals(view, book))
with st.container(key="ledger_published"):
    st.html(published_table(view))
