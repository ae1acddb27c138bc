"""The ledger drawn as a flow: from who holds land now to as whose it would be treated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from geo.answers import SIDES
from geo.ledger import Flow, flows
from geo.ledger_entries import TREATED
from geo.statuses import LOOKS
from pages.parts.charts import chart_of, current_theme, edge, fill, neutrals
from pages.parts.ledger_figures import HELD, TREATED_LONG, Unit, amount, shown
from pages.parts.ribbons import Drawing, Ribbon, draw
from pages.parts.speech import _

if TYPE_CHECKING:
    import altair as alt

    from geo.ledger import Ledger

HEIGHT, GAP = 360, 42
"""Height of the drawing and of the room above each node for its name, px."""


def flow_drawing(ledger: Ledger, unit: Unit) -> Drawing:
    """Ribbons from holder to treatment, one a status; land that no clause reaches is left out."""
    found: dict[tuple[str, str, str], float] = {
        flow: amount(ledger, entries, unit)[0] for flow, entries in flows(ledger.entries).items()
    }
    return draw(found, (SIDES, TREATED), HEIGHT, GAP)


def flow_in_words(drawing: Drawing, unit: Unit) -> str:
    """What the ribbons show, for who cannot see them."""
    described = [_described(ribbon, unit) for ribbon in drawing.ribbons]
    return ". ".join(f"{each['way']}, {each['status']}: {each['value']}" for each in described)


def _described(ribbon: Ribbon, unit: Unit) -> dict[str, str]:
    side, treated, status = cast("Flow", ribbon.flow)
    held, treatment, label = HELD[side], TREATED_LONG[treated], LOOKS[status].label
    return {
        "way": f"{_(held)} → {_(treatment)}",
        "status": _(label),
        "value": shown(round(ribbon.amount), unit),
        "fill": fill(status, side, current_theme()),
        "edge": edge(status, current_theme()),
    }


def flow_chart(drawing: Drawing, unit: Unit) -> alt.TopLevelMixin:
    """The flow as a chart; each ribbon in the colour of its status, as on the map."""
    import altair as alt

    points = [
        {**_described(ribbon, unit), "flow": number, "x": x, "top": top, "bottom": bottom}
        for number, ribbon in enumerate(drawing.ribbons)
        for x, top, bottom in ribbon.points
    ]
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    y = alt.Y("top:Q", axis=None, scale=alt.Scale(domain=[HEIGHT, 0], nice=False))
    ribbons = chart_of(points).mark_area(strokeWidth=1)
    encoded = ribbons.encode(
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
    layers = [encoded, *_nodes(drawing, unit, x, y)]
    return alt.layer(*layers).properties(height=HEIGHT)


def _nodes(drawing: Drawing, unit: Unit, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """A bar for each node, with its name and amount above it at the outer edge."""
    found = []
    for side, align in ((0, "left"), (1, "right")):
        names = (HELD, TREATED_LONG)[side]
        rows = [
            {
                "x": side,
                "top": node.top,
                "bottom": node.bottom,
                "name": _(names[node.name]),
                "value": shown(round(node.amount), unit),
            }
            for node in drawing.nodes
            if node.side == side
        ]
        bar = chart_of(rows).mark_rule(strokeWidth=5, strokeCap="butt", color=neutrals()["text"])
        found.append(bar.encode(x=x, y=y, y2="bottom:Q"))
        for text, dy, weight in (("name", -20, "normal"), ("value", -4, "bold")):
            style: dict[str, Any] = {"align": align, "dy": dy, "fontWeight": weight}
            halo = {**style, "stroke": neutrals()["page"], "strokeWidth": 4}
            # Twice: a ribbon that passes behind must not touch the letters.
            for look in (halo, style):
                words = chart_of(rows).mark_text(baseline="bottom", **look)
                found.append(words.encode(x=x, y=y, text=f"{text}:N"))
    return found
