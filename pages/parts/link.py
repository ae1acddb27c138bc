"""A link's query parameters, read into a view; what cannot be read is told in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import cast

from geo.answers import SIDES
from geo.clause_ids import CLAUSE_ID
from geo.errors import DataError, NotFoundError, nearest
from geo.line import OWN_LINE, line_dates, line_file
from geo.plan import DEFAULT_PLAN, OWN_PLAN, Language, Plan, Side, load_plan, plan_ids
from geo.territories import place_facts, territory_called, territory_codes
from geo.tour import load_tour
from pages.parts.speech import LANGUAGES, N_, _, said
from pages.parts.view import LAYERS, PARAMETERS, View, at_step

LONGEST_TEXT = 200
"""Characters of a search or a town's name that are read."""


UNKNOWN = {
    "territory": N_("{name} is no territory that is known here."),
    "side": N_("{name} is no side that is known here."),
    "place": N_("{name} is no place that is known here."),
    "lang": N_("{name} is no language that is known here."),
}


NO_OWN_PLAN = N_(
    "This link opens a plan that a reader wrote, and this browser has none. Ask for the link that"
    " carries the plan, or for its file, which “Write” can open."
)


def read_view(
    parameters: Mapping[str, list[str]], has_own_line: bool = False, own_plan: Plan | None = None
) -> View:
    """The view that a link asks for; what it asks wrongly is left at its default and noted.

    ``has_own_line``: whether the reader has brought one; ``own_plan``: the one they wrote. Never
    raises for anything that stands in a link.
    """
    notices: list[str] = []
    asked = {name: _asked(parameters, name, notices) for name in PARAMETERS}
    _note_misspelt(parameters, notices)
    if asked["no_page"]:
        text = _("There is no page {name}; this one is shown instead.")
        notices.append(text.format(name=shown(asked["no_page"])))
    usual = load_plan(DEFAULT_PLAN)
    unknown = _("There is no plan {name}; the {plan} is shown.")
    unknown = unknown.format(name="{name}", plan=said(usual.title))
    unknown_beside = _("There is no plan {name} to compare with; another is taken.")
    plan = _plan(asked["plan"], own_plan, notices, unknown) or usual
    view = View(plan=plan, line=_line(asked["line"], plan, has_own_line, notices))
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
    step = _step(asked["step"], plan, notices)
    read = replace(
        view,
        layers=_layers(asked["layers"], notices),
        since=_since(asked["since"], view.line, notices),
        territory=territory,
        held_by=cast("Side | None", held_by),
        place=place,
        clause=_clause(asked["clause"], plan, notices),
        town=_plain(asked["town"]),
        search=_plain(asked["q"]),
        beside=_plan(asked["beside"], own_plan, notices, unknown_beside),
        beside_line=_beside_line(asked["beside_line"], has_own_line, notices),
        language=cast("Language | None", language),
        notices=tuple(notices),
    )
    if step is None:
        return read
    # A link to a step is whole without the layers and the selection that belong to it.
    return replace(read, step=step) if read.picked or asked["layers"] else at_step(read, step)


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
        if name in PARAMETERS:
            continue
        if near := nearest(name[:40].lower(), PARAMETERS):
            text = _("The link has {name}, which is not read.")
            notices.append(_hinted(text.format(name=shown(name)), near))


def _plan(
    asked: str | None, own_plan: Plan | None, notices: list[str], unknown: str
) -> Plan | None:
    """``asked`` as a plan; ``None`` if the link asks for none, or for one that is not there.

    ``unknown``: what is said then, with ``{name}`` for what was asked.
    """
    if asked is None or (asked == OWN_PLAN and own_plan):
        return own_plan if asked else None
    if asked == OWN_PLAN:
        notices.append(_(NO_OWN_PLAN))
        return None
    try:
        return load_plan(asked)
    except NotFoundError:
        near = nearest(asked[:60], plan_ids())
        notices.append(_hinted(unknown.format(name=shown(asked)), near))
    except DataError as error:
        text = _("The plan {name} cannot be read: {fault}")
        notices.append(text.format(name=shown(asked), fault=error.faults[0]))
    return None


def _beside_line(asked: str | None, has_own_line: bool, notices: list[str]) -> str | None:
    """The line to compare with; ``None`` for the same one."""
    if asked is None or asked == OWN_LINE:
        return OWN_LINE if asked and has_own_line else None
    return _dated(asked, notices)


def _line(asked: str | None, plan: Plan, has_own_line: bool, notices: list[str]) -> str:
    if asked is None:
        return plan.line
    if asked == OWN_LINE:
        if not has_own_line:
            notices.append(
                _(
                    "This link was made with somebody’s own line of contact, which no link can"
                    " carry. The plan’s own is shown; a line can be brought under “Your own line”."
                )
            )
        return OWN_LINE if has_own_line else plan.line
    return _dated(asked, notices) or plan.line


def _since(asked: str | None, line: str, notices: list[str]) -> str | None:
    """Another day to compare the line with; none if it is the line's own."""
    day = _dated(asked, notices) if asked else None
    return None if line in (day, OWN_LINE) else day


def _dated(asked: str, notices: list[str]) -> str | None:
    """``asked`` as the day of a shipped line, or ``None`` and a notice."""
    try:
        line_file(asked)
    except NotFoundError:
        text = _("There is no line of contact of {date}; there is {known}.")
        notices.append(text.format(date=shown(asked), known=", ".join(line_dates())))
        return None
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


def _step(asked: str | None, plan: Plan, notices: list[str]) -> int | None:
    if asked is None:
        return None
    if plan.id != load_tour().plan:
        text = _("The tour leads through the {plan}; this is another plan.")
        notices.append(text.format(plan=said(load_plan(load_tour().plan).title)))
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
    code = asked.upper()
    return code if code in territory_codes() else territory_called(asked) or code


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
