"""Courses of rivers: traced by hand, and led along raion borders where these follow the river.

Borders in Ukraine follow rivers for long stretches, and our outlines have them to some 50 m;
a trace by hand has a point every ten kilometres or so. Between its points a course takes the
cheapest way: along a border that runs beside the trace, else along the trace itself.
"""

from __future__ import annotations

import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries
from numpy.typing import NDArray
from pandas import read_csv
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import KDTree
from shapely.geometry.base import BaseGeometry

from geo import paths
from geo.crs import EQUAL_AREA, WGS84

STEP_M = 500
BESIDE_M = 4_000
LINK_M = 1_500
TRACE_COST = 3.0
"""A metre along the trace costs as much as this many along a border."""

Floats = NDArray[np.float64]


def read_rivers(raions: GeoDataFrame) -> GeoDataFrame:
    """The rivers of ``data/reference/rivers.csv``: river, name_en, name_uk, name_zh, rank; lines.

    ``raions`` (any CRS) gives the borders; the result is in EPSG:4326, simplified by 100 m.
    """
    table = read_csv(paths.REFERENCE / "rivers.csv")
    points = [[point.split() for point in course.split(";")] for course in table.pop("course")]
    traces = [shapely.LineString(np.array(row, dtype=float)) for row in points]
    flat = GeoSeries(traces, crs=WGS84).to_crs(EQUAL_AREA)
    borders = shapely.union_all(shapely.boundary(raions.to_crs(EQUAL_AREA).geometry.values))
    courses = [led_along(trace, borders).simplify(100) for trace in flat]
    return GeoDataFrame(table, geometry=courses, crs=EQUAL_AREA).to_crs(WGS84)


def led_along(trace: BaseGeometry, borders: BaseGeometry) -> BaseGeometry:
    """The cheapest way from end to end of ``trace``, along ``borders`` or itself; metres."""
    beside = shapely.intersection(borders, trace.buffer(BESIDE_M))
    lines = [shapely.get_coordinates(part) for part in shapely.get_parts(beside)]
    own = shapely.get_coordinates(shapely.segmentize(trace, STEP_M))
    nodes, starts, ends, costs = _steps([own, *lines])
    costs[: len(own) - 1] *= TRACE_COST
    border_nodes = np.arange(len(own), len(nodes))
    if len(border_nodes):
        near = KDTree(nodes[border_nodes]).query_ball_point(own, LINK_M)
        links = [(i, border_nodes[j]) for i, found in enumerate(near) for j in found]
        a, b = np.array(links, dtype=int).reshape(-1, 2).T
        lengths = np.hypot(*(nodes[a] - nodes[b]).T)
        starts, ends = np.concatenate([starts, a]), np.concatenate([ends, b])
        costs = np.concatenate([costs, TRACE_COST * lengths + 1])
    graph = csr_array((costs, (starts, ends)), shape=(len(nodes), len(nodes)))
    _, before = dijkstra(graph, directed=False, indices=0, return_predecessors=True)
    way = [len(own) - 1]
    while way[-1] != 0:
        way.append(int(before[way[-1]]))
    return shapely.LineString(nodes[way[::-1]])


def _steps(
    lines: list[Floats],
) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64], Floats]:
    """Points of all lines, and between which of them a step leads at what length; points that
    lie on each other are joined.
    """
    nodes = np.concatenate(lines)
    number = np.arange(len(nodes))
    last = np.cumsum([len(line) for line in lines]) - 1
    starts = np.delete(number, last)
    costs = np.hypot(*(nodes[starts + 1] - nodes[starts]).T)
    _, same = np.unique(nodes.round(1), axis=0, return_inverse=True)
    order = np.argsort(same, kind="stable")
    twins = same[order][1:] == same[order][:-1]
    a, b = order[:-1][twins], order[1:][twins]
    return (
        nodes,
        np.concatenate([starts, a]),
        np.concatenate([starts + 1, b]),
        np.concatenate([costs, np.full(len(a), 1e-3)]),
    )
