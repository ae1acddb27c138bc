"""Where outlines overlap, and where land is in none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.notices import Notice, say
from geo.uploads import messages
from geo.uploads.ground import area_shape, to_degrees
from geo.uploads.matching import unit_name
from geo.uploads.preview import Sketch
from geo.uploads.spots import spot

if TYPE_CHECKING:
    from geopandas import GeoSeries
    from shapely.geometry.base import BaseGeometry

TOLD_KM2 = 0.5
"""Overlaps, gaps and water below this go unsaid."""


def misfits(before: GeoSeries, outlines: dict[str, BaseGeometry], sketch: Sketch) -> list[Notice]:
    """What is to be said of overlaps and gaps once ``outlines`` stand for some of ``before``.

    Both in equal-area metres.
    """
    now = {**before.to_dict(), **outlines}
    codes = list(now)
    shapes = np.array([now[code] for code in codes])
    notices = []
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects").T
    for a, b in pairs[pairs[:, 0] < pairs[:, 1]].tolist():
        if codes[a] not in outlines and codes[b] not in outlines:
            continue
        overlap = area_shape(shapely.intersection(shapes[a], shapes[b]))
        if overlap.area / 1e6 > TOLD_KM2:
            sketch.add("overlap", [to_degrees(overlap)])
            size = round(overlap.area / 1e6, 1)
            notices.append(
                say(
                    messages.OVERLAP,
                    first=unit_name(codes[a]),
                    second=unit_name(codes[b]),
                    area=size,
                )
            )
    missing = area_shape(
        shapely.difference(shapely.union_all(before.values), shapely.union_all(shapes))
    )
    if missing.area / 1e6 > TOLD_KM2:
        degrees = to_degrees(missing)
        sketch.add("gap", [degrees])
        largest = max(degrees.geoms, key=lambda part: part.area)
        point = shapely.point_on_surface(largest)
        notices.append(
            say(
                messages.GAP_BETWEEN,
                area=round(missing.area / 1e6, 1),
                where=spot(point.x, point.y),
            )
        )
    return notices
