"""What each date would have changed: the zones of the plan by the line of every date."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.division import load_division
from geo.line import line_dates
from geo.sizes import Series, Size, sizes
from geo.statuses import LOOKS
from geo.territories import territory_facts
from geo.zone_ids import split_zone_id
from pages.parts.ledger_figures import span
from pages.parts.movement_pictures import size_picture
from pages.parts.render import render
from pages.parts.speech import _, number, short_day
from pages.parts.view import View
from pages.parts.words import km2, part_name


def sizes_on_each_date(view: View) -> None:
    """The sentence, a curve for each zone that a date would have changed, and the table."""
    found = sizes(view.plan)
    main = next((series for series in found if series.zone == view.plan.headline_zone), None)
    st.html(
        render(
            "movement_sizes.html",
            view=view,
            dates=line_dates(),
            sentence=size_sentence(main) if main else "",
            own_day=_own_day(view, main) if main else "",
            curves=[_curve(view, series) for series in found if series.zone and series.moves],
            rows=[_row(series) for series in found],
        )
    )


def size_sentence(series: Series) -> str:
    """How large a zone is on each date: "The zone Ukraine would leave: 9,300 km² on …"."""
    text = _("{area} on {day}")
    parts = [
        text.format(area=km2(size.area_km2), day=short_day(day))
        for day, size in series.sizes.items()
    ]
    name = zone_name(series.zone or "")
    if series.status == "demilitarized" and name:
        name = _("The zone Ukraine would leave ({zone})").format(zone=name)
    return _("{zone}: {sizes}.").format(zone=name, sizes=", ".join(parts))


def _own_day(view: View, series: Series) -> str:
    """How sure its size is on the plan's own day."""
    interval = series.sizes[view.plan.line].interval
    if interval is None:
        return ""
    text = _("On {day}, nearest to the plan, nine of ten plausible lines give {range} km².")
    return text.format(day=short_day(view.plan.line), range=span(interval))


def zone_name(zone: str) -> str:
    """A zone's name on whatever date; the territory's alone if no shipped line divides it."""
    parts = split_zone_id(zone)
    if parts is None:
        return ""
    whole = not any(parts[0] in load_division(day).divided for day in line_dates())
    return part_name(territory_facts()[parts[0]], parts[1], whole)


def _curve(view: View, series: Series) -> dict[str, Any]:
    first, *_between, last = series.sizes.values()
    return {
        **_look(series),
        "first": number(first.area_km2),
        "last": number(last.area_km2),
        "picture": size_picture(series, view.plan.line),
    }


def _row(series: Series) -> dict[str, Any]:
    return {**_look(series), "cells": [_cell(size) for size in series.sizes.values()]}


def _look(series: Series) -> dict[str, Any]:
    parts = split_zone_id(series.zone or "")
    label = LOOKS[series.status].label
    return {
        "zone": series.zone,
        "name": zone_name(series.zone or "") or _(label),
        "look": {"status": series.status, "side": parts[1].lower() if parts else "russia"},
    }


def _cell(size: Size) -> dict[str, str]:
    certain = size.area_km2 == 0 and size.interval is not None and size.interval.high < 0.5
    return {"area": number(size.area_km2), "span": "" if certain else span(size.interval)}
