"""The reader's own plan: begun from another, changed in a form or as YAML, map beside it."""

from __future__ import annotations

import streamlit as st

from pages.parts.assets import DATA_URL
from pages.parts.bridge import anew, tell_page
from pages.parts.notices import fragment
from pages.parts.own import own
from pages.parts.plan_clauses import ClauseList, plan_title
from pages.parts.plan_editor import plan_editor, plan_messages
from pages.parts.plan_terms import TermList
from pages.parts.plan_tools import another_plan_is_shown, begin, plan_upload, share, toolbar
from pages.parts.render import render
from pages.parts.scene import current_scene, map_scene
from pages.parts.speech import _
from pages.parts.state import current_view
from pages.parts.territory_map import show_map


@fragment
def form() -> None:
    """Title, terms and clauses; opening one wakes only this, saving it wakes the page."""
    draft = own().draft
    if draft.revision != st.session_state.get("form_revision"):
        st.rerun()  # a button here has changed the plan, and the rest of the page is asleep
    if draft.data is None:
        return
    asleep = draft.cannot_edit
    plan_title(draft.data, asleep)
    st.html(render("write_terms_title.html", count=len(draft.data.get("terms", []))))
    with st.container(key="plan_terms"):
        TermList().show(draft.data, asleep)
    with st.expander(_("Clauses"), key="plan_clauses"):
        ClauseList().show(draft.data, asleep)


view = current_view()
scene = current_scene(view)
tell_page(
    "scene_bridge",
    **anew(scene=map_scene(scene, view.since)),
    layers=list(view.layers),
    points=False,
)
st.session_state["form_revision"] = own().draft.revision
with st.container(key="write_lead"):
    st.html(render("write_lead.html"))
    begin(view)
# Each in a place of its own: an editor that moves down the page is made anew, and loses focus.
with st.container(key="plan_tools"):
    another_plan_is_shown(view)
    toolbar()
left, right = st.columns([1.35, 1], gap="medium")
with left:
    with st.container(key="plan_form"):
        form()
    with st.container(key="write_yaml"):
        st.html(render("write_yaml.html", schema=f"{DATA_URL}/plan.schema.json"))
        plan_messages()
        plan_editor()
with right, st.container(key="write_map"):
    show_map()
    share(view)
    plan_upload()
