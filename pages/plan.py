"""One plan as a document: what it is, what is known of it, and its place among the others."""

from __future__ import annotations

import streamlit as st

from pages.parts.plan_facts import plan_page
from pages.parts.state import current_view

with st.container(key="plan_page"):
    st.html(plan_page(current_view()))
