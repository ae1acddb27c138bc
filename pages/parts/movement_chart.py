"""The net change of every period as bars, of one oblast or of all together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.intervals import change_interval
from geo.movements import periods
from geo.territories import territory_facts
from pages.parts.charts import chart_of, neutrals, show_chart
from pages.parts.movement_view import moved_territories, net_km2
from pages.parts.movement_words import period_name, reading, signed, signed_range
from pages.parts.notices import fragment
from pages.parts.scene import map_name
from pages.parts.speech import _, short_day

if TYPE_CHECKING:
    import altair as alt

BAR, ROW, VALUE_ROOM = 16, 44, 44
"""Height of a bar and of its row, and the room for a figure beside the longest whisker, px."""


@fragment
def chart_of_periods() -> None:
    """The net change of each period as bars, of one oblast or all; a choice wakes only this."""
    names = {"": _("All together")}
    names |= {code: map_name(territory_facts()[code]) for code in moved_territories()}
    where = st.selectbox(
        _("Net change of every period"),
        list(names),
        format_func=names.__getitem__,
        key="movement_where",
        placeholder="",
        persist_state="session",
    )
    rows = [_bar(since, line, where or None) for since, line in periods()]
    told = "; ".join(f"{row['period']}: {row['told']}" for row in rows)
    alternative = _("Net change of Russian-held ground in km², {where}: {told}").format(
        where=names[where], told=told
    )
    show_chart(_bars(rows), alternative, "movement_chart")


def _bar(since: str, line: str, territory: str | None) -> dict[str, Any]:
    net, interval = net_km2(since, line, territory), change_interval(since, line, territory)
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

    ink, base = neutrals()["text"], chart_of(rows)
    two_lines = "split(datum.label, '\\n')"
    days = alt.Axis(
        labelExpr=two_lines, labelOffset=-8, labelPadding=8, labelLimit=0, ticks=False, title=None
    )
    amounts = "datum.value ? format(datum.value, '+,.0f') : '0'"
    axis = alt.Axis(labelExpr=amounts, tickCount=5, title=_("km² more held by Russia"))
    y = alt.Y("label:N", sort=[row["label"] for row in rows], axis=days)
    bars = base.mark_bar(height=BAR, stroke=ink, strokeWidth=0.8).encode(
        x=alt.X("net:Q", axis=axis, scale=alt.Scale(padding=VALUE_ROOM)),
        y=y,
        fill=alt.Fill("fill:N", scale=None),
        tooltip=[
            alt.Tooltip("period:N", title=_("Period")),
            alt.Tooltip("value:N", title=_("Net change, km²")),
            alt.Tooltip("range:N", title=_("Range")),
        ],
    )
    rule = base.mark_rule(strokeWidth=1.5, color=ink).encode(x="low:Q", x2="high:Q", y=y)
    tick = base.mark_tick(thickness=1.5, size=9, color=ink)
    ends = [tick.encode(x=f"{end}:Q", y=y) for end in ("low", "high")]
    text = base.mark_text(align="left", dx=7, color=ink).encode(x="high:Q", y=y, text="value:N")
    zero = base.mark_rule(color=ink).encode(x=alt.datum(0))
    return alt.layer(zero, bars, rule, *ends, text).properties(height=alt.Step(ROW))
