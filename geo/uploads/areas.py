"""An area of control of the reader's: valid, on land, and of the right side."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from geo.notices import Notice, say
from geo.uploads import messages
from geo.uploads.ground import ANCHORS, Holder, Land, area_shape, km2, workable
from geo.uploads.limits import SMALLEST_AREA_KM2
from geo.uploads.notices import NotReadError
from geo.uploads.preview import Sketch
from geo.uploads.spots import spots

TOLD_KM2 = 0.05
"""What is less is put down to rounding."""


def held_in_area(
    polygons: list[BaseGeometry], land: Land, flip: bool, sketch: Sketch
) -> tuple[BaseGeometry, list[Notice]]:
    """The ground that the polygons (degrees) say is Russian-held, and what was done to them.

    ``flip``: the polygons are the other side's. Raises :class:`NotReadError` for an area that is
    tiny, or holds cities of both sides, or of the wrong one.
    """
    sketch.add("raw", [shapely.MultiPolygon(polygons)])
    polygons, notices = workable(polygons)
    valid, more = _valid(polygons, sketch)
    notices += more
    whole = shapely.union_all(valid)
    holes = [hole for part in shapely.get_parts(whole) for hole in part.interiors]
    on_land = area_shape(shapely.intersection(whole, land.shape))
    if (size := km2(on_land)) < SMALLEST_AREA_KM2:
        raise NotReadError(say(messages.TINY_AREA, area=round(size, 2)))
    if holes:
        empty = km2(shapely.MultiPolygon([shapely.Polygon(hole) for hole in holes]))
        notices.append(say(messages.HOLES, count=len(holes), area=round(empty, 1)))
    off_land = km2(whole) - size
    if off_land > TOLD_KM2:
        notices.append(say(messages.OFF_LAND, area=round(off_land)))
    if flip:
        on_land = area_shape(shapely.difference(land.shape, on_land))
        notices.append(say(messages.FLIPPED))
    return on_land, notices + _sides(on_land, land)


def _valid(polygons: list[BaseGeometry], sketch: Sketch) -> tuple[list[BaseGeometry], list[Notice]]:
    broken = [each for each in polygons if not each.is_valid]
    if not broken:
        return polygons, []
    places = shapely.points([where_invalid(each) for each in broken])
    sketch.add("crossing", places)
    mended = [shapely.make_valid(p, method="structure", keep_collapsed=False) for p in polygons]
    where = spots(shapely.get_coordinates(places))
    return mended, [say(messages.CROSSED_AREA, count=len(broken), where=where)]


def where_invalid(polygon: BaseGeometry) -> tuple[float, float]:
    """Where a polygon is first found to be invalid."""
    _, _, place = shapely.is_valid_reason(polygon).partition("[")
    lon, lat = place.rstrip("]").split()[:2]
    return float(lon), float(lat)


def _sides(held: BaseGeometry, land: Land) -> list[Notice]:
    """What the cities in and outside of ``held`` say of it."""
    inside: dict[Holder, list[dict[str, str]]] = {"Russia": [], "Ukraine": []}
    missing = []
    for anchor in ANCHORS:
        point = shapely.Point(anchor.lon, anchor.lat)
        if shapely.intersects(held, point):
            inside[anchor.holder].append(anchor.name)
        elif anchor.holder == "Russia" and shapely.intersects(land.shape, point):
            missing.append(anchor.name)
    if inside["Ukraine"] and inside["Russia"]:
        raise NotReadError(
            say(messages.BOTH_SIDES, ukrainian=inside["Ukraine"][0], russian=inside["Russia"][0])
        )
    if inside["Ukraine"]:
        raise NotReadError(
            say(
                messages.WRONG_SIDE,
                ukrainian=inside["Ukraine"][0],
                russian=(missing or [{"en": "–"}])[0],
            )
        )
    return [say(messages.NOT_HELD_HERE, city=name) for name in missing]
