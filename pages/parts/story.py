"""The story round the plan, told in dated events and in sections, as HTML."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Any

import streamlit as st

from geo.background import Contrast, Item, load_background
from geo.line import line_dates
from geo.plan import load_plan
from geo.publications import load_sources
from geo.timeline import Event, load_timeline
from pages.parts import words
from pages.parts.clause_rows import source_rows
from pages.parts.render import render
from pages.parts.speech import _, day, said, short_day
from pages.parts.switches import switched_on, switches
from pages.parts.view import View

FILTERS = {"actors": words.ACTORS, "kind": words.EVENT_KINDS}
"""What events are filtered by: a field of theirs, and its values in words."""


def event_filters() -> None:
    """One row of switches a field, each with how many events it has."""
    titles = {"actors": _("Who"), "kind": _("What")}
    with st.container(key="timeline_filters"):
        for field, named in FILTERS.items():
            values = [value for event in load_timeline().events for value in _of(event, field)]
            switches(f"timeline_{field}", titles[field], named, values, Counter(values))


def _of(event: Event, field: str) -> tuple[str, ...]:
    """An event's values of a field, of which it may have one or several."""
    value = getattr(event, field)
    return value if isinstance(value, tuple) else (value,)


def events_list(view: View) -> str:
    """The events that the filters leave, by month."""
    timeline = load_timeline()
    chosen = {field: set(switched_on(f"timeline_{field}")) for field in FILTERS}
    events = [
        event
        for event in timeline.events
        if all(not wanted or wanted & set(_of(event, field)) for field, wanted in chosen.items())
    ]
    months = [
        (day(month), [_event(event) for event in group])
        for month, group in groupby(events, key=lambda event: event.date[:7])
    ]
    return render(
        "timeline.html",
        view=view,
        plan=load_plan(timeline.plan),
        months=months,
        shown=len(events),
        total=len(timeline.events),
        known_until=timeline.known_until,
        note=said(timeline.note),
    )


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "date": event.date,
        "until": event.until,
        "title": said(event.title),
        "text": said(event.text),
        "actors": [_(words.ACTORS[actor]) for actor in event.actors],
        "kind": _(words.EVENT_KINDS[event.kind]),
        "clauses": event.clauses,
        "line": event.line if event.line in line_dates() else None,
        "confidence": _(words.CONFIDENCE[event.confidence]),
        "doubted": event.confidence != "verified",
        "sources": _sources(event.sources),
    }


def background(view: View) -> str:
    """Everything that explains the plan, in sections."""
    sections = [
        {
            "id": section.id,
            "title": said(section.title),
            "items": [_item(item) for item in section.items],
        }
        for section in load_background().sections
    ]
    plan = load_plan(load_background().plan)
    return render("background.html", view=view, plan=plan, sections=sections)


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "text": said(item.text),
        "said_by": said(item.said_by) if item.said_by else None,
        "differs": _contrast(item.differs) if item.differs else None,
        "clauses": item.clauses,
        "confidence": _(words.CONFIDENCE[item.confidence]),
        "doubted": item.confidence != "verified",
        "sources": _sources(item.sources),
    }


def _contrast(contrast: Contrast) -> dict[str, Any]:
    """What the plan's text or another source says instead."""
    return {"text": said(contrast.text), "sources": _sources(contrast.sources)}


def _sources(keys: tuple[str, ...]) -> list[dict[str, Any]]:
    """The sources of those keys; the report that all of it is about has no sure address."""
    report = load_background().report
    rows = source_rows(load_sources(), [key for key in keys if key != report.key])
    if report.key in keys:
        about = ", ".join((short_day(report.date), _("address not confirmed")))
        row = {"name": report.publisher, "publisher": report.publisher, "about": about}
        rows.insert(0, {**row, "url": None})
    return rows
