"""What the news explained: who wrote the plan, who was left out, what was said, what differs."""

from __future__ import annotations

import streamlit as st

from pages.parts.state import current_view
from pages.parts.story import background

with st.container(key="background"):
    st.html(background(current_view()))
