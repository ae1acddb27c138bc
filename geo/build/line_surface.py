"""Russian-held ground on a date, laid through the settlements that each side held.

A smooth surface, positive on Russian-held and negative on other ground, goes through the
settlements (``balance``) and its zero contour is taken (``positive_ground``); every settlement
keeps a small disc of its own side; the dry bed of the Kakhovka reservoir belongs to neither side
(``held_ground``). Everything here is in metres of :data:`geo.crs.EQUAL_AREA`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from contourpy import FillType, contour_generator
from scipy.interpolate import RBFInterpolator
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import KDTree
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geo.build.line_accuracy import Floats, Places

WEIGHTS = {"U": (1.3, 5.0), "R": (1.0, 2.0)}  # village, town
REACH = 20_000  # m; a settlement further than this from the other side speaks no louder
NEARER = 25_000  # m; ground this much nearer to one side belongs to it without asking the surface
DETOUR = 6_000  # m; where ways over land compare this differently, water keeps the sides apart
GRID = 700  # m
LINK = 1_000  # m; land this near to the outlines still counts as a way over land
FAR = 100_000  # m; ways over land are not followed further


@dataclass(frozen=True)
class Grid:
    """Nodes 700 m apart: ``x`` and ``y`` in metres; ``ways``: metres between neighbours on land."""

    x: Floats
    y: Floats
    ways: csr_array

    @property
    def nodes(self) -> Floats:
        """The nodes' coordinates, row by row."""
        return np.column_stack([axis.ravel() for axis in np.meshgrid(self.x, self.y)])


def grid_over(land: BaseGeometry) -> Grid:
    """A grid over ``land`` (metres) and somewhat more, with the ways between nodes on land."""
    west, south, east, north = np.array(land.bounds) // GRID
    x = np.arange(west - 20, east + 20) * GRID
    y = np.arange(south - 20, north + 20) * GRID
    shore = land.buffer(LINK)
    shapely.prepare(shore)
    dry = shapely.contains_xy(shore, *np.meshgrid(x, y))
    number = np.arange(dry.size).reshape(dry.shape)
    steps = [
        (np.s_[:, :-1], np.s_[:, 1:], 1.0),
        (np.s_[:-1, :], np.s_[1:, :], 1.0),
        (np.s_[:-1, :-1], np.s_[1:, 1:], 2**0.5),
        (np.s_[1:, :-1], np.s_[:-1, 1:], 2**0.5),
    ]
    ends, lengths = [], []
    for start, end, length in steps:
        both = dry[start] & dry[end]
        ends.append(np.stack([number[start][both], number[end][both]]))
        lengths.append(np.full(int(both.sum()), length * GRID))
    ways = coo_array((np.concatenate(lengths), np.hstack(ends)), shape=(dry.size, dry.size))
    return Grid(x, y, ways.tocsr())


def way_over_land(xy: Floats, grid: Grid) -> Floats:
    """Metres from each node to the nearest of the settlements ``xy`` over land, at most 100 km."""
    column, row = np.round((xy - [grid.x[0], grid.y[0]]) / GRID).astype(int).T
    on_grid = (column >= 0) & (row >= 0) & (column < len(grid.x)) & (row < len(grid.y))
    starts = np.unique(row[on_grid] * len(grid.x) + column[on_grid])
    way: Floats = dijkstra(grid.ways, directed=False, indices=starts, min_only=True, limit=FAR)
    return np.minimum(way, FAR)


def balance(places: Places, grid: Grid) -> Floats:
    """How Russian-held (above 0) or not (below 0) the ground is at each node of ``grid``.

    A settlement's own value is its distance to the nearest one of the other side, up to 20 km,
    as a share of 20 km, times the weight of its kind. Between settlements a radial-basis surface
    (linear kernel, the 40 nearest, lightly smoothed) carries the values. Where one side is out of
    reach or further away by 25 km, the nearer one decides; where water lies between, so that the
    ways over land compare otherwise by 6 km or more, the one with the shorter way.
    """
    sides = [places.xy[places.russian], places.xy[~places.russian]]
    russian, other = (KDTree(xy).query(grid.nodes)[0] for xy in sides)
    russian_way, other_way = (way_over_land(xy, grid) for xy in sides)
    detour = other_way - russian_way
    apart = np.abs(detour - (other - russian)) >= DETOUR
    near = (np.minimum(russian, other) < 30_000) & (np.abs(other - russian) < NEARER) & ~apart
    weight = np.where(
        places.russian,
        np.where(places.town, WEIGHTS["R"][1], WEIGHTS["R"][0]),
        np.where(places.town, -WEIGHTS["U"][1], -WEIGHTS["U"][0]),
    )
    value = weight * np.minimum(places.other_side, REACH) / REACH
    surface = RBFInterpolator(places.xy, value, neighbors=40, kernel="linear", smoothing=1_000)
    result = np.where(apart, detour, other - russian) / REACH
    result[near] = surface(grid.nodes[near])
    return result


def positive_ground(places: Places, grid: Grid) -> BaseGeometry:
    """The ground, in metres, where ``balance`` is above 0."""
    z = balance(places, grid).reshape(len(grid.y), len(grid.x))
    contours = contour_generator(grid.x, grid.y, z, fill_type=FillType.OuterOffset)
    polygons = [
        Polygon(points[: ends[1]], [points[a:b] for a, b in pairwise(ends[1:])])
        for points, ends in zip(*contours.filled(0, np.inf), strict=True)
    ]
    return shapely.union_all(shapely.make_valid(polygons))


def keep_own_discs(ground: BaseGeometry, places: Places, largest: float) -> BaseGeometry:
    """Give each settlement near the other side a disc of its own side's ground.

    Radius in metres: ``largest``, or less than half the way to the nearest settlement of the
    other side, so that discs of opposite sides never meet.
    """
    near = places.only(places.other_side < 15_000)
    discs = shapely.buffer(
        shapely.points(near.xy), np.minimum(largest, 0.45 * near.other_side), quad_segs=6
    )
    joined = ground.union(shapely.union_all(discs[near.russian]))
    return joined.difference(shapely.union_all(discs[~near.russian]))


def reservoir_bed(reservoir: BaseGeometry) -> BaseGeometry:
    """The reservoir (metres) without its narrow arms."""
    return reservoir.buffer(-2_000).buffer(2_000)


def held_ground(places: Places, grid: Grid, bed: BaseGeometry) -> BaseGeometry:
    """Russian-held ground, in metres, running on past the borders of Ukraine.

    ``bed``: ground of neither side, except near Russian-held places. Small pockets stay: along
    the state border they are real.
    """
    ground = keep_own_discs(positive_ground(places, grid), places, 800)
    shore = shapely.union_all(shapely.buffer(shapely.points(places.xy[places.russian]), 1_500))
    ground = ground.difference(bed.difference(shore))
    ground = ground.buffer(-500).buffer(1_000).buffer(-500)
    return keep_own_discs(ground, places, 600).simplify(100)
