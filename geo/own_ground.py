"""The ground of a shipped line, carried over to outlines that a reader brought.

Those may take in sea or run along a border a little otherwise; nobody's settlements lie there, so
the line says nothing of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely
from geopandas import GeoDataFrame

from geo.crs import EQUAL_AREA, WGS84
from geo.shapes import joined

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.line import Line

TOUCHING_M = 50
"""So near to ground of a side, land beyond our outlines lies along it."""


def carried_over(line: Line, outlines: GeoDataFrame, ours: GeoDataFrame) -> Line:
    """``line`` with its held ground as it is within ``outlines`` instead of ``ours``.

    Both: polygons indexed by ISO 3166-2 code, any CRS. A territory that one side holds whole stays
    whole. What reaches beyond the land of ``ours`` goes, bit by bit, with the side that it lies
    along for longer.
    """
    held = gpd.GeoSeries([line.held], crs=WGS84).to_crs(EQUAL_AREA).iloc[0]
    before, after = (frame.geometry.to_crs(EQUAL_AREA) for frame in (ours, outlines))
    land = joined(before.to_numpy())
    shapely.prepare([held, land])
    parts = [_held_part(after[code], before[code], held, land) for code in after.index]
    ground = gpd.GeoSeries([shapely.union_all(parts)], crs=EQUAL_AREA).to_crs(WGS84)
    return replace(line, held=ground.iloc[0])


def _held_part(
    outline: BaseGeometry, ours: BaseGeometry, held: BaseGeometry, land: BaseGeometry
) -> BaseGeometry:
    """The Russian-held part of one outline; equal-area metres."""
    share = shapely.intersection(ours, held).area / ours.area
    if share in (0, 1) or min(share, 1 - share) < 1e-6:
        return outline if share > 0.5 else shapely.Polygon()
    inside = shapely.intersection(outline, held)
    other = shapely.difference(ours, held)
    beyond = shapely.get_parts(shapely.difference(outline, land))
    near = _along(beyond, held) > _along(beyond, other)
    return shapely.union_all([inside, *beyond[near]])


def _along(bits: NDArray[Any], ground: BaseGeometry) -> NDArray[np.float64]:
    """For how many metres each bit of land lies along some ground; equal-area metres."""
    beside = shapely.buffer(ground, TOUCHING_M, quad_segs=16)
    shapely.prepare(beside)
    edges = shapely.boundary(bits)
    lengths = np.where(shapely.covers(beside, edges), shapely.length(edges), 0.0)
    crossing = shapely.intersects(beside, edges) & (lengths == 0)
    lengths[crossing] = shapely.length(shapely.intersection(edges[crossing], beside))
    return lengths
