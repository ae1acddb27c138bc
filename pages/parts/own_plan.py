"""The reader's own plan in this session: every change to it, and where the browser keeps it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from geo.drafts.limits import LONGEST_KEPT
from geo.drafts.packing import unpack
from geo.errors import NotFoundError, PlanError
from geo.plan import DEFAULT_PLAN, OWN_PLAN, Plan
from pages.parts import assets
from pages.parts.own import own
from pages.parts.plans import plan_called
from pages.parts.render import render
from pages.parts.speech import _
from pages.parts.state import current_view, go_to, link_parameters
from pages.parts.view import View, of_plan, with_line

_keeper = st.components.v2.component(
    "own_plan_keeper", js=assets.text("own_plan.js"), html="", isolate_styles=False
)

_KEY = "own_plan_bridge"


def keep_own_plan() -> None:
    """Keep the plan in the browser, and take what a link or the browser holds; on every page.

    Where the link asks for the reader's own plan, which only the browser has, the page waits;
    not if the browser has just lost another session, and hands the plan over with its first word.
    """
    session = st.session_state.setdefault("own_plan_session", uuid.uuid4().hex)
    asked = st.session_state.get("own_plan_asked", False)
    looked_at = {link_parameters().get(name) for name in ("plan", "beside")}
    awaited = not asked and own().plan is None and OWN_PLAN in looked_at
    said: dict[str, Any] = {
        "session": session,
        "asked": asked,
        "awaited": awaited,
        "text": own().draft.text,
        "sound": own().draft.sound,
        "changes": own().draft.changes,
        "left": own().draft.left is not None,
        "longest": LONGEST_KEPT,
        "before": own().plan_before,
        "moves": st.session_state.get("own_plan_moves", 0),
        "carries": asked and (st.session_state.get(_KEY) or {}).get("carried") is not None,
    }
    told = _keeper(key=_KEY, data=said, on_found_change=_found, height=1)
    if not asked and isinstance(carried := told.get("carried"), dict):
        _take(carried)
        _take_pins(carried.get("pins"))
    elif awaited:
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
    found = st.session_state[_KEY].get("found")
    _take(found if isinstance(found, dict) else {})


def _take(found: dict[str, Any]) -> None:
    """What the browser handed over: the plan in the link, the one that it kept, one put aside.

    ``sound``: the last sound state of the kept one. ``long``: the length of a kept text that is
    too long to be handed over.
    """
    names = ("link", "kept", "sound", "before")
    link, kept, sound, before = (_text(found.get(name)) for name in names)
    st.session_state["own_plan_asked"] = True
    st.session_state["own_plan_faults"] = []
    brought = own()  # once: a run may be ended by the next one whenever it asks for the session
    if before is not None and brought.plan_before is None:
        brought.plan_before = before
    if kept is not None and brought.draft.text is None:
        brought.draft.begin_with(kept, sound)
        brought.plan = brought.draft.plan
    if isinstance(length := found.get("long"), int) and brought.draft.text is None:
        brought.draft.leave(length, stored=True)
        _tell_that_one_is_left()
    if link is not None:
        _open_link(link)


def _take_pins(pins: Any) -> None:
    """Pinned clauses by plan, from the browser, which may hold anything; none is shown unknown."""
    if not isinstance(pins, dict) or "pins" in st.session_state:
        return
    st.session_state["pins"] = {
        plan: [name for name in names if isinstance(name, str)]
        for plan, names in pins.items()
        if isinstance(plan, str) and isinstance(names, list)
    }


def _text(value: Any) -> str | None:
    """A text from the browser, which may hold anything."""
    return value if isinstance(value, str) and len(value) <= LONGEST_KEPT else None


def _tell_that_one_is_left() -> None:
    text = _(
        "This browser keeps a text of your plan that is too long to be read. “Write” shows it:"
        " shorten or empty it first."
    )
    st.session_state["own_plan_faults"] = [text]


def _open_link(letters: str) -> None:
    try:
        text = unpack(letters)
    except PlanError as error:
        st.session_state["own_plan_faults"] = [fault.message for fault in error.faults]
        return
    before = own().draft.text
    if not change(text):
        return
    if own().draft.faults:
        lead = _("The plan in this link has faults; “Write” lists them.")
        st.session_state["own_plan_faults"] = [lead]
    if before not in (None, text) and own().plan_before is None:  # one put aside is their own
        _put_aside(before)


def _put_aside(text: str | None) -> None:
    """Keep a plan beside the present one, here and in the browser, or keep none any more."""
    own().plan_before = text
    st.session_state["own_plan_moves"] = st.session_state.get("own_plan_moves", 0) + 1


def _bring_back() -> None:
    if change(own().plan_before):
        _drop_before()


def _drop_before() -> None:
    _put_aside(None)


def change(text: str | None, typed: bool = False) -> bool:
    """Go on to another text of the plan; the view, and with it every page, follows.

    Not while the browser has one that is too long to be taken, and would be lost; says so then.
    """
    if own().draft.left and not typed:
        _tell_that_one_is_left()
        return False
    _follow(lambda: own().draft.take(text, typed))
    return True


def undo() -> None:
    """Go back by one change."""
    _follow(own().draft.undo)


def redo() -> None:
    """Make a change again that was undone."""
    _follow(own().draft.redo)


def forget() -> None:
    """Drop the plan here and in the browser; it can be undone as long as the page is open."""
    _put_aside(None)
    _follow(lambda: own().draft.take(None))


def show() -> None:
    """Look at the plan as it was last sound."""
    _follow(lambda: None)


def _follow(changed: Callable[[], None]) -> None:
    st.session_state["own_plan_faults"] = []
    view = current_view()
    changed()
    own().plan = plan = own().draft.plan
    if plan is not None:
        go_to(_on(view, plan))
        return
    beside_own = view.beside is not None and view.beside.id == OWN_PLAN
    left = replace(view, beside=None) if beside_own else view
    if view.plan.id == OWN_PLAN:
        go_to(of_plan(left, _origin(view.plan)))
    elif beside_own:
        go_to(left)


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
