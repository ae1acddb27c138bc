"""Areas of a file matched to the units that their codes and names mean, if they lie there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.notices import Notice, say
from geo.territories import territory_facts
from geo.uploads import messages
from geo.uploads.areas import where_invalid
from geo.uploads.ground import area_shape, to_metres, workable
from geo.uploads.notices import NotReadError
from geo.uploads.preview import Sketch
from geo.uploads.spots import spot
from geo.uploads.unit_names import Meant, is_of_a_part, meant

if TYPE_CHECKING:
    from geopandas import GeoSeries
    from shapely.geometry.base import BaseGeometry

IN_PLACE = 0.5
"""Share of an area's land that has to lie in the unit that it says it is."""

Matched = dict[str, tuple[Meant, list["BaseGeometry"]]]


def areas_of(shapes: np.ndarray, sketch: Sketch) -> tuple[list[BaseGeometry], list[Notice]]:
    """The area of each feature in degrees, valid; empty for those that have none."""
    areas = [shapely.MultiPolygon() if each is None else area_shape(each) for each in shapes]
    if all(area.is_empty for area in areas):
        raise NotReadError(say(messages.NO_OUTLINES))
    full = [number for number, area in enumerate(areas) if not area.is_empty]
    worked, notices = workable([areas[number] for number in full])
    for number, area in zip(full, worked, strict=True):
        areas[number] = area
    sketch.add("raw", worked)
    broken = [number for number in full if not areas[number].is_valid]
    for number in broken:
        lon, lat = where_invalid(areas[number])
        sketch.add("crossing", [shapely.Point(lon, lat)])
        notices.append(say(messages.OUTLINE_MENDED, where=spot(lon, lat)))
        areas[number] = area_shape(shapely.make_valid(areas[number], method="structure"))
    return areas, notices


def matched_to_units(
    areas: list[BaseGeometry], rows: list[dict[str, str]], before: GeoSeries
) -> tuple[Matched, list[Notice]]:
    """The areas (equal-area metres) of each unit, and what is to be said of the others."""
    matched: Matched = {}
    notices: list[Notice] = []
    nameless = 0
    for degrees, row in zip(areas, rows, strict=True):
        if degrees.is_empty:
            continue
        said = meant(row)
        if said is None:
            problem = _not_matched(row)
            nameless += problem is None
            notices += [problem] if problem else []
            continue
        area = to_metres(degrees)
        code, other = _in_place(area, said.codes, before)
        if code is None:
            notices.append(
                say(
                    messages.MISPLACED,
                    value=said.value,
                    territory=unit_name(said.codes[0]),
                    other=unit_name(other),
                )
            )
        else:
            matched.setdefault(code, (said, []))[1].append(area)
    if nameless:
        notices.append(say(messages.NAMELESS, count=nameless))
    if not matched:
        raise NotReadError(say(messages.NONE_MATCHED), *notices)
    return dict(sorted(matched.items())), notices


def _not_matched(row: dict[str, str]) -> Notice | None:
    part = next((value for value in row.values() if is_of_a_part(value)), None)
    if part:
        return say(messages.OF_A_PART, value=part)
    words = [value for value in row.values() if any(c.isalpha() for c in value)]
    return say(messages.NOT_MATCHED, value=words[0]) if words else None


def _in_place(
    area: BaseGeometry, codes: tuple[str, ...], before: GeoSeries
) -> tuple[str | None, str]:
    """The code of those meant in which most of ``area`` lies, and the unit where most of it does.

    Water counts for any unit: only what lies on land can be in the wrong place.
    """
    shares = before.intersection(area).area
    on_land = float(shares.sum())
    best = max(codes, key=lambda code: float(shares.get(code, 0.0)))
    in_place = on_land > 0 and float(shares.get(best, 0.0)) >= IN_PLACE * on_land
    return (best if in_place else None), str(shares.idxmax())


def unit_name(code: str) -> dict[str, str]:
    """A unit's name by language."""
    facts = territory_facts()[code]
    return {language: str(facts[f"name_{language}"]) for language in ("en", "uk", "zh")}
