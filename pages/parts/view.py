"""What the reader is looking at, read from the link and written back to it.

The link is the only store: widgets are set from it before they are drawn, and their callbacks
write it. So every view can be linked to, and back and forward lead through the views.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast, get_args

from geo.answers import SIDES
from geo.clause_ids import CLAUSE_ID
from geo.errors import DataError, NotFoundError, did_you_mean
from geo.line import line_dates, line_file
from geo.plan import DEFAULT_PLAN, Language, Plan, Side, load_plan, plan_ids
from geo.statuses import STATUSES
from geo.territories import place_facts, territory_codes, territory_facts
from geo.zone_ids import split_zone_id, zone_id

LINE_LAYER = "line_of_contact"
LAYERS = (*STATUSES, LINE_LAYER)
PARAMETERS = ("plan", "line", "territory", "held_by", "place", "clause", "layers", "lang")


@dataclass(frozen=True)
class View:
    """Plan, line, layers and what is selected: a territory or a part of one, a place, a clause."""

    plan: Plan
    line: str
    layers: tuple[str, ...] = LAYERS
    territory: str | None = None
    held_by: Side | None = None
    place: str | None = None
    clause: str | None = None
    language: str | None = None
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
        notices.append("The link names a holder but no territory, so nothing is selected.")
        held_by = None
    place = _one_of("place", asked["place"], tuple(place_facts()), notices, str.lower)
    if place and territory:
        notices.append("The link names a territory and a place; the territory is shown.")
        place = None
    language = _one_of("lang", asked["lang"], get_args(Language), notices, str.lower)
    if language in ("uk", "zh"):
        notices.append("This dashboard speaks English so far, so it is shown in English.")
    return replace(
        view,
        layers=_layers(asked["layers"], notices),
        territory=territory,
        held_by=cast("Side | None", held_by),
        place=place,
        clause=_clause(asked["clause"], plan, notices),
        language=language,
        notices=tuple(notices),
    )


def _asked(parameters: Mapping[str, list[str]], name: str, notices: list[str]) -> str | None:
    values = parameters.get(name) or []
    if len(values) > 1:
        notices.append(f"The link gives {name} more than once; the last one counts.")
    return values[-1].strip() or None if values else None


def _note_misspelt(parameters: Mapping[str, list[str]], notices: list[str]) -> None:
    """Names that look like ours are pointed out; others (a newsletter's tags) are none of ours."""
    for name in parameters:
        hint = did_you_mean(name[:40].lower(), PARAMETERS)
        if name not in PARAMETERS and hint != ".":
            notices.append(f"The link has {shown(name)}, which is not read{hint}")


def _plan(asked: str | None, notices: list[str]) -> Plan:
    if asked is None:
        return load_plan(DEFAULT_PLAN)
    try:
        return load_plan(asked)
    except NotFoundError:
        hint = did_you_mean(asked[:60], plan_ids())
        plan = load_plan(DEFAULT_PLAN)
        notices.append(
            f"There is no plan {shown(asked)}{hint} The {plan.title['en']} is shown instead."
        )
    except DataError as error:
        notices.append(f"The plan {shown(asked)} cannot be read: {error.faults[0]}")
    return load_plan(DEFAULT_PLAN)


def _line(asked: str | None, plan: Plan, notices: list[str]) -> str:
    if asked is None:
        return plan.line
    try:
        line_file(asked)
    except NotFoundError:
        known = ", ".join(line_dates())
        notices.append(f"There is no line of contact of {shown(asked)}; there is {known}.")
        return plan.line
    return asked


def _layers(asked: str | None, notices: list[str]) -> tuple[str, ...]:
    if asked is None:
        return LAYERS
    names = [name.strip().lower() for name in asked[:400].split(",") if name.strip()]
    for name in dict.fromkeys(names):
        if name not in (*LAYERS, "none"):
            hint = did_you_mean(name, LAYERS)
            notices.append(f"There is no layer {shown(name)}{hint}")
    chosen = tuple(layer for layer in LAYERS if layer in names)
    return chosen if chosen or "none" in names else LAYERS


def _clause(asked: str | None, plan: Plan, notices: list[str]) -> str | None:
    if asked is None:
        return None
    name = re.sub(r"^(\d{1,2})([a-z])$", r"\1(\2)", re.sub(r"\s+", "", asked[:20].lower()))
    known = [clause.id for clause in plan.clauses]
    if not re.fullmatch(CLAUSE_ID, name) or name not in known:
        hint = did_you_mean(name, known)
        notices.append(f"The {plan.title['en']} has no clause {shown(asked)}{hint}")
        return None
    return name


def _code(asked: str) -> str:
    """The ISO code that a link means, which may give a territory's name instead."""
    for code, facts in territory_facts().items():
        name = facts["name_en"]
        short = name.removesuffix(" Oblast").removeprefix("Autonomous Republic of ")
        if asked.casefold() in (name.casefold(), facts["name_uk"].casefold(), short.casefold()):
            return code
    return asked.upper()


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
    hint = did_you_mean(value[:40], known)
    notices.append(f"{shown(asked)} is no {name} that is known here{hint}")
    return None


def shown(text: str) -> str:
    """A reader's or a link's own text, quoted, shortened and free of control characters."""
    plain = "".join(character if character.isprintable() else "�" for character in text[:60])
    return f"“{plain}{'…' if len(text) > len(plain) else ''}”"


def pick(view: View, picked: str | None) -> View:
    """``view`` with another selection; a word that names nothing known clears it."""
    kind, _, name = (picked or "").partition(":")
    empty = replace(view, territory=None, held_by=None, place=None, clause=None)
    if kind == "zone" and (parts := split_zone_id(name)):
        return replace(empty, territory=parts[0], held_by=parts[1])
    if kind == "territory" and name in territory_codes():
        return replace(empty, territory=name)
    if kind == "place" and name in place_facts():
        return replace(empty, place=name)
    if kind == "clause" and name in {clause.id for clause in view.plan.clauses}:
        return replace(empty, clause=name)
    return empty
