"""How the line of contact moved: between two days that the reader chooses, and period by period."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.intervals import change_interval
from geo.line import line_dates
from geo.movement import Change, Moved
from geo.movements import movement, periods
from geo.territories import territory_facts
from pages.parts.charts import chart_of, neutrals, show_chart
from pages.parts.movement_pictures import LARGE, SMALL, change_picture
from pages.parts.movement_words import READINGS, period_name, reading, signed, signed_range
from pages.parts.own import own
from pages.parts.render import render
from pages.parts.scene import map_name
from pages.parts.speech import _, named, number, short_day
from pages.parts.state import current_view
from pages.parts.view import View

if TYPE_CHECKING:
    import altair as alt

BAR, ROW = 16, 44
"""Height of a bar and of its row, px."""


@st.fragment
def between_two_days() -> None:
    """Two days to choose, and what changed hands from one to the other; a choice wakes only this."""
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
    days[view.plan.line] = _("{day}, the plan’s own day").format(day=days[view.plan.line])
    dates = list(days)
    asked = (view.since, view.line) if view.since else None
    if asked != st.session_state.get("movement_asked"):
        st.session_state["movement_asked"] = asked
        if asked:
            st.session_state["movement_since"], st.session_state["movement_line"] = sorted(asked)
    last = view.line if view.line in dates[1:] else dates[-1]
    with st.container(key="movement_days", horizontal=True):
        chosen = [
            st.selectbox(
                title,
                dates,
                index=dates.index(day),
                format_func=days.__getitem__,
                key=key,
                persist_state="session",
            )
            for title, day, key in (
                (_("From"), dates[0], "movement_since"),
                (_("To"), last, "movement_line"),
            )
        ]
    return chosen[0], chosen[1]


def _row(part: Moved, since: str, line: str) -> dict[str, Any]:
    name = named(territory_facts()[part.territory])
    return {"name": name, **_figures(part, since, line, part.territory)}


def _figures(
    part: Moved | Change, since: str, line: str, territory: str | None
) -> dict[str, Any]:
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


def period_by_period() -> None:
    """A small map and the figures of every period between two shipped dates."""
    codes = _territories()
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
    st.html(render("movement_periods.html", periods=found, names=names, frame=SMALL))


def _territories() -> list[str]:
    """Every territory that a shipped line divides."""
    parts = chain.from_iterable(movement(*period).change.parts for period in periods())
    return sorted({part.territory for part in parts})


def _net(since: str, line: str, territory: str | None) -> float:
    told = movement(since, line).change
    if territory is None:
        return told.net_km2
    return sum(part.net_km2 for part in told.parts if part.territory == territory)


def _cell(since: str, line: str, territory: str) -> dict[str, Any]:
    net, interval = _net(since, line, territory), change_interval(since, line, territory)
    sure = reading(net, interval) in ("gain", "loss")
    return {"net": signed(net), "range": signed_range(interval), "sure": sure}


@st.fragment
def chart_of_periods() -> None:
    """The net change of each period as bars, of one oblast or all; a choice wakes only this."""
    names = {"": _("All together")}
    names |= {code: map_name(territory_facts()[code]) for code in _territories()}
    where = st.selectbox(
        _("Where"),
        list(names),
        format_func=names.__getitem__,
        key="movement_where",
        persist_state="session",
    )
    rows = [_bar(since, line, where or None) for since, line in periods()]
    told = "; ".join(f"{row['period']}: {row['told']}" for row in rows)
    alternative = _("Net change of Russian-held ground in km², {where}: {told}").format(
        where=names[where], told=told
    )
    show_chart(_bars(rows), alternative, "movement_chart")


def _bar(since: str, line: str, territory: str | None) -> dict[str, Any]:
    net, interval = _net(since, line, territory), change_interval(since, line, territory)
    sure = reading(net, interval) in ("gain", "loss")
    span = signed_range(interval)
    colours = neutrals()
    return {
        "period": period_name(since, line),
        "label": f"{short_day(since)}\n– {short_day(line)}",
        "net": net,
        "low": interval.low if interval else net,
        "high": interval.high if interval else net,
        "value": signed(net),
        "range": span,
        "told": f"{signed(net)} ({span})" if span else signed(net),
        "fill": colours["neighbour"] if sure else colours["page"],
    }


def _bars(rows: list[dict[str, Any]]) -> alt.TopLevelMixin:
    """A bar a period; whiskers over its range; hollow where it cannot be told from no change."""
    import altair as alt

    colours = neutrals()
    base = chart_of(rows)
    label = alt.Axis(labelExpr="split(datum.label, '\\n')", labelLimit=0, ticks=False, title=None)
    y = alt.Y("label:N", sort=[row["label"] for row in rows], axis=label)
    axis = alt.Axis(format="+,.0f", tickCount=5, title=_("km² more held by Russia"))
    bars = base.mark_bar(height=BAR, stroke=colours["muted"], strokeWidth=1).encode(
        x=alt.X("net:Q", axis=axis),
        y=y,
        fill=alt.Fill("fill:N", scale=None),
        tooltip=[
            alt.Tooltip("period:N", title=_("Period")),
            alt.Tooltip("value:N", title=_("Net change, km²")),
            alt.Tooltip("range:N", title=_("Range")),
        ],
    )
    style = {"color": colours["text"]}
    whiskers = base.mark_rule(strokeWidth=1.5, **style).encode(x="low:Q", x2="high:Q", y=y)
    ticks = [
        base.mark_tick(thickness=1.5, size=9, **style).encode(x=f"{end}:Q", y=y)
        for end in ("low", "high")
    ]
    values = base.mark_text(align="left", dx=7, **style).encode(x="high:Q", y=y, text="value:N")
    return alt.layer(bars, whiskers, *ticks, values).properties(height=alt.Step(ROW))
