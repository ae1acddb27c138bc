"""Figures that others published, in a table beside ours."""

from __future__ import annotations

from typing import Any

from geo.published import Figure
from geo.published_beside import Beside, published_beside
from pages.parts.ledger_figures import rounded_outwards
from pages.parts.render import render
from pages.parts.speech import N_, _, number, percent, said
from pages.parts.view import View

COUNTED = {
    "control": N_("Control"),
    "assessed": N_("Control and assessed advances"),
    "claimed": N_("Control and ground only claimed"),
    "unstated": N_("Not said"),
}

VERDICTS = {
    "below": N_("Below it"),
    "inside": N_("Inside it"),
    "above": N_("Above it"),
}


def published_table(view: View) -> str:
    """The table, and what it says of the land in the plan's headline."""
    rows = published_beside()
    zone = view.plan.headline_zone
    chief = next((row for row in rows if zone and row.figure.km2 and row.figure.zone == zone), None)
    return render(
        "ledger_published.html",
        chief=_row(chief) if chief else None,
        rows=[_row(row) for row in rows],
    )


def _row(beside: Beside) -> dict[str, Any]:
    figure, counted = beside.figure, COUNTED[beside.figure.counted]
    verdict = VERDICTS[beside.verdict] if beside.verdict else None
    return {
        "figure": said(figure.rounded),
        "counts": said(figure.counts),
        "differs": said(figure.differs),
        "as_of": figure.as_of,
        "publisher": figure.publisher,
        "url": figure.url,
        "counted": _(counted),
        "ours": _amount(figure, beside.central) if beside.central is not None else None,
        "range": _range(beside),
        "line": beside.line,
        "place": beside.verdict,
        "verdict": _(verdict) if verdict else "",
    }


def _amount(figure: Figure, value: float) -> str:
    if figure.percent is not None:
        return percent(value, 1)
    return _("{area} km²").format(area=number(round(value)))


def _range(beside: Beside) -> str:
    if beside.low is None or beside.high is None or beside.high - beside.low < 0.05:
        return ""
    if beside.figure.percent is not None:
        ends = [percent(end, 1) for end in (beside.low, beside.high)]
    else:
        ends = [number(end) for end in rounded_outwards(beside.low, beside.high)]
    return _("{low} to {high}").format(low=ends[0], high=ends[1])
