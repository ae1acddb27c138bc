"""Serve the dashboard: ``streamlit run serve.py``."""

from __future__ import annotations

import pandas  # noqa: F401  (Altair looks into it while another reader's page may still load it)
import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from serving.page import StyledPage

# Until app.py has run once, Streamlit takes a folder "pages" for pages of its own and would answer
# a first reader's link to /clauses with that file alone. It has no setting to tell it otherwise.
PagesManager.uses_pages_directory = False

app = st.App("app.py", middleware=[Middleware(StyledPage)])
