"""The ledger drawn as bars: how much land, or how many people, under each status."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from geo.answers import SIDES
from geo.statuses import LOOKS, STATUSES
from pages.parts.charts import chart_of, current_theme, edge, fill, neutrals
from pages.parts.ledger_figures import HELD, Unit, amount, shown, span, with_range
from pages.parts.speech import _

if TYPE_CHECKING:
    import altair as alt

    from geo.ledger import Ledger
    from geo.ledger_entries import Entry
    from geo.statuses import Status

BAR, BAR_OFFSET, ROW, AXIS = 18, 10, 58, 28
"""Height of a bar, how far below the middle of its row it lies, of a row and of the axis, px."""

WHISKERS = {side: BAR_OFFSET + shift * BAR / 5 for side, shift in zip(SIDES, (-1, 1), strict=True)}
"""Where the whiskers lie: Russia's in the upper half of the bar, Ukraine's in the lower."""

Row = dict[str, Any]


def bar_rows(ledger: Ledger, unit: Unit) -> list[Row]:
    """A segment for each status and holder, Russia's first, of the land that has a status."""
    groups = ledger.groups("status")
    return [
        row
        for status in STATUSES
        if status != "unaffected" and status in groups
        for row in _bar(ledger, unit, status, groups[status])
    ]


def _bar(ledger: Ledger, unit: Unit, status: Status, entries: tuple[Entry, ...]) -> Iterator[Row]:
    label, start, theme = LOOKS[status].label, 0, current_theme()
    whole, _interval = amount(ledger, entries, unit)
    for side in SIDES:
        mine = [entry for entry in entries if entry.held_by == side]
        if not mine:
            continue
        value, interval = amount(ledger, mine, unit)
        low, high = (interval.low, interval.high) if interval else (value, value)
        yield {
            "status": f"{_(label)} · {shown(whole, unit)}",
            "side": side,
            "holder": _(HELD[side]),
            "start": start,
            "end": start + value,
            "low": start + low,
            "high": start + high,
            "value": shown(value, unit),
            "range": span(interval),
            "words": with_range(shown(value, unit), interval),
            "fill": fill(status, side, theme),
            "edge": edge(status, theme),
        }
        start += value


def bars_in_words(rows: list[Row]) -> str:
    """What the bars show, for who cannot see them."""
    parts: dict[str, list[str]] = {}
    for row in rows:
        parts.setdefault(row["status"], []).append(f"{row['holder']}: {row['words']}")
    return ". ".join(f"{status}. {', '.join(held)}" for status, held in parts.items())


def bar_chart(rows: list[Row]) -> alt.TopLevelMixin:
    """Bars by status, split by who holds the land now; whiskers reach over each part's range."""
    import altair as alt

    order = list(dict.fromkeys(row["status"] for row in rows))
    y = alt.Y("status:N", sort=order, axis=None)
    axis = alt.Axis(format=",.0f", tickCount=4, domain=False, title=None)
    bars = chart_of(rows).mark_bar(height=BAR, yOffset=BAR_OFFSET, strokeWidth=1)
    encoded = bars.encode(
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
    names = chart_of([{"status": status} for status in order]).mark_text(
        align="left", baseline="bottom", dy=-4, fontWeight="bold"
    )
    named = names.encode(x=alt.value(0), y=y, text="status:N")
    return alt.layer(encoded, *_whiskers(rows, y), named).properties(height=ROW * len(order) + AXIS)


def _whiskers(rows: list[Row], y: alt.Y) -> list[alt.Chart]:
    """A line from low to high with an end on either side, where the two differ."""
    found = []
    for side, offset in WHISKERS.items():
        mine = [row for row in rows if row["side"] == side and row["high"] > row["low"]]
        style: dict[str, Any] = {"color": neutrals()["text"], "yOffset": offset}
        line = chart_of(mine).mark_rule(strokeWidth=1.5, **style)
        ends = chart_of(mine).mark_tick(thickness=1.5, size=8, **style)
        found.append(line.encode(x="low:Q", x2="high:Q", y=y))
        found += [ends.encode(x=f"{end}:Q", y=y) for end in ("low", "high")]
    return found
