"""Outlines of oblasts of the reader's own: finer ones, or another drawing of the borders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely

from geo.crs import EQUAL_AREA, WGS84
from geo.notices import Notice, say
from geo.shapes import joined
from geo.territories import territory_facts
from geo.uploads import messages
from geo.uploads.choose import choose_layer
from geo.uploads.ground import area_shape, lasting, to_degrees
from geo.uploads.limits import DIFFERENT_PERCENT
from geo.uploads.matching import Matched, areas_of, matched_to_units, unit_name
from geo.uploads.misfits import TOLD_KM2, misfits
from geo.uploads.notices import NotReadError, Preview, UploadError
from geo.uploads.placed import placed
from geo.uploads.preview import Sketch

if TYPE_CHECKING:
    from geopandas import GeoDataFrame, GeoSeries
    from shapely.geometry.base import BaseGeometry

    from geo.uploads.upload import Upload


@dataclass(frozen=True)
class Match:
    """A unit whose outline the file gives: by ``how`` (a text of messages) and which ``value``.

    ``features`` make it up; areas in km² (equal-area): of the outline, and the official one.
    """

    territory: str
    how: str
    value: str
    features: int
    area_km2: float
    official_km2: float

    @property
    def percent_apart(self) -> float:
        """By how many percent the areas differ."""
        return 100 * (self.area_km2 / self.official_km2 - 1)


@dataclass(frozen=True, eq=False)
class OwnOutlines:
    """``territories`` like :func:`geo.territories.load_territories`, with the file's outlines.

    ``matches``: one for each replaced outline; ``report``: what was matched, done and left out;
    ``preview``: GeoJSON of outlines (``raw``), ``overlap``, ``gap`` and ``crossing``.
    """

    territories: GeoDataFrame
    matches: tuple[Match, ...]
    report: tuple[Notice, ...]
    preview: Preview


def own_outlines(
    upload: Upload,
    layer: str | None,
    territories: GeoDataFrame,
    *,
    cut_to_land: bool = False,
    crs: str | None = None,
) -> OwnOutlines:
    """The outlines of ``territories``, those of the file in their place where it has them.

    Areas are matched to units by ISO 3166-2, KATOTTG or HASC code or by name, and have to lie
    where that unit lies. Several areas of one unit are joined. ``cut_to_land`` cuts the file's
    outlines to the land of ``territories``. ``crs`` stands in for a missing CRS.
    ``area_km2`` and ``unsimplified_area_km2`` of replaced outlines are those of the file.

    Raises :class:`UploadError` if nothing can be used.
    """
    sketch = Sketch()
    try:
        chosen = choose_layer(upload, layer, ("Polygon",))
        found = placed(chosen, crs)
        areas, mends = areas_of(found.shapes, sketch)
        before = territories.geometry.to_crs(EQUAL_AREA)
        matched, unmatched = matched_to_units(areas, chosen.rows, before)
        outlines, cuts = _outlines(matched, before, cut_to_land)
    except NotReadError as error:
        raise UploadError(upload.name, error.notices, sketch.done()) from error
    matches = tuple(
        Match(
            territory=code,
            how=how,
            value=value,
            features=len(matched[code][1]),
            area_km2=outline.area / 1e6,
            official_km2=float(territory_facts()[code]["official_area_km2"]),
        )
        for code, outline in outlines.items()
        for how, value in [(matched[code][0].how, matched[code][0].value)]
    )
    result = _replaced(territories, outlines)
    report = [*upload.notices, *found.notices, *mends]
    report += [notice for match in matches for notice in _of_match(match)]
    if len(matches) < len(territories):
        report.append(say(messages.ONLY_SOME, count=len(matches), all=len(territories)))
    report += [*unmatched, *cuts, *misfits(before, outlines, sketch)]
    return OwnOutlines(result, matches, tuple(report), sketch.done())


def _outlines(
    matched: Matched, before: GeoSeries, cut_to_land: bool
) -> tuple[dict[str, BaseGeometry], list[Notice]]:
    """One outline (equal-area metres) for each unit; cut to land, or said to reach beyond it."""
    land = joined(before.to_numpy())
    shapely.prepare(land)
    outlines, notices = {}, []
    for code, (_, areas) in matched.items():
        whole = area_shape(shapely.union_all(areas))
        on_land = area_shape(shapely.intersection(whole, land))
        water = (whole.area - on_land.area) / 1e6
        outlines[code] = on_land if cut_to_land else whole
        if water > max(TOLD_KM2, whole.area / 1e8):
            text = messages.CUT_TO_LAND if cut_to_land else messages.SEA_INCLUDED
            notices.append(say(text, territory=unit_name(code), area=round(water, 1)))
    return outlines, notices


def _replaced(territories: GeoDataFrame, outlines: dict[str, BaseGeometry]) -> GeoDataFrame:
    result = territories.to_crs(WGS84).copy()
    for code, outline in outlines.items():
        degrees = gpd.GeoSeries([lasting(to_degrees(outline))], [code], crs=WGS84)
        result.loc[[code], result.geometry.name] = degrees
        for column in ("area_km2", "unsimplified_area_km2"):
            if column in result:
                result.loc[code, column] = round(outline.area / 1e6, 1)
    return result


def _of_match(match: Match) -> list[Notice]:
    name = unit_name(match.territory)
    text = messages.MATCHED_PARTS if match.features > 1 else messages.MATCHED
    how = say(match.how)
    notices = [say(text, territory=name, how=how, value=match.value, count=match.features)]
    if abs(match.percent_apart) > DIFFERENT_PERCENT:
        notices.append(
            say(
                messages.AREA_DIFFERS,
                territory=name,
                area=round(match.area_km2),
                official=round(match.official_km2),
                percent=round(abs(match.percent_apart), 1),
            )
        )
    return notices
