"""What the reader is looking at, read from the link and written back to it.

The link is the store of it: widgets are set from it before they are drawn, and their callbacks
write it. So every view can be linked to, and back and forward lead through the views.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from geo.answers import SIDES
from geo.clause_ids import CLAUSE_ID
from geo.errors import DataError, NotFoundError, nearest
from geo.line import line_dates, line_file
from geo.plan import DEFAULT_PLAN, Language, Plan, Side, load_plan, plan_ids
from geo.statuses import STATUSES
from geo.territories import place_facts, territory_called, territory_codes
from geo.tour import load_tour
from geo.zone_ids import split_zone_id, zone_id
from pages.parts.speech import LANGUAGES, N_, _, said

LINE_LAYER = "line_of_contact"
LAYERS = (*STATUSES, LINE_LAYER)
PARAMETERS = (
    *("plan", "line", "territory", "held_by", "place", "clause", "layers", "lang"),
    *("step", "town", "q"),
)

LONGEST_TEXT = 200
"""Characters of a search or a town's name that are read."""


PAGES = {
    "map": "",
    "clauses": "clauses",
    "towns": "towns",
    "timeline": "timeline",
    "background": "background",
    "sources": "sources",
}
"""The pages and the paths they are served under."""

UNKNOWN = {
    "territory": N_("{name} is no territory that is known here."),
    "side": N_("{name} is no side that is known here."),
    "place": N_("{name} is no place that is known here."),
    "lang": N_("{name} is no language that is known here."),
}


@dataclass(frozen=True)
class View:
    """Plan, line, layers and what is selected: a territory or a part of one, a place, a clause.

    ``step`` is that of the guided tour, ``town`` and ``search`` what is looked for, as typed.
    """

    plan: Plan
    line: str
    layers: tuple[str, ...] = LAYERS
    territory: str | None = None
    held_by: Side | None = None
    place: str | None = None
    clause: str | None = None
    step: int | None = None
    town: str | None = None
    search: str | None = None
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
            "territory": self.territory,
            "held_by": self.held_by.lower() if self.held_by else None,
            "place": self.place,
            "clause": self.clause,
            "step": str(self.step) if self.step else None,
            "town": self.town,
            "q": self.search,
            "lang": self.language,
            "layers": None if set(self.layers) == set(LAYERS) else ",".join(self.layers) or "none",
        }
        return {name: value for name, value in values.items() if value}


def read_view(parameters: Mapping[str, list[str]]) -> View:
    """The view that a link asks for; what it asks wrongly is left at its default and noted.

    Never raises for anything that stands in a link.
    """
    notices: list[str] = []
    asked = {name: _asked(parameters, name, notices) for name in PARAMETERS}
    _note_misspelt(parameters, notices)
    plan = _plan(asked["plan"], notices)
    view = View(plan=plan, line=_line(asked["line"], plan, notices))
    territory = _one_of("territory", asked["territory"], territory_codes(), notices, _code)
    held_by = _one_of("side", asked["held_by"], SIDES, notices, str.capitalize)
    if held_by and not territory:
        notices.append(_("The link names a holder but no territory, so nothing is selected."))
        held_by = None
    place = _one_of("place", asked["place"], tuple(place_facts()), notices, str.lower)
    if place and territory:
        notices.append(_("The link names a territory and a place; the territory is shown."))
        place = None
    language = _one_of("lang", asked["lang"], LANGUAGES, notices, str.lower)
    step = _step(asked["step"], notices)
    read = replace(
        view,
        layers=_layers(asked["layers"], notices),
        territory=territory,
        held_by=cast("Side | None", held_by),
        place=place,
        clause=_clause(asked["clause"], plan, notices),
        town=_plain(asked["town"]),
        search=_plain(asked["q"]),
        language=cast("Language | None", language),
        notices=tuple(notices),
    )
    if step is None:
        return read
    # A link to a step is whole without the layers and the selection that belong to it.
    return replace(read, step=step) if read.picked or asked["layers"] else _at_step(read, step)


def spoken(parameters: Mapping[str, list[str]], otherwise: Language) -> Language:
    """The language that a link asks for, ``otherwise`` if it asks for none of ours."""
    asked = (parameters.get("lang") or [""])[-1].strip().lower()
    return asked if asked in LANGUAGES else otherwise


def _asked(parameters: Mapping[str, list[str]], name: str, notices: list[str]) -> str | None:
    values = parameters.get(name) or []
    if len(values) > 1:
        text = _("The link gives {name} more than once; the last one counts.")
        notices.append(text.format(name=name))
    return values[-1].strip() or None if values else None


def _note_misspelt(parameters: Mapping[str, list[str]], notices: list[str]) -> None:
    """Names that look like ours are pointed out; others (a newsletter's tags) are none of ours."""
    for name in parameters:
        near = nearest(name[:40].lower(), PARAMETERS)
        if name not in PARAMETERS and near:
            text = _("The link has {name}, which is not read.")
            notices.append(_hinted(text.format(name=shown(name)), near))


