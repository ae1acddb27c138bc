"""Zones: each territory cut along the line of contact, each piece with what the plan says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pandas as pd
from geopandas import GeoDataFrame

from geo.answers import FACTS, Answer, answer, clashes
from geo.crs import WGS84
from geo.cutting import cut
from geo.errors import Fault, PlanError, did_you_mean
from geo.plan_faults import clash_fault
from geo.zone_ids import zone_id

if TYPE_CHECKING:
    from geo.line import Line
    from geo.plan import Plan

COLUMNS = (
    "zone",
    "territory",
    "status",
    "clauses",
    "held_by",
    "treated_as",
    "how",
    "leaves",
    "keeps_out",
    "regime",
    "boundary",
    "alternatives",
    "recognised_by",
    "forces",
    "conditions",
    "certainty",
    "note",
    "area_km2",
    "geometry",
)

_WORDS = [name for name in COLUMNS if name not in ("area_km2", "geometry")]


def zones(plan: Plan, territories: GeoDataFrame, line: Line) -> GeoDataFrame:
    """Cut each territory along the line of contact and give each part what the plan says of it.

    ``territories``: polygons indexed by ISO 3166-2 code, any CRS. The result, EPSG:4326, has one
    row per part in order of ``zone``, with :data:`COLUMNS`. ``clauses`` is a list, and so are
    ``leaves`` and ``keeps_out`` (sides), ``regime``, ``boundary`` and ``alternatives`` (statuses
    that the plan holds out instead). The facts in words (``recognised_by``, ``forces``,
    ``conditions``, ``note``) are English, each with its clause: "21(d): Ukrainian forces leave". A
    column is ``None`` where the text does not say.
    ``area_km2`` is measured, and the parts are cut, in an equal-area CRS (LAEA, 48.5 N, 36 E), so
    the parts of a territory add up to it.

    Raises :class:`PlanError` if a term names an unknown territory or two terms clash, and
    :class:`OutlineError` if ``territories`` has no CRS, a code twice, or an outline that is empty
    or invalid.
    Source: ``plan.sources`` for what is said, ``line.about`` for who holds what. Reads no file.
    """
    _check_terms(plan, list(territories.index))
    pieces = cut(territories, line)
    rows = [
        _said(answer(plan, code, side))
        for code, side in zip(pieces["territory"], pieces["held_by"], strict=True)
    ]
    # As objects, or pandas would turn None, "the text does not say", into NaN.
    words = {name: pd.Series([row[name] for row in rows], dtype=object) for name in _WORDS}
    frame = GeoDataFrame(pieces[["area_km2", "geometry"]]).assign(**words)
    return cast("GeoDataFrame", frame[list(COLUMNS)].to_crs(WGS84))


def _said(found: Answer) -> dict[str, Any]:
    """The columns that an answer fills."""
    words = {fact: "; ".join(f"{c}: {text}" for c, text in found.facts(fact)) for fact in FACTS}
    return {
        "zone": zone_id(found.territory, found.held_by),
        "territory": found.territory,
        "status": found.status,
        "clauses": list(found.clauses),
        "held_by": found.held_by,
        "treated_as": found.treated_as,
        "how": found.how,
        "leaves": list(found.leaves),
        "keeps_out": list(found.keeps_out),
        "regime": list(found.regimes),
        "boundary": list(found.boundaries),
        "alternatives": [term.status for term in found.alternatives if term.status],
        "certainty": found.certainty,
        **{fact: text or None for fact, text in words.items()},
    }


def _check_terms(plan: Plan, codes: list[str]) -> None:
    faults = [
        plan.fault(
            f"territory {code!r} has no outline{did_you_mean(code, codes)}", "terms", position
        )
        for position, term in enumerate(plan.terms)
        for land in term.land
        for code in land.codes
        if code not in codes
    ]
    faults += [clash_fault(plan, clash) for clash in clashes(plan, codes)]
    if faults:
        raise PlanError(faults)


def unreached_terms(plan: Plan, found: GeoDataFrame) -> list[Fault]:
    """The terms of ``plan`` that reach none of the zones ``found``, nor a site or river."""
    pieces = list(zip(found["territory"], found["held_by"], strict=True))
    message = "the term on clause {} reaches no land: nobody holds such ground on this line."
    return [
        plan.fault(message.format(term.clause), "terms", position)
        for position, term in enumerate(plan.terms)
        if not any(
            land.place is not None or any(land.reaches(code, side) for code, side in pieces)
            for land in term.land
        )
    ]
