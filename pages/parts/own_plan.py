"""The reader's own plan in this session: every change to it, and where the browser keeps it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from geo.drafts.limits import LONGEST_TEXT
from geo.drafts.packing import unpack
from geo.errors import NotFoundError, PlanError
from geo.plan import DEFAULT_PLAN, OWN_PLAN, Plan
from pages.parts import assets
from pages.parts.own import own
from pages.parts.plans import plan_called
from pages.parts.render import render
from pages.parts.speech import _
from pages.parts.state import current_view, go_to
from pages.parts.view import View, of_plan, with_line

_keeper = st.components.v2.component(
    "own_plan_keeper", js=assets.text("own_plan.js"), html="", isolate_styles=False
)

_KEY = "own_plan_bridge"


def keep_own_plan() -> None:
    """Keep the plan in the browser, and take what a link or the browser holds; on every page.

    Where the link asks for the reader's own plan, which only the browser has, the page waits.
    """
    session = st.session_state.setdefault("own_plan_session", uuid.uuid4().hex)
    asked = st.session_state.get("own_plan_asked", False)
    awaited = not asked and own().plan is None and st.query_params.get("plan") == OWN_PLAN
    said: dict[str, Any] = {
        "session": session,
        "asked": asked,
        "awaited": awaited,
        "text": own().draft.text,
        "before": own().plan_before,
        "forget": st.session_state.get("own_plan_forgotten", False) and own().draft.text is None,
    }
    _keeper(key=_KEY, data=said, on_found_change=_found, height=1)
    if awaited:
        st.stop()
    with st.container(key="own_plan_notice"):
        if faults := st.session_state.get("own_plan_faults"):
            st.html(render("notice.html", notices=faults))
        if own().plan_before is not None:
            _offer_the_one_before()


def _offer_the_one_before() -> None:
    told = _("A link opened another plan. The one that you were writing is kept.")
    with st.container(key="plan_before", horizontal=True, vertical_alignment="center"):
        st.html(render("notice.html", notices=[told]))
        st.button(_("Bring back my plan"), key="plan_bring_back", on_click=_bring_back)
        st.button(_("Drop it"), key="plan_drop_before", on_click=_drop_before)


def _found() -> None:
    """What the browser handed over: the plan in the link, the one that it kept, one put aside."""
    found = st.session_state[_KEY].get("found")
    found = found if isinstance(found, dict) else {}
    link, kept, before = (_text(found.get(name)) for name in ("link", "kept", "before"))
    st.session_state["own_plan_asked"] = True
    st.session_state["own_plan_faults"] = []
    if before is not None and own().plan_before is None:
        own().plan_before = before
    if kept is not None and own().draft.text is None:
        own().draft.begin_with(kept)
        own().plan = own().draft.plan
    if link is not None:
        _open_link(link)


def _text(value: Any) -> str | None:
    """A text from the browser, which may hold anything."""
    return value if isinstance(value, str) and len(value) <= 2 * LONGEST_TEXT else None


def _open_link(letters: str) -> None:
    try:
        text = unpack(letters)
    except PlanError as error:
        st.session_state["own_plan_faults"] = [fault.message for fault in error.faults]
        return
    before = own().draft.text
    change(text)
    if own().draft.faults:
        lead = _("The plan in this link has faults; “Write” lists them.")
        st.session_state["own_plan_faults"] = [lead]
    if before is not None and before != text:
        own().plan_before = before


def _bring_back() -> None:
    text, own().plan_before = own().plan_before, None
    change(text)


def _drop_before() -> None:
    own().plan_before = None


def change(text: str | None, typed: bool = False) -> None:
    """Go on to another text of the plan; the view, and with it every page, follows."""
    st.session_state["own_plan_forgotten"] = False
    _follow(lambda: own().draft.take(text, typed))


def undo() -> None:
    """Go back by one change."""
    _follow(own().draft.undo)


def redo() -> None:
    """Make a change again that was undone."""
    _follow(own().draft.redo)


def forget() -> None:
    """Drop the plan here and in the browser; it can be undone as long as the page is open."""
    own().plan_before = None
    change(None)
    st.session_state["own_plan_forgotten"] = True


def show() -> None:
    """Look at the plan as it was last sound."""
    _follow(lambda: None)


def _follow(changed: Callable[[], None]) -> None:
    view = current_view()
    changed()
    own().plan = plan = own().draft.plan
    if plan is not None:
        go_to(_on(view, plan))
    elif view.plan.id == OWN_PLAN:
        go_to(of_plan(view, _origin(view.plan)))


def _on(view: View, plan: Plan) -> View:
    if view.plan.id != OWN_PLAN:
        return of_plan(view, plan)
    known = view.clause in {clause.id for clause in plan.clauses}
    same = replace(view, plan=plan, clause=view.clause if known else None)
    return with_line(same, plan.line) if view.line == view.plan.line else same


def _origin(plan: Plan) -> Plan:
    try:
        return plan_called(plan.based_on or DEFAULT_PLAN)
    except (NotFoundError, PlanError):
        return plan_called(DEFAULT_PLAN)
