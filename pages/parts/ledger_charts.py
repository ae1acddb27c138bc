"""The ledger drawn: bars by status, and the flow from who holds land to who would hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from geo.answers import SIDES
from geo.ledger import TREATED, flows
from geo.statuses import LOOKS, STATUSES, Status
from pages.parts import words
from pages.parts.charts import chart_of, current_theme, edge, fill, neutrals
from pages.parts.ledger_figures import amount, shown, span
from pages.parts.ribbons import Drawing, draw
from pages.parts.speech import N_, _

if TYPE_CHECKING:
    import altair as alt

    from geo.ledger import Ledger
    from geo.palette import Theme

Unit = Literal["area", "people"]

HELD = {"Russia": N_("Held by Russia"), "Ukraine": N_("Held by Ukraine")}
TREATED_LONG = {
    "Russia": N_("Treated as Russian"),
    "Ukraine": N_("Treated as Ukrainian"),
    "open": N_("Left open"),
    "not_said": words.NOT_SAID,
}

BAR, BAR_OFFSET, ROW = 18, 10, 58
"""Height of a bar, how far below the middle of its row it lies, and the row's height, px."""

FLOW_HEIGHT, FLOW_GAP = 360, 42
"""Height of the flow and of the room above each node for its name, px."""


def status_rows(ledger: Ledger, unit: Unit, theme: Theme) -> list[dict[str, Any]]:
    """A segment a status and holder, Russia's first, of every status that the plan gives land."""
    rows = []
    for status, entries in ledger.groups("status").items():
        if status == "unaffected":
            continue
        whole, _interval = amount(ledger.sum(entries), unit)
        name, start = LOOKS[STATUSES[STATUSES.index(status)]].label, 0.0
        for position, side in enumerate(SIDES):
            mine = [entry for entry in entries if entry.held_by == side]
            value, interval = amount(ledger.sum(mine), unit)
            if mine:
                rows.append(
                    {
                        **_segment(status, side, theme),
                        "status": f"{_(name)} · {shown(whole, unit)}",
                        "holder": _(HELD[side]),
                        "start": start,
                        "end": start + value,
                        "low": start + interval.low if interval else start + value,
                        "high": start + interval.high if interval else start + value,
                        "offset": (2 * position - 1) * BAR / 5,
                        "value": shown(value, unit),
                        "range": span(interval),
                    }
                )
            start += value
    return rows


def _segment(status: str, side: Any, theme: Theme) -> dict[str, str]:
    known: Status = STATUSES[STATUSES.index(status)]
    return {"fill": fill(known, side, theme), "edge": edge(known, theme)}


def status_chart(ledger: Ledger, unit: Unit) -> alt.TopLevelMixin:
    """Bars by status, split by who holds the land now; whiskers reach over each part's range."""
    import altair as alt

    rows = status_rows(ledger, unit, current_theme())
    order = list(dict.fromkeys(row["status"] for row in rows))
    base = chart_of(rows)
    y = alt.Y("status:N", sort=order, axis=None)
    axis = alt.Axis(format=",.0f", tickCount=4, domain=False, title=None)
    bars = base.mark_bar(height=BAR, yOffset=BAR_OFFSET, strokeWidth=1).encode(
        x=alt.X("start:Q", axis=axis),
        x2="end:Q",
        y=y,
        fill=alt.Fill("fill:N", scale=None),
        stroke=alt.Stroke("edge:N", scale=None),
        tooltip=[
            alt.Tooltip("holder:N", title=_("Holder")),
            alt.Tooltip("value:N", title=_("Amount")),
            alt.Tooltip("range:N", title=_("Range")),
        ],
    )
    names = base.transform_filter("datum.start === 0").mark_text(
        align="left", baseline="bottom", dy=-4, fontWeight=600, clip=False
    )
    labels = names.encode(x=alt.value(0), y=y, text="status:N")
    return alt.layer(bars, *_whiskers(rows, y), labels).properties(height=alt.Step(ROW))


