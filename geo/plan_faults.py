"""What is wrong with a plan file, as sentences that name the line and the mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from geo import paths
from geo.answers import SIDES, Clash, clashes
from geo.characters import lookalike
from geo.clause_ids import point_of
from geo.errors import Fault, did_you_mean
from geo.line import line_dates
from geo.territories import place_ids, territory_codes
from geo.yaml_lines import shortened
from geo.zone_ids import split_zone_id, zone_id

if TYPE_CHECKING:
    from geo.plan import Land, Plan

MOST_FAULTS = 50
"""Faults of one file that are told at once."""

_EXPECTED = {
    "string_type": "text in quotes",
    "tuple_type": "a list",
    "dict_type": "a text by language, such as {en: …}",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
    "int_type": "a number",
}

_PATTERNS = {
    "date": "a date such as 2025-11-20, 2025-11 or 2025, in quotes",
    "line": "the date of a line of contact such as 2025-11-21, in quotes",
    "url": "a web address that starts with https:// or http://",
    "clause": 'a clause number such as "21" or "21(d)"',
    "clauses": 'a clause number such as "21" or "21(d)"',
    "id": "the form used elsewhere: us-28-point-2025-11 for a plan, 21(d) for a clause",
}


def faults_of_fields(
    error: ValidationError, file: str, lines: dict[tuple[str | int, ...], int]
) -> list[Fault]:
    """One fault for each value that does not fit the plan format."""
    details = error.errors(include_url=False)
    faults = (
        Fault(file, _field_sentence(detail), _line_of(detail["loc"], lines)) for detail in details
    )
    return at_most(faults, file, len(details))


def at_most(faults: Iterable[Fault], file: str, count: int | None = None) -> list[Fault]:
    """The first :data:`MOST_FAULTS`, and a sentence that there are more (``count`` in all)."""
    first = list(islice(faults, MOST_FAULTS + 1))
    if len(first) <= MOST_FAULTS:
        return first
    more = "more faults follow" if count is None else f"{count - MOST_FAULTS:,} more faults follow"
    return [*first[:MOST_FAULTS], Fault(file, f"{more}; mend these first.")]


def _line_of(
    location: tuple[int | str, ...], lines: dict[tuple[str | int, ...], int]
) -> int | None:
    for end in range(len(location), -1, -1):
        if location[:end] in lines:
            return lines[location[:end]]
    return None


def _field_sentence(detail: ErrorDetails) -> str:
    """Say in words what one pydantic error means."""
    place = _place(detail["loc"])
    kind, context = detail["type"], detail.get("ctx", {})
    value = _shown(detail["input"])
    if kind == "missing":
        return f"{place} is missing; add it."
    if kind == "extra_forbidden":
        hint = did_you_mean(str(detail["loc"][-1]), _keys())
        return f"{place} is not a key of the plan format; check its spelling or remove it{hint}"
    if kind == "literal_error":
        known = [word.strip("'") for word in context["expected"].replace(" or ", ", ").split(", ")]
        hint = did_you_mean(str(detail["input"]), known)
        return f"{place} is {value}, not one of {', '.join(known)}{hint}"
    if kind == "string_pattern_mismatch":
        names = [part for part in detail["loc"] if isinstance(part, str)]
        expected = _PATTERNS.get(names[-1], "of the form that other plans use")
        return f"{place} is {value}; write {expected}.{lookalike(str(detail['input']))}"
    if kind in ("too_short", "string_too_short"):
        return f"{place} is empty; give it at least one entry or remove it."
    if kind == "string_too_long":
        return f"{place} is longer than {context['max_length']:,} characters; shorten it."
    if kind == "value_error":
        return f"{place}: {context['error']}."
    return f"{place} is {value}; write {_EXPECTED.get(kind, detail['msg'].lower())}."


@cache
def _keys() -> tuple[str, ...]:
    """Every key that some mapping of a plan may have."""
    from geo.plan import Plan

    schema = Plan.model_json_schema(by_alias=True)
    mappings = [schema, *schema["$defs"].values()]
    return tuple(sorted({key for each in mappings for key in each.get("properties", {})}))


def _place(location: tuple[int | str, ...]) -> str:
    """A path such as ``("terms", 3, "status")`` as words: "term 4, status"."""
    words: list[str] = []
    for part in location:
        if isinstance(part, int) and words:
            words[-1] = f"{words[-1].removesuffix('s')} {part + 1}"
        elif part != "[key]":
            words.append(shortened(str(part)))
    return ", ".join(words) or "the plan"


def _shown(value: Any) -> str:
    text = repr(value[:80] if isinstance(value, str) else value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def faults_of_references(plan: Plan) -> list[Fault]:
    """One fault for each name in a well-formed plan that leads nowhere, or that clashes."""
    checks = (
        _clause_faults,
        _source_faults,
        _term_faults,
        _summary_faults,
        _headline_faults,
        _line_faults,
        _origin_faults,
    )
    file = plan.fault("").file
    faults = at_most((fault for check in checks for fault in check(plan)), file)
    if not faults:
        found = clashes(plan, territory_codes())
        faults = at_most((clash_fault(plan, clash) for clash in found), file, len(found))
    return faults


def _clause_faults(plan: Plan) -> Iterator[Fault]:
    seen: set[str] = set()
    bound = {term.clause for term in plan.terms}
    points = {point_of(name) for name in bound}
    for position, clause in enumerate(plan.clauses):
        parent = point_of(clause.id)
        if clause.id in seen:
            message = f"clause {clause.id} is given twice; keep one or renumber it."
            yield plan.fault(message, "clauses", position, "id")
        seen.add(clause.id)
        if parent not in seen:
            message = f"clause {clause.id} stands before its point {parent}; add {parent} above it."
            yield plan.fault(message, "clauses", position, "id")
        if clause.reach == "land" and clause.id not in bound and parent not in points:
            message = f"clause {clause.id} has reach 'land' but no term binds it to any; add one."
            yield plan.fault(message, "clauses", position, "reach")
        if clause.reach != "land" and clause.id in bound:
            message = f"a term binds clause {clause.id} to land, so its reach must be 'land'."
            yield plan.fault(message, "clauses", position, "reach")


def _source_faults(plan: Plan) -> Iterator[Fault]:
    for position, clause in enumerate(plan.clauses):
        if not clause.sources and plan.kind != "own":
            message = f"clause {clause.id} has no sources; name at least one."
            yield plan.fault(message, "clauses", position, "sources")
        cited = list(clause.sources) + [key for r in clause.readings for key in r.sources]
        for key in cited:
            if key not in plan.sources:
                hint = did_you_mean(key, plan.sources)
                message = f"clause {clause.id} cites {key!r}, which is not under 'sources'{hint}"
                yield plan.fault(message, "clauses", position, "sources")


def _term_faults(plan: Plan) -> Iterator[Fault]:
    known = {clause.id for clause in plan.clauses}
    for position, term in enumerate(plan.terms):
        if term.clause not in known:
            hint = did_you_mean(term.clause, known)
            message = f"the term names clause {term.clause!r}, which the plan does not have{hint}"
            yield plan.fault(message, "terms", position, "clause")
        if term.operation and not all(land.site for land in term.land):
            message = "'operation' is of a plant; name a site as its land, or remove it."
            yield plan.fault(message, "terms", position, "operation")
        if set(term.leaves) & set(term.keeps_out):
            message = "a side whose forces leave is named under keeps_out too; keep one."
            yield plan.fault(message, "terms", position, "keeps_out")
        for index, land in enumerate(term.land):
            for message in _land_messages(land):
                yield plan.fault(message, "terms", position, "land", index)


def _land_messages(land: Land) -> Iterator[str]:
    codes = territory_codes()
    for code in land.codes:
        if code not in codes:
            hint = did_you_mean(code, codes)
            yield f"territory {code!r} is not one of the {len(codes)} codes{hint}"
    for kind, place in (("site", land.site), ("river", land.river)):
        known = place_ids(kind)
        if place is not None and place not in known:
            hint = did_you_mean(place, known)
            yield f"{kind} {place!r} is not one of those in data/places.geojson{hint}"


def _summary_faults(plan: Plan) -> Iterator[Fault]:
    known = {clause.id for clause in plan.clauses}
    for position, row in enumerate(plan.summary):
        for clause_id in row.clauses:
            if clause_id not in known:
                hint = did_you_mean(clause_id, known)
                message = f"the summary names clause {clause_id!r}, not in the plan{hint}"
                yield plan.fault(message, "summary", position)
        emphasis = (row.emphasis or {}).items()
        if any(words not in row.text.get(language, "") for language, words in emphasis):
            message = "the emphasis is not part of the summary's text; copy the words exactly."
            yield plan.fault(message, "summary", position, "emphasis")


def _origin_faults(plan: Plan) -> Iterator[Fault]:
    if not plan.sides and plan.kind != "own":
        yield plan.fault("sides is empty; say who put the plan forward.", "sides")
    known = sorted(path.stem for path in paths.PLANS.glob("*.yaml"))
    for key, other in (("superseded_by", plan.superseded_by), ("based_on", plan.based_on)):
        if other is not None and other not in known:
            message = f"{key} names {other!r}, which is no plan in data/plans"
            yield plan.fault(message + did_you_mean(other, known), key)


def _line_faults(plan: Plan) -> Iterator[Fault]:
    if plan.line not in line_dates():
        known = ", ".join(line_dates())
        message = f"there is no line of contact of {plan.line} in data/lines; there is {known}."
        yield plan.fault(message, "line")


def _headline_faults(plan: Plan) -> Iterator[Fault]:
    zone = plan.headline_zone
    if zone is not None and split_zone_id(zone) is None:
        hint = did_you_mean(zone, [zone_id(c, side) for c in territory_codes() for side in SIDES])
        yield plan.fault(f"there is no zone {zone!r}{hint}", "headline_zone")


def clash_fault(plan: Plan, clash: Clash) -> Fault:
    """Two terms that give one piece of land two different fates."""
    first, second = plan.terms[clash.first], plan.terms[clash.second]
    line = plan.fault("", "terms", clash.first).line
    place = f"line {line}" if line else f"term {clash.first + 1}"
    message = (
        f"for {clash.territory} held by {clash.held_by}, the term on clause {second.clause} gives"
        f" another {clash.field} ({getattr(second, clash.field)}) than the term on clause"
        f" {first.clause}, {place} ({getattr(first, clash.field)}); name a smaller part in one of"
        " them, or make them agree."
    )
    return plan.fault(message, "terms", clash.second)
