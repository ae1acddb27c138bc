"""Terms of Territory: what a peace plan does to each piece of land, and which words say so."""

from __future__ import annotations

import streamlit as st

from geo.errors import DataError
from pages.parts.assets import FRONTEND
from pages.parts.head import data_fault, head, notice, page_style, phone_navigation
from pages.parts.state import carry_over, current_view

st.set_page_config(
    page_title="Terms of Territory",
    page_icon=str(FRONTEND / "icon.svg"),
    layout="wide",
    initial_sidebar_state="collapsed",
)
pages = [
    st.Page("pages/map.py", title="Map", default=True),
    st.Page("pages/sources.py", title="Sources", url_path="sources"),
]
page = st.navigation(pages, position="top")
page_style()
phone_navigation(pages)
try:
    carry_over(page.url_path)
    view = current_view()
    notice(view)
    head(view)
    page.run()
except DataError as error:
    data_fault(error)
