"""Round a reader's own plan: begin, undo, share, open and save as a file, forget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode, urljoin

import streamlit as st

from geo.drafts.limits import LONGEST_LINK
from geo.drafts.packing import pack
from geo.drafts.reading import text_of_file
from geo.drafts.start import COMMENT, as_own, draft_of, empty_draft
from geo.drafts.writing import write_yaml
from geo.errors import PlanError
from geo.plan import DEFAULT_PLAN, OWN_PLAN, Plan, load_plan, plans_by_date
from pages.parts.own import own
from pages.parts.own_plan import change, forget, redo, show, undo
from pages.parts.plan_list import close_form
from pages.parts.plans import plan_label
from pages.parts.render import render
from pages.parts.speech import _, number
from pages.parts.view import View, of_plan

EMPTY = "empty"


def begin(view: View) -> None:
    """Where a plan begins: from another one, empty, or from a file."""
    labels = {plan.id: plan_label(plan) for plan in plans_by_date()}
    labels[EMPTY] = _("An empty plan")
    st.session_state.setdefault(
        "plan_origin", view.plan.id if view.plan.id in labels else DEFAULT_PLAN
    )
    with st.container(key="plan_begin", horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            _("Start from"),
            list(labels),
            format_func=labels.__getitem__,
            key="plan_origin",
            placeholder="",
        )
        st.button(
            _("Write a plan from it"),
            key="plan_start",
            type="secondary" if own().draft.text else "primary",
            on_click=_start,
            args=(view.line,),
        )


def _start(line: str) -> None:
    origin = st.session_state["plan_origin"]
    if origin == EMPTY:
        known = line if line[:2].isdigit() else load_plan(DEFAULT_PLAN).line
        data = empty_draft(known, date.today().isoformat())
    else:
        data = draft_of(load_plan(origin))
    _edit_nothing()
    change(write_yaml(data))


def _edit_nothing() -> None:
    close_form()
    st.session_state.pop("plan_done", None)


def plan_upload() -> None:
    """A plan as a file; it becomes the reader's own."""
    chosen = st.file_uploader(
        _("Open a plan from a file (YAML or JSON)"),
        type=["yaml", "yml", "json"],
        max_upload_size=1,
        key="plan_upload",
    )
    if chosen is None or st.session_state.get("plan_opened") == chosen.file_id:
        for fault in st.session_state.get("plan_file_faults", []) if chosen else []:
            st.html(render("notice.html", notices=[fault]))
        return
    st.session_state["plan_opened"] = chosen.file_id
    st.session_state["plan_file_faults"] = []
    try:
        text = text_of_file(chosen.name, chosen.getvalue())
        _edit_nothing()
        change(as_own(text))
    except PlanError as error:
        st.session_state["plan_file_faults"] = [fault.message for fault in error.faults]
    st.rerun()


def toolbar() -> None:
    """Undo, redo, save, forget."""
    draft = own().draft
    if draft.history.is_empty:
        return
    with st.container(key="plan_toolbar", horizontal=True):
        st.button(
            _("Undo"),
            key="plan_undo",
            disabled=not draft.can_undo,
            on_click=_step,
            args=(undo,),
            help=_("Ctrl+Z outside of text fields"),
        )
        st.button(
            _("Redo"),
            key="plan_redo",
            disabled=not draft.can_redo,
            on_click=_step,
            args=(redo,),
            help=_("Ctrl+Shift+Z outside of text fields"),
        )
        if draft.text is not None:
            st.download_button(
                _("Save as a file"),
                with_comment(draft.text),
                "own-plan.yaml",
                "application/yaml",
                key="plan_download",
                on_click="ignore",
                disabled=draft.left is not None,
            )
            st.button(
                _("Forget my plan"),
                key="plan_forget",
                on_click=_step,
                args=(forget,),
                help=_(
                    "Takes it out of this browser; “Undo” brings it back until you load the page"
                    " anew."
                ),
            )
    if done := st.session_state.pop("plan_done", None):
        st.html(render("write_done.html", text=done))


def _step(go: Callable[[], None]) -> None:
    _edit_nothing()
    go()


def with_comment(text: str) -> str:
    """The text as a file, which says that it is nobody's proposal."""
    return text if text.startswith(COMMENT) else COMMENT + text


def share(view: View) -> None:
    """A link that carries the whole plan, or why there is none."""
    with st.container(key="share_link"):
        if (plan := own().plan) is None:
            return
        if not own().draft.is_sound:
            st.html(render("write_no_share.html"))
            return
        packed = pack(plan)
        link = share_url(view, plan, packed) if packed else None
        st.html(
            render(
                "write_share.html",
                link=link,
                length=number(len(link or "")),
                most=number(LONGEST_LINK),
            )
        )


def share_url(view: View, plan: Plan, packed: str) -> str:
    """The address of the map with ``plan`` behind the ``#``, which no browser sends to a server."""
    shown = replace(of_plan(view, plan), beside=None)
    if shown.clause not in {clause.id for clause in plan.clauses}:
        shown = replace(shown, clause=None)
    address = urljoin(st.context.url or "/", "./")
    return f"{address}?{urlencode(shown.parameters())}#own={packed}"


def another_plan_is_shown(view: View) -> None:
    """Lead back to the reader's plan, where map and head show another one."""
    if own().plan is None or view.plan.id == OWN_PLAN:
        return
    with st.container(key="plan_elsewhere", horizontal=True, vertical_alignment="center"):
        text = _("Map and head show another plan: {plan}.")
        st.html(render("notice.html", notices=[text.format(plan=plan_label(view.plan))]))
        st.button(_("Show your plan"), key="plan_show", on_click=show)
