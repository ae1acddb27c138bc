"""How the line of contact moved: between two days that the reader chooses, and period by period."""

from __future__ import annotations

from itertools import chain
from typing import Any

import streamlit as st

from geo.intervals import change_interval
from geo.line import line_dates
from geo.movement import Change, Moved
from geo.movements import movement, periods
from geo.territories import territory_facts
from pages.parts.movement_pictures import LARGE, SMALL, change_picture
from pages.parts.movement_words import READINGS, reading, signed, signed_range
from pages.parts.notices import fragment
from pages.parts.own import own
from pages.parts.render import render
from pages.parts.speech import _, named, number, short_day
from pages.parts.state import current_view
from pages.parts.view import View


@fragment
def between_two_days() -> None:
    """Two days to choose, and what changed hands meanwhile; a choice wakes only this."""
    view = current_view()
    since, line = sorted(_days(view))
    told = movement(since, line).change
    territories = tuple(part.territory for part in told.parts)
    st.html(
        render(
            "movement.html",
            view=view,
            change=told,
            reading=reading(told.net_km2, change_interval(since, line)),
            range=signed_range(change_interval(since, line)),
            rows=[_row(part, since, line) for part in told.parts],
            all=_figures(told, since, line, None),
            picture=change_picture(since, line, LARGE, territories),
            frame=LARGE,
            own_outlines=own().outlines is not None,
        )
    )


def _days(view: View) -> tuple[str, str]:
    """The two days, each chosen from a list; a link that compares two days chooses them once."""
    days = {day: short_day(day) for day in line_dates()}
    days[view.plan.line] = _("{day}, nearest to the plan").format(day=days[view.plan.line])
    dates = list(days)
    asked = (view.since, view.line) if view.since else None
    if asked != st.session_state.get("movement_asked"):
        st.session_state["movement_asked"] = asked
        if asked:
            st.session_state["movement_since"], st.session_state["movement_line"] = sorted(asked)
    last = view.line if view.line in dates[1:] else dates[-1]
    st.session_state.setdefault("movement_since", dates[0])
    st.session_state.setdefault("movement_line", last)
    titles = {"movement_since": _("From"), "movement_line": _("To")}
    with st.container(key="movement_days", horizontal=True):
        chosen = [
            st.selectbox(
                title,
                dates,
                format_func=days.__getitem__,
                key=key,
                placeholder="",
                persist_state="session",
            )
            for key, title in titles.items()
        ]
    return chosen[0], chosen[1]


def _row(part: Moved, since: str, line: str) -> dict[str, Any]:
    name = named(territory_facts()[part.territory])
    return {"name": name, **_figures(part, since, line, part.territory)}


def _figures(part: Moved | Change, since: str, line: str, territory: str | None) -> dict[str, Any]:
    """What was gained and lost, in words; ``territory``: ``None`` for all of them together."""
    interval = change_interval(since, line, territory)
    read = reading(part.net_km2, interval)
    return {
        "gained": number(part.gained_km2),
        "lost": number(part.lost_km2),
        "net": signed(part.net_km2),
        "range": signed_range(interval),
        "reading": _(READINGS[read]),
        "sure": read in ("gain", "loss"),
    }


def period_by_period(view: View) -> None:
    """A small map and the figures of every period between two shipped dates."""
    codes = moved_territories()
    found = [
        {
            "since": since,
            "line": line,
            "gained": number(movement(since, line).change.gained_km2),
            "lost": number(movement(since, line).change.lost_km2),
            "picture": change_picture(since, line, SMALL),
            **_figures(movement(since, line).change, since, line, None),
            "cells": [_cell(since, line, code) for code in codes],
        }
        for since, line in periods()
    ]
    names = [named(territory_facts()[code]) for code in codes]
    st.html(render("movement_periods.html", view=view, periods=found, names=names, frame=SMALL))


def moved_territories() -> list[str]:
    """Every territory that a shipped line divides."""
    parts = chain.from_iterable(movement(*period).change.parts for period in periods())
    return sorted({part.territory for part in parts})


def net_km2(since: str, line: str, territory: str | None) -> float:
    """How much more Russia held of a territory, or of all, on the later day."""
    told = movement(since, line).change
    if territory is None:
        return told.net_km2
    return sum(part.net_km2 for part in told.parts if part.territory == territory)


def _cell(since: str, line: str, territory: str) -> dict[str, Any]:
    net, interval = net_km2(since, line, territory), change_interval(since, line, territory)
    sure = reading(net, interval) in ("gain", "loss")
    return {"net": signed(net), "range": signed_range(interval), "sure": sure}