def _whiskers(rows: list[dict[str, Any]], y: alt.Y) -> list[alt.Chart]:
    """A line from low to high with an end on either side, where the two differ.

    Russia's in the upper half of the bar, Ukraine's in the lower, so that they do not overlap.
    """
    colour, found = neutrals()["text"], []
    for offset in dict.fromkeys(row["offset"] for row in rows):
        mine = [row for row in rows if row["offset"] == offset and row["high"] > row["low"]]
        style: dict[str, Any] = {"color": colour, "yOffset": BAR_OFFSET + offset}
        line = chart_of(mine).mark_rule(strokeWidth=1.5, **style)
        ends = chart_of(mine).mark_tick(thickness=1.5, size=8, **style)
        found += [line.encode(x="low:Q", x2="high:Q", y=y)]
        found += [ends.encode(x=f"{end}:Q", y=y) for end in ("low", "high")]
    return found


def flow_drawing(ledger: Ledger, unit: Unit) -> Drawing:
    """Ribbons from who holds land now to as whose it would be treated, by status."""
    found: dict[tuple[str, str, str], float] = {
        (side, treated, status): amount(ledger.sum(entries), unit)[0]
        for (side, treated, status), entries in flows(ledger.entries).items()
    }
    return draw(found, (SIDES, TREATED), FLOW_HEIGHT, FLOW_GAP)


def flow_chart(ledger: Ledger, unit: Unit) -> alt.TopLevelMixin:
    """The flow as a chart; each ribbon in the colour of its status, as on the map."""
    import altair as alt

    drawing, theme = flow_drawing(ledger, unit), current_theme()
    ribbons = [
        {
            **_segment(ribbon.flow[2], ribbon.flow[0], theme),
            "flow": number,
            "x": x,
            "top": top,
            "bottom": bottom,
            "way": f"{_(HELD[ribbon.flow[0]])} → {_(TREATED_LONG[ribbon.flow[1]])}",
            "status": _(LOOKS[STATUSES[STATUSES.index(ribbon.flow[2])]].label),
            "value": shown(ribbon.amount, unit),
        }
        for number, ribbon in enumerate(drawing.ribbons)
        for x, top, bottom in ribbon.points
    ]
    nodes = [
        {
            "x": node.side,
            "top": node.top,
            "bottom": node.bottom,
            "name": _((HELD, TREATED_LONG)[node.side][node.name]),
            "value": shown(node.amount, unit),
        }
        for node in drawing.nodes
    ]
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    y = alt.Y("top:Q", axis=None, scale=alt.Scale(domain=[FLOW_HEIGHT, 0], nice=False))
    bands = (
        chart_of(ribbons)
        .mark_area(strokeWidth=1)
        .encode(
            x=x,
            y=y,
            y2="bottom:Q",
            detail="flow:N",
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("edge:N", scale=None),
            tooltip=[
                alt.Tooltip("way:N", title=_("From and to")),
                alt.Tooltip("status:N", title=_("Status under the plan")),
                alt.Tooltip("value:N", title=_("Amount")),
            ],
        )
    )
    stops = chart_of(nodes).mark_rule(strokeWidth=5, strokeCap="butt", color=neutrals()["text"])
    layers = [bands, stops.encode(x=x, y=y, y2="bottom:Q"), *_node_names(nodes, x, y)]
    return alt.layer(*layers).properties(height=FLOW_HEIGHT)


def _node_names(nodes: list[dict[str, Any]], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Name and amount above each node, at the outer edge of the drawing."""
    found = []
    for side, align in ((0, "left"), (1, "right")):
        base = chart_of([node for node in nodes if node["x"] == side])
        for text, dy, weight in (("name", -20, "normal"), ("value", -4, "bold")):
            style: dict[str, Any] = {
                "align": align,
                "baseline": "bottom",
                "dy": dy,
                "fontWeight": weight,
            }
            found.append(base.mark_text(**style).encode(x=x, y=y, text=f"{text}:N"))
    return found