def _plan(asked: str | None, notices: list[str]) -> Plan:
    if asked is None:
        return load_plan(DEFAULT_PLAN)
    try:
        return load_plan(asked)
    except NotFoundError:
        text = _("There is no plan {name}; the {plan} is shown.")
        title = said(load_plan(DEFAULT_PLAN).title)
        near = nearest(asked[:60], plan_ids())
        notices.append(_hinted(text.format(name=shown(asked), plan=title), near))
    except DataError as error:
        text = _("The plan {name} cannot be read: {fault}")
        notices.append(text.format(name=shown(asked), fault=error.faults[0]))
    return load_plan(DEFAULT_PLAN)


def _line(asked: str | None, plan: Plan, notices: list[str]) -> str:
    if asked is None:
        return plan.line
    try:
        line_file(asked)
    except NotFoundError:
        known = ", ".join(line_dates())
        text = _("There is no line of contact of {date}; there is {known}.")
        notices.append(text.format(date=shown(asked), known=known))
        return plan.line
    return asked


def _layers(asked: str | None, notices: list[str]) -> tuple[str, ...]:
    if asked is None:
        return LAYERS
    names = [name.strip().lower() for name in asked[:400].split(",") if name.strip()]
    for name in dict.fromkeys(names):
        if name not in (*LAYERS, "none"):
            text = _("There is no layer {name}.").format(name=shown(name))
            notices.append(_hinted(text, nearest(name, LAYERS)))
    chosen = tuple(layer for layer in LAYERS if layer in names)
    return chosen if chosen or "none" in names else LAYERS


def _clause(asked: str | None, plan: Plan, notices: list[str]) -> str | None:
    if asked is None:
        return None
    name = re.sub(r"^(\d{1,2})([a-z])$", r"\1(\2)", re.sub(r"\s+", "", asked[:20].lower()))
    known = [clause.id for clause in plan.clauses]
    if not re.fullmatch(CLAUSE_ID, name) or name not in known:
        text = _("The {plan} has no clause {name}.")
        text = text.format(plan=said(plan.title), name=shown(asked))
        notices.append(_hinted(text, nearest(name, known)))
        return None
    return name


def _step(asked: str | None, notices: list[str]) -> int | None:
    if asked is None:
        return None
    steps = len(load_tour().steps)
    if asked in [str(number) for number in range(1, steps + 1)]:
        return int(asked)
    text = _("There is no step {name}; the tour has {number} steps.")
    notices.append(text.format(name=shown(asked), number=steps))
    return None


def _plain(asked: str | None) -> str | None:
    """A reader's text without what cannot be printed, not too long."""
    kept = "".join(character for character in asked or "" if character.isprintable())
    return kept[:LONGEST_TEXT].strip() or None


def _code(asked: str) -> str:
    """The ISO code that a link means, which may give a territory's name instead."""
    return territory_called(asked) or asked.upper()


def _one_of(
    name: str,
    asked: str | None,
    known: Iterable[str],
    notices: list[str],
    tidy: Callable[[str], str],
) -> str | None:
    """``asked`` as one of ``known``, or ``None`` and a notice."""
    if asked is None:
        return None
    value = tidy(asked)
    if value in tuple(known):
        return value
    text = _(UNKNOWN[name]).format(name=shown(asked))
    notices.append(_hinted(text, nearest(value[:40], known)))
    return None


def _hinted(text: str, near: str | None) -> str:
    """A sentence and, where something was probably meant, what."""
    if near is None:
        return text
    hint = _("Did you mean {name}?").format(name=near)
    return f"{text} {hint}"


def shown(text: str) -> str:
    """A reader's or a link's own text, quoted, shortened and free of control characters."""
    plain = "".join(character if character.isprintable() else "�" for character in text[:60])
    return _("“{text}”").format(text=plain + ("…" if len(text) > len(plain) else ""))


def pick(view: View, picked: str | None) -> View:
    """``view`` with another selection; a word that names nothing known clears it."""
    kind, _, name = (picked or "").partition(":")
    empty = replace(view, territory=None, held_by=None, place=None, clause=None, step=None)
    if view.step:
        empty = replace(empty, layers=LAYERS)
    if kind == "zone" and (parts := split_zone_id(name)):
        return replace(empty, territory=parts[0], held_by=parts[1])
    if kind == "territory" and name in territory_codes():
        return replace(empty, territory=name)
    if kind == "place" and name in place_facts():
        return replace(empty, place=name)
    if kind == "line" and name in line_dates():
        return replace(view, line=name)
    if kind == "step" and name in [str(number) for number in range(1, len(load_tour().steps) + 1)]:
        return _at_step(empty, int(name))
    if kind == "clause" and name in {clause.id for clause in view.plan.clauses}:
        return replace(empty, clause=name)
    return empty


def _at_step(empty: View, number: int) -> View:
    """A step of the guided tour: what it selects and which layers it shows."""
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
