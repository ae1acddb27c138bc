"""Two drawings of one border never agree: strips and islands that fall between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.uploads.ground import METRE, Land, area_shape, lasting, lines_of, to_degrees, to_metres
from geo.uploads.limits import ISLAND_KM2, STRIP_M
from geo.uploads.vertices import thinned

OVERLAP_M, SEAM_M = 30, 10
MANY = 30_000
REACH_M, FAR_M = 20_000, 5_000
"""An island this near to held ground, and this far from other ground, goes with the former."""


@dataclass(frozen=True)
class Mended:
    """Held ground (degrees) and what the mending changed, km²."""

    held: BaseGeometry
    added_km2: float
    removed_km2: float
    islands: int


def mended(held: BaseGeometry, land: Land) -> Mended:
    """Give strips along the border, and small islands left out, to the side they belong to.

    ``held``: degrees, inside ``land``. A strip narrower than 300 m between the border and ground
    of the other side is that side's; an island below 5 km² that touches no held ground is held if
    it lies off a held coast. Where held ground comes within 10 m of the border, it ends on the
    border's own vertices.
    """
    before = to_metres(held)
    kept = area_shape(before.union(_seam(before, land.metres)))
    kept = area_shape(kept.union(_strips(_rest(land, kept), kept, land)))
    kept = area_shape(kept.difference(_strips(kept, _rest(land, kept), land)))
    islands = _islands(kept, land.metres)
    lapped = kept.union(_seam(kept, land.metres))
    lapped = lapped.union(shapely.union_all(shapely.buffer(islands, SEAM_M)))
    result = lasting(shapely.intersection(land.shape, to_degrees(area_shape(lapped))))
    after = to_metres(result)
    added, removed = after.difference(before).area / 1e6, before.difference(after).area / 1e6
    return Mended(result, added, removed, len(islands))


def _seam(held: BaseGeometry, land: BaseGeometry) -> BaseGeometry:
    """A narrow band on both sides of the border where held ground reaches it."""
    near = shapely.buffer(held, SEAM_M, quad_segs=2)
    reached = shapely.line_merge(shapely.intersection(shapely.boundary(land), near))
    bands = shapely.buffer(shapely.get_parts(reached), SEAM_M, cap_style="flat", join_style="bevel")
    return shapely.disjoint_subset_union_all(bands)


def _rest(land: Land, held: BaseGeometry) -> BaseGeometry:
    return area_shape(shapely.difference(land.metres, held))


def _strips(ground: BaseGeometry, other: BaseGeometry, land: Land) -> BaseGeometry:
    """Where ``ground`` is a narrow strip between the border and ``other``; laps over by 30 m."""
    edges = lines_of(shapely.intersection(ground.boundary, other.boundary))
    contact = thinned(shapely.line_merge(shapely.MultiLineString(edges)), OVERLAP_M)
    beside = shapely.union_all(shapely.buffer(shapely.get_parts(contact), 2 * STRIP_M, quad_segs=2))
    near = _coarse(area_shape(shapely.intersection(ground, beside)))
    wide = shapely.buffer(shapely.buffer(near, -STRIP_M / 2), STRIP_M)
    parts = shapely.get_parts(shapely.difference(near, wide))
    border = shapely.boundary(land.metres)
    shapely.prepare(border)
    shapely.prepare(other)
    between = shapely.dwithin(border, parts, OVERLAP_M) & shapely.dwithin(other, parts, OVERLAP_M)
    return shapely.buffer(shapely.union_all(parts[between]), OVERLAP_M)


def _coarse(shape: BaseGeometry) -> BaseGeometry:
    """The shape, with fewer vertices if it has very many: a strip shows in it just as well."""
    if shapely.count_coordinates(shape) <= MANY:
        return shape
    return area_shape(shapely.make_valid(thinned(shape, OVERLAP_M), method="structure"))


def _islands(held: BaseGeometry, land: BaseGeometry) -> list[BaseGeometry]:
    """Small parts of the land that are not held and lie near held ground, far from any other."""
    parts = shapely.get_parts(land)
    large = shapely.area(parts) >= ISLAND_KM2 * 1e6
    small = parts[~large & ~shapely.intersects(parts, held)]
    other = shapely.difference(area_shape(parts[large]), held)
    far = shapely.distance(small, other) > FAR_M
    return list(small[far & (shapely.distance(small, held) < REACH_M)])


def contact_of(held: BaseGeometry, land: Land) -> BaseGeometry:
    """The edge of ``held`` that does not run along the border of ``land``; degrees."""
    rings = shapely.get_parts(shapely.boundary(held))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[:-1] == ring[1:]
    starts, ends = points[:-1][same], points[1:][same]
    border = land.border
    shapely.prepare(border)

    def near(places: np.ndarray) -> np.ndarray:
        found: np.ndarray = shapely.dwithin(border, shapely.points(places), METRE)
        return found

    inside = ~(near(starts) & near(ends) & near((starts + ends) / 2))
    edges = shapely.linestrings(np.stack([starts[inside], ends[inside]], axis=1))
    merged = shapely.line_merge(shapely.MultiLineString(list(edges)))
    return shapely.MultiLineString(list(shapely.get_parts(merged)))
