"""Zones: each territory cut along the line of contact, each piece with what the plan says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import geopandas as gpd
import pandas as pd
import shapely
from geopandas import GeoDataFrame

from geo.answers import FACTS, SIDES, Answer, answer, clashes, place_terms
from geo.crs import EQUAL_AREA, WGS84
from geo.errors import Fault, OutlineError, PlanError, did_you_mean
from geo.plan_faults import clash_fault
from geo.zone_ids import zone_id

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.line import Line
    from geo.plan import Plan, Side

COLUMNS = (
    "zone",
    "territory",
    "status",
    "clauses",
    "held_by",
    "treated_as",
    "how",
    "recognised_by",
    "forces",
    "conditions",
    "certainty",
    "note",
    "area_km2",
    "geometry",
)

_WORDS = [name for name in COLUMNS if name not in ("area_km2", "geometry")]

SMALLEST_KM2 = 1e-3
"""Pieces below a thousand square metres are rounding where a line leaves a border, not land."""


def zones(plan: Plan, territories: GeoDataFrame, line: Line) -> GeoDataFrame:
    """Cut each territory along the line of contact and give each part what the plan says of it.

    ``territories``: polygons indexed by ISO 3166-2 code, any CRS. The result, EPSG:4326, has one
    row per part in order of ``zone``, with :data:`COLUMNS`. ``clauses`` is a list. The facts in
    words (``recognised_by``, ``forces``, ``conditions``, ``note``) are English, each with its
    clause: "21(d): Ukrainian forces leave". A column is ``None`` where the text does not say.
    ``area_km2`` is measured, and the parts are cut, in an equal-area CRS (LAEA, 48.5 N, 36 E), so
    the parts of a territory add up to it.

    Raises :class:`PlanError` if a term names an unknown territory or two terms clash, and
    :class:`OutlineError` if ``territories`` has no CRS, a code twice, or an outline that is empty
    or invalid.
    Source: ``plan.sources`` for what is said, ``line.about`` for who holds what. Reads no file.
    """
    _check_outlines(territories)
    _check_terms(plan, list(territories.index))
    outlines = territories.geometry.to_crs(EQUAL_AREA).sort_index()
    held = gpd.GeoSeries([line.held], crs=WGS84).to_crs(EQUAL_AREA).iloc[0]
    shapely.prepare(held)
    rows = [
        {**_said(answer(plan, code, side)), "area_km2": part.area / 1e6, "geometry": part}
        for code, outline in outlines.items()
        for side, part in _parts(outline, held)
    ]
    # As objects, or pandas would turn None, "the text does not say", into NaN.
    columns = {name: pd.Series([row[name] for row in rows], dtype=object) for name in _WORDS}
    frame = GeoDataFrame(rows, columns=list(COLUMNS), crs=EQUAL_AREA).assign(**columns)
    return frame.to_crs(WGS84)


def _parts(outline: BaseGeometry, held: BaseGeometry) -> list[tuple[Side, BaseGeometry]]:
    """The Russian-held and the other part of one outline, where they exist; equal-area metres."""
    if not held.intersects(outline):
        return [("Ukraine", outline)]
    if held.covers(outline):
        return [("Russia", outline)]
    inside = _polygons(shapely.intersection(outline, held))
    rest = _polygons(shapely.difference(outline, held))
    parts = list(zip(SIDES, (inside, rest), strict=True))
    found = [(side, part) for side, part in parts if part.area / 1e6 > SMALLEST_KM2]
    return found if len(found) > 1 else [(side, outline) for side, _ in found]


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    """The areas of an overlay's result, without the lines and points where edges only touched."""
    areas = [part for part in shapely.get_parts(shape) if part.geom_type.endswith("Polygon")]
    return areas[0] if len(areas) == 1 else shapely.MultiPolygon(areas)


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
        "certainty": found.certainty,
        **{fact: text or None for fact, text in words.items()},
    }


def _check_outlines(territories: GeoDataFrame) -> None:
    if territories.crs is None:
        message = "the outlines name no CRS; set it, EPSG:4326 if they are degrees."
        raise OutlineError(Fault("territories", message))
    bad = territories.index[
        territories.geometry.is_empty | territories.geometry.isna() | ~territories.is_valid
    ]
    faults = [Fault("territories", f"the outline of {code} is empty or invalid.") for code in bad]
    doubled = territories.index[territories.index.duplicated()]
    faults += [
        Fault("territories", f"{code} is given twice; keep one outline.") for code in doubled
    ]
    if faults:
        raise OutlineError(faults)


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


def area_near_line(found: GeoDataFrame, line: Line, reach_km: float) -> dict[str, float]:
    """How much of each zone lies within ``reach_km`` of the line of contact.

    ``found``: zones. By zone, square kilometres to one decimal (equal-area CRS), zones that the
    line does not come near left out.
    """
    shapes = found.set_index("zone").geometry.to_crs(EQUAL_AREA)
    contact = gpd.GeoSeries([line.contact], crs=WGS84).to_crs(EQUAL_AREA)
    areas = shapes.intersection(contact.buffer(1000 * reach_km).iloc[0]).area / 1e6
    return {str(zone): round(area, 1) for zone, area in areas.items() if area >= 0.05}


def places(plan: Plan, named: GeoDataFrame, found: GeoDataFrame) -> list[dict[str, Any]]:
    """The sites and rivers that ``plan`` has terms on, and the zones they lie in or pass.

    ``named``: places indexed by id (``geo.territories.load_places``); ``found``: zones. One dict
    a place, in order of id: ``place``, ``clauses``, ``zones``. Raises :class:`PlanError` if a term
    names a place that ``named`` does not have.
    """
    rows = []
    for place, terms in sorted(place_terms(plan).items()):
        if place not in named.index:
            message = f"place {place!r} has no location{did_you_mean(place, list(named.index))}"
            raise PlanError(plan.fault(message, "terms"))
        shape = cast("BaseGeometry", named.geometry.loc[place])
        touched = found.loc[found.geometry.intersects(shape), "zone"]
        clauses = list(dict.fromkeys(term.clause for term in terms))
        rows.append({"place": place, "clauses": clauses, "zones": list(touched)})
    return rows
