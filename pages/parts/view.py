"""What the reader is looking at; :mod:`pages.parts.link` reads it from the link.

The link is the store of it: widgets are set from it before they are drawn, and their callbacks
write it. So every view can be linked to, and back and forward lead through the views.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from geo.errors import DataError
from geo.line import OWN_LINE, line_dates
from geo.plan import Language, Plan, Side
from geo.statuses import STATUSES
from geo.territories import place_facts, territory_codes
from geo.tour import load_tour
from geo.zone_ids import split_zone_id, zone_id
from pages.parts.plans import plan_called

LINE_LAYER = "line_of_contact"
BAND_LAYER = "line_band"
LAYERS = (*STATUSES, LINE_LAYER, BAND_LAYER)
PARAMETERS = (
    *("plan", "line", "since", "territory", "held_by", "place", "clause", "layers", "lang"),
    *("step", "town", "q", "beside", "beside_line", "no_page"),
)

PAGES = {
    "map": "",
    "clauses": "clauses",
    "towns": "towns",
    "ledger": "ledger",
    "compare": "compare",
    "plan": "plan",
    "write": "write",
    "timeline": "timeline",
    "background": "background",
    "sources": "sources",
}
"""The pages and the paths they are served under."""


@dataclass(frozen=True)
class View:
    """Plan, line, layers and what is selected: a territory or a part of one, a place, a clause.

    ``since``: the day of another line, whose difference to this one is shown. ``step`` is that of
    the guided tour, ``town`` and ``search`` what is looked for, as typed. ``beside`` and
    ``beside_line``: the plan and the line that this one is compared with, none for the usual ones.
    """

    plan: Plan
    line: str
    since: str | None = None
    layers: tuple[str, ...] = LAYERS
    territory: str | None = None
    held_by: Side | None = None
    place: str | None = None
    clause: str | None = None
    step: int | None = None
    town: str | None = None
    search: str | None = None
    beside: Plan | None = None
    beside_line: str | None = None
    language: Language | None = None
    notices: tuple[str, ...] = ()

    @property
    def picked(self) -> str | None:
        """The selection as one word, as picker, map and links of the panel name it."""
        if self.place:
            return f"place:{self.place}"
        if self.territory and self.held_by:
            return f"zone:{zone_id(self.territory, self.held_by)}"
        if self.territory:
            return f"territory:{self.territory}"
        return f"clause:{self.clause}" if self.clause else None

    def parameters(self) -> dict[str, str]:
        """The query parameters that open this view again."""
        values = {
            "plan": self.plan.id,
            "line": self.line,
            "since": self.since,
            "territory": self.territory,
            "held_by": self.held_by.lower() if self.held_by else None,
            "place": self.place,
            "clause": self.clause,
            "step": str(self.step) if self.step else None,
            "town": self.town,
            "q": self.search,
            "beside": self.beside.id if self.beside else None,
            "beside_line": self.beside_line,
            "lang": self.language,
            "layers": None if set(self.layers) == set(LAYERS) else ",".join(self.layers) or "none",
        }
        return {name: value for name, value in values.items() if value}


def pick(view: View, picked: str | None) -> View:
    """``view`` with another selection; a word that names nothing known clears it."""
    kind, _, name = (picked or "").partition(":")
    if kind == "plan":
        plan_id, _, rest = name.partition("/")
        other = with_plan(view, plan_id)
        return pick(other, rest) if rest else other
    off_tour = replace(view, step=None, layers=_layers_off_tour(view))
    empty = replace(off_tour, territory=None, held_by=None, place=None, clause=None)
    if kind == "zone" and (parts := split_zone_id(name)):
        return replace(empty, territory=parts[0], held_by=parts[1])
    if kind == "territory" and name in territory_codes():
        return replace(empty, territory=name)
    if kind == "place" and name in place_facts():
        return replace(empty, place=name)
    if kind == "line" and name in line_dates():
        return with_line(off_tour, name)
    if kind == "since" and (days := _two_days(name)):
        return replace(with_line(off_tour, days[1]), since=days[0])
    if kind == "step" and name in [str(number) for number in range(1, len(load_tour().steps) + 1)]:
        return at_step(empty, int(name))
    if kind == "clause" and name in {clause.id for clause in view.plan.clauses}:
        return replace(empty, clause=name)
    return empty


def _two_days(name: str) -> list[str] | None:
    """Two different days with lines, as in ``2024-11-21,2025-11-21``; the second is shown."""
    days = name.split(",")
    known = len(set(days)) == len(days) == 2 and set(days) <= set(line_dates())
    return days if known else None


def with_plan(view: View, plan_id: str) -> View:
    """``view`` of the plan of that id on the same line; an id that names none changes nothing.

    ``us-28-point-2025-11@2025-11-21`` names a line too.
    """
    name, _, line = plan_id.partition("@")
    try:
        other = of_plan(view, plan_called(name))
    except DataError:
        return view
    return with_line(other, line if line in line_dates() else view.line)


def of_plan(view: View, plan: Plan) -> View:
    """``view`` of another plan; the same land stays selected.

    Whoever looks at a plan on its own line goes to the other one's; a line that the reader chose
    stays.
    """
    if plan.id == view.plan.id:
        return replace(view, plan=plan)
    other = replace(view, plan=plan, clause=None, step=None, layers=_layers_off_tour(view))
    return with_line(other, plan.line) if view.line == view.plan.line else other


def _layers_off_tour(view: View) -> tuple[str, ...]:
    return LAYERS if view.step else view.layers


def with_line(view: View, line: str) -> View:
    """``view`` on another line; a comparison that makes no sense there is dropped."""
    return replace(view, line=line, since=None if line in (view.since, OWN_LINE) else view.since)


def at_step(empty: View, number: int) -> View:
    """``empty`` at a step of the guided tour: what it selects and which layers it shows."""
    step = load_tour().steps[number - 1]
    held_by = step.selection.held_by
    return replace(
        empty,
        step=number,
        layers=tuple(layer for layer in LAYERS if layer in step.layers),
        territory=step.selection.territory,
        held_by=cast("Side | None", held_by.capitalize() if held_by else None),
        place=step.selection.place,
        clause=step.selection.clause,
    )
