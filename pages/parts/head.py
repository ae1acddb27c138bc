"""What stands on top of every page: style, name, notices, the plan's finding, plan and line."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from geo.line import OWN_LINE
from geo.palette import Theme
from geo.plan import Plan
from geo.published import figures_of_time
from pages.parts.ahead import lines_told, plans_told
from pages.parts.assets import FRONTEND
from pages.parts.bridge import tell_page
from pages.parts.colours import colours
from pages.parts.land_rows import area_range
from pages.parts.line_slider import line_names
from pages.parts.map_first import lead
from pages.parts.notices import leading_fragment
from pages.parts.own import own
from pages.parts.plans import plan_called, plan_label, plans_by_author
from pages.parts.render import render
from pages.parts.scene import Scene
from pages.parts.speech import LANGUAGES, _, language, said
from pages.parts.state import current_view, go_to, link_parameters
from pages.parts.view import PAGES, View, of_plan, with_line
from pages.parts.widgets import heard, show
from pages.parts.words import km2


def page_style() -> None:
    """As CSS variables the palette and texts that the style sheet needs (``serving/page.py``)."""
    theme: Theme = "dark" if st.context.theme.type == "dark" else "light"
    # What Streamlit says in English only; the style sheet puts these in its place.
    said = {"skip-text": _("Skip to the content"), "upload-text": _("Choose a file")}
    texts = {name: json.dumps(text, ensure_ascii=False) for name, text in said.items()}
    rules = [f"--{name}:{value}" for name, value in texts.items()]
    st.html(f"<style>:root{{{colours(theme)};{';'.join(rules)}}}</style>")
    lost = _(
        "The connection is lost. What is on the page stays; it goes on by itself once it is back."
    )
    tell_page("language_bridge", language=language(), lost=lost)
    st.logo(str(FRONTEND / ("logo-dark.svg" if theme == "dark" else "logo.svg")), size="large")


def phone_navigation(pages: list[StreamlitPage], current: StreamlitPage) -> None:
    """Links to all pages in the top bar of a phone, where Streamlit has none of its own.

    It would put them into a side bar that stays open over the page; the style sheet hides that.
    One element: ten page links of Streamlit's take a tenth of all that a page draws.
    """
    view = urlencode(link_parameters())
    links = [
        {
            "name": name,
            "href": f"{page.url_path or './'}?{view}",
            "title": page.title,
            "current": page.url_path == current.url_path,
        }
        for name, page in zip(PAGES, pages, strict=True)
    ]
    with st.container(key="phone_navigation"):
        st.html(render("phone_navigation.html", links=links))


def head_places() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Where the finding and the pickers stand on top of every page, to be filled later."""
    with st.container(key="head"):
        words, choice = st.columns([1.9, 1], gap="medium", vertical_alignment="bottom")
    return words, choice


def finding(view: View, scene: Scene) -> str:
    """The plan's main finding as headline, and which plan and line it is read from, as HTML."""
    zone = view.plan.headline_zone
    figures = figures_of_time(zone, view.line) if zone else []
    return render(
        "head.html",
        plan=view.plan,
        headline=headline(view.plan, scene),
        range=area_range(scene, scene.zones[zone]) if zone in scene.zones else "",
        line=view.line,
        own_line=view.line == OWN_LINE,
        own_day=scene.division.about.get("day"),
        own_outlines=own().outlines is not None,
        figure=figures[0] if figures else None,
    )


def headline(plan: Plan, scene: Scene) -> str:
    """The plan's finding with its area put in, or its title."""
    if plan.headline is None:
        return said(plan.title)
    if plan.headline_zone is None:
        return said(plan.headline)
    zone = scene.zones.get(plan.headline_zone)
    return (
        said(plan.headline).replace("{area}", km2(zone["area_km2"])) if zone else said(plan.title)
    )


@leading_fragment
def pickers() -> None:
    """Which plan, which line and which language; the map follows them before the page does."""
    view = current_view()
    # Labels are made now: Streamlit asks for them again later, when no language is spoken.
    titles = {plan.id: plan_label(plan) for plan in plans_by_author()}
    days = line_names()
    plans = {titles[plan.id]: of_plan(view, plan) for plan in plans_by_author()}
    lines = {name: with_line(view, date) for date, name in days.items()}
    lead("head_bridge", plans=plans_told(plans, view), lines=lines_told(lines, view))
    show("plan_picker", view.plan.id)
    show("line_picker", view.line)
    show("language_picker", language())
    with st.container(key="pickers"):
        plan, line, spoken = st.columns([2, 1.15, 1], gap="small")
    with plan:
        st.selectbox(
            _("Plan"),
            list(titles),
            format_func=titles.__getitem__,
            key="plan_picker",
            placeholder="",
            on_change=_another_plan,
        )
    with line:
        st.selectbox(
            _("Line of contact"),
            list(days),
            format_func=days.__getitem__,
            key="line_picker",
            placeholder="",
            on_change=_another_line,
        )
    with spoken:
        st.selectbox(
            _("Language"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            key="language_picker",
            placeholder="",
            on_change=_another_language,
        )


@heard("language_picker")
def _another_language() -> None:
    go_to(replace(current_view(), language=st.session_state["language_picker"]))


@heard("plan_picker")
def _another_plan() -> None:
    go_to(of_plan(current_view(), plan_called(st.session_state["plan_picker"])))


@heard("line_picker")
def _another_line() -> None:
    go_to(with_line(current_view(), st.session_state["line_picker"]))
