"""Real outlines with many times the vertices: true shapes with a wilder coast, not straight lines.

Every edge that two outlines share is drawn anew in the same way on both sides, or they would
overlap; so the detail is a function of the edge alone.
"""

from __future__ import annotations

import itertools

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

WILDNESS = 0.1
"""How far a new vertex lies off its edge, as a share of the edge's new parts."""

Coordinates = NDArray[np.float64]


def densified(shape: BaseGeometry, times: int) -> BaseGeometry:
    """``shape`` with ``times`` as many vertices; new ones lie beside their edge by chance.

    Shared edges stay shared. Holes and parts stay what they are; a shape that crosses itself by
    it is made valid.
    """
    if times == 1:
        return shape
    return shapely.make_valid(_rebuilt(shape, times), method="structure", keep_collapsed=False)


def _rebuilt(shape: BaseGeometry, times: int) -> BaseGeometry:
    if isinstance(shape, shapely.Polygon):
        rings = [_along(ring, times) for ring in (shape.exterior, *shape.interiors)]
        return shapely.Polygon(rings[0], rings[1:])
    if isinstance(shape, shapely.LineString):
        return shapely.LineString(_along(shape, times))
    return type(shape)([_rebuilt(part, times) for part in shapely.get_parts(shape)])


def _along(line: BaseGeometry, times: int) -> Coordinates:
    ends = shapely.get_coordinates(line)
    edges = itertools.pairwise(ends)
    return np.vstack([*(_edge(start, end, times) for start, end in edges), ends[-1:]])


def _edge(start: Coordinates, end: Coordinates, times: int) -> Coordinates:
    """The vertices of one edge without its end; the same, backwards, from the other end."""
    backwards = tuple(start) > tuple(end)
    first, last = (end, start) if backwards else (start, end)
    share = np.arange(1, times)[:, None] / times
    across = np.array([first[1] - last[1], last[0] - first[0]]) / times
    seed = np.frombuffer(np.concatenate([first, last]).tobytes(), dtype=np.uint32)
    off = np.random.default_rng(seed).uniform(-WILDNESS, WILDNESS, (times - 1, 1))
    between = first + share * (last - first) + off * across
    return np.vstack([start[None], between[::-1] if backwards else between])
