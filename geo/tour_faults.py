"""What is wrong with a tour whose fields are sound: names that lead nowhere, views off the map."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from geo.division import load_division
from geo.errors import did_you_mean
from geo.line import line_dates
from geo.plan import Plan, load_plan
from geo.territories import place_facts, territory_codes

if TYPE_CHECKING:
    from geo.tour import Selection, Step, Tour
    from geo.yaml_lines import Path as Place

COUNTRY = ((44.3, 22.1), (52.4, 40.3))
"""South-west and north-east corner of the country (latitude, longitude; degrees, EPSG:4326)."""

_IN_BRACES = re.compile(r"\{([^{}]*)\}")


def faults_of_tour(tour: Tour) -> Iterator[tuple[Place, str]]:
    """Each fault as its place in the file and a sentence.

    Raises :class:`NotFoundError` if there is no plan of that id.
    """
    plan = load_plan(tour.plan)
    if tour.line not in line_dates():
        yield ("line",), f"there is no line of contact of {tour.line} in data/lines."
        return
    zones = set(load_division(tour.line).pieces)
    seen: set[str] = set()
    for number, step in enumerate(tour.steps):
        messages = [
            *_clause_messages(step, plan),
            *_selection_messages(step.selection, plan, zones),
            *_area_messages(step, zones),
            *_bounds_messages(step),
        ]
        if step.id in seen:
            messages.append("the id is given twice; rename one of the two.")
        seen.add(step.id)
        for message in messages:
            yield ("steps", number), f"step {number + 1}, {step.id}: {message}"


def _clause_messages(step: Step, plan: Plan) -> Iterator[str]:
    known = [clause.id for clause in plan.clauses]
    for clause in step.clauses:
        if clause not in known:
            yield f"the plan has no clause {clause!r}{did_you_mean(clause, known)}"


def _selection_messages(selection: Selection, plan: Plan, zones: set[str]) -> Iterator[str]:
    known = {
        "territory": list(territory_codes()),
        "place": list(place_facts()),
        "clause": [clause.id for clause in plan.clauses],
    }
    for kind, names in known.items():
        name = getattr(selection, kind)
        if name is not None and name not in names:
            yield f"there is no {kind} {name!r}{did_you_mean(name, names)}"
    if selection.held_by and selection.territory in territory_codes():
        zone = f"{selection.territory}-{selection.held_by}"
        if zone not in zones:
            yield f"there is no zone {zone!r}, so nothing would be selected; change held_by."


def _area_messages(step: Step, zones: set[str]) -> Iterator[str]:
    for name, listed in step.areas.items():
        for zone in listed:
            if zone not in zones:
                yield f"area {name!r} names no zone: {zone!r}{did_you_mean(zone, zones)}"
    for language, text in step.text.items():
        used = set(_IN_BRACES.findall(text))
        for name in sorted(used - set(step.areas)):
            yield f"the text in {language} has {{{name}}}, which is not under areas."
        for name in sorted(set(step.areas) - used):
            yield f"area {name!r} is not used in {language}; put {{{name}}} into its text."
        if re.search(r"[{}]", _IN_BRACES.sub("", text)):
            yield f"the text in {language} has a single brace; close or remove it."


def _bounds_messages(step: Step) -> Iterator[str]:
    (south, west), (north, east) = step.bounds
    if not (south < north and west < east):
        yield "its bounds are not [[south, west], [north, east]]; put the smaller numbers first."
    (lowest, leftmost), (highest, rightmost) = COUNTRY
    if not (lowest <= south and north <= highest and leftmost <= west and east <= rightmost):
        yield f"its bounds lie outside the country, {COUNTRY}; latitude comes first."
