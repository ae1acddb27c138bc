"""Two plans, or one plan on two dates, side by side; below, every plan and territory."""

from __future__ import annotations

import streamlit as st

from geo.comparison_files import as_csv, as_json, as_rows
from pages.parts.bridge import listen, picked
from pages.parts.compare_maps import selections, two_maps
from pages.parts.compare_rows import clauses, lead, legend, selected, table
from pages.parts.compare_view import current_comparison, zones_of_the_same
from pages.parts.matrix_view import treaty_matrix
from pages.parts.matters_view import matters_table
from pages.parts.notices import fragment
from pages.parts.render import render
from pages.parts.speech import _
from pages.parts.state import current_view, go_to
from pages.parts.view import pick


@fragment
def differences() -> None:
    """What differs; a pick on either map, or the switch, wakes only this."""
    view = current_view()
    found = current_comparison(view)
    with st.container(key="compare_legend", horizontal=True):
        st.html(legend(found))
        only = st.toggle(_("Show only what differs"), key="compare_only", persist_state="session")
    same = zones_of_the_same(found) if only else {}
    listen("compare_bridge", _picked, same=same, selections=selections(view))
    with st.container(key="compare_selected"):
        st.html(selected(view, found))
    with st.container(key="compare_result"):
        st.html(lead(found) + table(view, found) + clauses(view, found))
    rows = as_rows(found)
    name = f"compare_{found.left.id}_{found.left_line}_{found.right.id}_{found.right_line}"
    files = {
        "CSV": (_("Download as CSV"), as_csv, "text/csv"),
        "JSON": (_("Download as JSON"), as_json, "application/json"),
    }
    with st.container(key="compare_files", horizontal=True):
        for ending, (label, write, mime) in files.items():
            file = f"{name}.{ending.lower()}"
            st.download_button(label, write(rows), file, mime, on_click="ignore")


def _picked() -> None:
    go_to(pick(current_view(), picked("compare_bridge")))


view = current_view()
st.html(render("compare_contents.html"))
two_maps(view)
differences()
with st.container(key="every_plan"):
    st.html(
        render("compare_heading.html", anchor="every-plan", title=_("Every plan and territory"))
    )
    treaty_matrix(view)
with st.container(key="other_questions"):
    st.html(render("compare_heading.html", anchor="other-questions", title=_("Other questions")))
    matters_table(view)
