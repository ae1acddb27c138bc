"""How sure the line is, as measured: the band, the chances and the ensemble of lines."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geo.calibration import calibration
from pages.parts.charts import chart_of, neutrals, show_chart
from pages.parts.render import render
from pages.parts.speech import _, number, percent

SHOWN = ("2025-11-21", "2026-02-21", "2026-08-21")
"""Dates that had no part in choosing the band, shown beside those that had: the day of the first
plan, which fits it worst, and two later ones."""


def calibration_part() -> None:
    """Tables and the plot of what was claimed against what was found."""
    found = calibration()
    bins = found["band"]["by_distance_km"]
    rows = [
        {
            "from": row["from"],
            "to": row["to"],
            "by": [bins[name][at] for name in ("tuning", "checking", *SHOWN)],
        }
        for at, row in enumerate(bins["tuning"])
    ]
    st.html(
        render("calibration.html", found=found, rows=rows, shown=SHOWN, ensemble=_ensemble(found))
    )
    _plot(found["chance"]["reliability"]["checking"])
    st.html(render("calibration_dates.html", displacement=found["displacement_km"]))


def _ensemble(found: dict[str, Any]) -> dict[str, Any]:
    """How many of the true counts lay in their intervals, on the dates not used to choose."""
    covered = {
        row["area"]: row["found_percent"]
        for row in found["ensemble"]["coverage"]
        if (row["figure"], row["dates"], row["along"]) == ("date", "checking", True)
    }
    return {**found["ensemble"], **covered}


def _plot(rows: list[dict[str, Any]]) -> None:
    """Chances that were given against how often they came true."""
    import altair as alt

    colours = neutrals()
    points = [row for row in rows if row["left_out"]]
    axis = alt.Scale(domain=[0, 100])
    base = chart_of(
        [
            {
                "said": row["said_percent"],
                "found": row["found_percent"],
                "count": row["left_out"],
                "text": _("{count} settlements").format(count=number(row["left_out"])),
            }
            for row in points
        ]
    )
    x = alt.X("said:Q", scale=axis, title=_("Chance given that it is Russian-held, %"))
    y = alt.Y("found:Q", scale=axis, title=_("So many of them were, %"))
    diagonal = (
        chart_of([{"said": 0, "found": 0}, {"said": 100, "found": 100}])
        .mark_line(strokeDash=[4, 4], color=colours["muted"])
        .encode(x, y)
    )
    dots = base.mark_circle(color=colours["text"], opacity=0.85).encode(
        x,
        y,
        size=alt.Size("count:Q", legend=None, scale=alt.Scale(type="sqrt", range=[40, 500])),
        tooltip=[alt.Tooltip("text:N", title=" ")],
    )
    told = "; ".join(
        _("given {said}: found {found} of {count}").format(
            said=percent(row["said_percent"]),
            found=percent(row["found_percent"]),
            count=number(row["left_out"]),
        )
        for row in points
    )
    with st.container(key="calibration_plot"):
        show_chart((diagonal + dots).properties(height=300), told, "calibration_chart")
