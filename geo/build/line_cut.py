"""Cut Russian-held ground along the outlines, without slivers, and take the line from its edge."""

from __future__ import annotations

import numpy as np
import shapely
from shapely import MultiLineString, MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.build.line_accuracy import Bools, Floats
from geo.build.project import to_degrees, to_metres

PARTLY_HELD = ("UA-09", "UA-12", "UA-14", "UA-23", "UA-48", "UA-59", "UA-63", "UA-65")
WHOLLY_HELD = ("UA-40", "UA-43")
DEGREES_STEP = 1e-5  # about a metre: the outlines' own precision
STRIP = 300  # m; a narrower strip between line and border is an artefact
OVERLAP = 20  # m
CRUMB = 500_000  # m²; so is a smaller piece of ground that the line and the border cut off


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
        area = to_metres(outline)
        cut = border_strips(area, area.intersection(ground), area.difference(ground))
        patched = ground.difference(cut)
        fill = border_strips(area, area.difference(patched), area.intersection(patched))
        patched = patched.union(fill).intersection(shapely.box(*area.buffer(5_000).bounds))
        blob = shapely.set_precision(to_degrees(patched), DEGREES_STEP)
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
    area = {iso: to_metres(oblasts[iso]) for iso in sorted(PARTLY_HELD + WHOLLY_HELD)}
    ground = to_metres(held)
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
