"""Where everything is from, how sure it is, and what is known to be wrong."""

from __future__ import annotations

import streamlit as st

from pages.parts.calibration_view import calibration_part
from pages.parts.other_lines import other_lines_part
from pages.parts.sources_text import files_table, line_known, rest_known
from pages.parts.state import current_view

view = current_view()
with st.container(key="sources_text"):
    st.html(line_known(view))
    calibration_part()
    other_lines_part(view)
    st.html(rest_known(view))
with st.container(key="sources_files"):
    st.html(files_table())
