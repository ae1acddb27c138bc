"""Where everything is from, how sure it is, and what is known to be wrong."""

from __future__ import annotations

import streamlit as st

from pages.parts.sources_text import files_table, what_is_known
from pages.parts.state import current_view

view = current_view()
with st.container(key="sources_text"):
    st.html(what_is_known(view))
with st.container(key="sources_files"):
    st.html(files_table())
