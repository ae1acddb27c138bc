"""The reader's own line of contact and outlines: files in, a report out, buttons to use them."""

from __future__ import annotations

import streamlit as st

from geo.uploads.limits import LARGEST_FILE_MB
from pages.parts.bridge import tell_page
from pages.parts.notices import fragment, told
from pages.parts.own_line_part import line_part
from pages.parts.own_outlines_part import outlines_part
from pages.parts.render import render
from pages.parts.speech import _, number

NOTHING = {"type": "FeatureCollection", "features": []}


@fragment
def own_panel() -> None:
    """Where a reader brings a line and outlines; only using one wakes the rest of the page."""
    with st.container(key="own"), st.expander(_("Your own line or outlines"), key="own_expander"):
        st.html(render("own.html", most=number(LARGEST_FILE_MB)))
        left, right = st.columns(2, gap="large")
        with left:
            line = line_part()
        with right:
            outlines = outlines_part()
        outcomes = [outcome for outcome in (line, outlines) if outcome]
        with st.container(key="upload_report"):
            for outcome in outcomes:
                sentences = told(outcome.notices)
                st.html(render("upload_report.html", sentences=sentences, usable=outcome.made))
    previews = [outcome.preview for outcome in outcomes if outcome.preview]
    tell_page("own_bridge", preview=previews[0] if previews else NOTHING)
