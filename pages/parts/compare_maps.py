"""Two maps side by side, each with the pickers of its plan and line above it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from pages.parts.bridge import tell_page
from pages.parts.compare_view import right_of
from pages.parts.line_slider import line_names
from pages.parts.plans import plan_called, plan_label, plans_by_author
from pages.parts.scene import current_scene, map_scene, selected_on_map
from pages.parts.speech import _
from pages.parts.state import current_view, go_to
from pages.parts.territory_map import Side, show_map
from pages.parts.view import LAYERS, View, of_plan, with_line
from pages.parts.widgets import heard, show


def two_maps(view: View) -> None:
    """Pickers and maps of both sides, and for the maps what to draw."""
    right = right_of(view)
    tell_page("compare_scenes_bridge", sides=_scenes(view, right), layers=list(LAYERS))
    columns = st.columns(2, gap="small")
    sides: list[tuple[Side, View]] = [("left", view), ("right", right)]
    for column, (side, shown) in zip(columns, sides, strict=True):
        with column, st.container(key=f"compare_{side}"):
            _pickers(side, shown)
            show_map(side)


def selections(view: View) -> dict[str, Any]:
    """What is marked on each of the two maps."""
    right = right_of(view)
    return {
        "left": selected_on_map(view, current_scene(view)),
        "right": selected_on_map(right, current_scene(right)),
    }


def _scenes(left: View, right: View) -> dict[str, Any]:
    """The scenes of both maps; ground that changed hands between their lines is drawn on both."""
    since = left.line if left.line != right.line else None
    scenes = {
        "left": map_scene(current_scene(left)),
        "right": map_scene(current_scene(right), since),
    }
    titles = {
        "left": _("Left map: what the plan on the left would do to each piece of land"),
        "right": _("Right map: what the plan on the right would do to each piece of land"),
    }
    change = scenes["right"]["change"]
    return {
        side: {**scene, "change": change, "words": {**scene["words"], "title": titles[side]}}
        for side, scene in scenes.items()
    }


def _pickers(side: Side, shown: View) -> None:
    plan_key, line_key = f"compare_{side}_plan", f"compare_{side}_line"
    show(plan_key, shown.plan.id)
    show(line_key, shown.line)
    labels = {
        "left": (_("Plan on the left"), _("Line of contact on the left")),
        "right": (_("Plan on the right"), _("Line of contact on the right")),
    }
    changed = {"left": (_left_plan, _left_line), "right": (_right_plan, _right_line)}
    titles = {plan.id: plan_label(plan) for plan in plans_by_author()}
    days = line_names()
    with st.container(key=f"compare_{side}_pickers"):
        plan, line = st.columns([1.9, 1], gap="small")
    with plan:
        st.selectbox(
            labels[side][0],
            list(titles),
            format_func=titles.__getitem__,
            key=plan_key,
            on_change=changed[side][0],
            placeholder="",
            label_visibility="collapsed",
        )
    with line:
        st.selectbox(
            labels[side][1],
            list(days),
            format_func=days.__getitem__,
            key=line_key,
            on_change=changed[side][1],
            placeholder="",
            label_visibility="collapsed",
        )


@heard("compare_left_plan")
def _left_plan() -> None:
    go_to(of_plan(current_view(), plan_called(st.session_state["compare_left_plan"])))


@heard("compare_left_line")
def _left_line() -> None:
    go_to(with_line(current_view(), st.session_state["compare_left_line"]))


@heard("compare_right_plan")
def _right_plan() -> None:
    plan = plan_called(st.session_state["compare_right_plan"])
    go_to(replace(current_view(), beside=plan))


@heard("compare_right_line")
def _right_line() -> None:
    view, line = current_view(), st.session_state["compare_right_line"]
    beside = right_of(view).plan
    go_to(replace(view, beside=beside, beside_line=line if line != view.line else None))
