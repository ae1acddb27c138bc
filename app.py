"""Terms of Territory: what a peace plan does to each piece of land, and which words say so."""

from __future__ import annotations

import streamlit as st

from geo.errors import DataError
from pages.parts.assets import FRONTEND
from pages.parts.head import finding, head_places, page_style, phone_navigation, pickers
from pages.parts.navigation import all_pages, follow_links
from pages.parts.notices import data_fault, notice
from pages.parts.own_plan import keep_own_plan
from pages.parts.scene import current_scene
from pages.parts.state import carry_over, current_view, note_drawn, speak_to_reader

# Before all else: a page that becomes wide only later jumps.
st.set_page_config(
    page_icon=str(FRONTEND / "icon.svg"), layout="wide", initial_sidebar_state="collapsed"
)
speak_to_reader()
pages = all_pages()
page = st.navigation(pages, position="top")
st.set_page_config(page_title=f"{page.title} · Terms of Territory")
page_style()
carry_over(page.url_path)
phone_navigation(pages, page)
pickers_place = None
try:
    keep_own_plan()
    view = current_view()
    note_drawn(view)
    notice(view)
    # The places are made now, and filled when the page has filled its own: that is waited for most.
    finding_place, pickers_place = head_places()
    with finding_place:
        st.html(finding(view, current_scene(view)))
    follow_links()
    page.run()
except DataError as error:
    data_fault(error)
if pickers_place:  # also for whoever met data that cannot be read, and has to leave it
    with pickers_place:
        pickers()
