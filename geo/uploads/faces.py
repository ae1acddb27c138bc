"""The parts that a drawn line divides the land into, and which side holds each."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.uploads.ground import ANCHORS, Anchor, Holder, Land

OTHER: dict[Holder, Holder] = {"Russia": "Ukraine", "Ukraine": "Russia"}


@dataclass(frozen=True)
class Division:
    """``held`` by Russia; ``pockets`` that could be either's and count as not held; degrees.

    ``mixed``: a Russian-held and a Ukrainian-held city in one part: the line does not divide.
    """

    held: BaseGeometry
    pockets: list[BaseGeometry]
    mixed: tuple[Anchor, Anchor] | None


def divide(line: BaseGeometry, land: Land) -> Division:
    """Divide the land along ``line`` (degrees, noded; it may leave the country).

    Parts with a city of :data:`geo.uploads.ground.ANCHORS` are the city's holder's. Across a drawn
    line the holder changes; a part that by this could be either's counts as not Russian-held. A
    part that no drawn line touches, an island, goes with the nearest part.
    """
    faces = _faces(line, land)
    sides: dict[int, Holder] = {}
    cities: dict[int, Anchor] = {}
    tree = shapely.STRtree(faces)
    for anchor in ANCHORS:
        for face in tree.query(shapely.Point(anchor.lon, anchor.lat), predicate="intersects"):
            known = cities.setdefault(int(face), anchor)
            if known.holder != anchor.holder:
                return Division(shapely.MultiPolygon(), [], (known, anchor))
            sides[int(face)] = anchor.holder
    pockets = _spread(sides, _neighbours(faces))
    _islands(sides, faces)
    held = [face for number, face in enumerate(faces) if sides.get(number) == "Russia"]
    return Division(shapely.union_all(held), [faces[number] for number in pockets], None)


def _faces(line: BaseGeometry, land: Land) -> np.ndarray:
    edges = shapely.get_parts(shapely.union_all([line, land.border]))
    faces = shapely.get_parts(shapely.polygonize(edges))
    inner = shapely.point_on_surface(faces)
    shape = land.shape
    shapely.prepare(shape)
    return np.asarray(faces[shapely.intersects(shape, inner)])


def _neighbours(faces: np.ndarray) -> dict[int, set[int]]:
    """The faces on the other side of each face's drawn edges.

    The border has a face on one side only, so an edge that two faces share is drawn.
    """
    rings, owner = shapely.get_rings(faces, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[:-1] == ring[1:]
    starts, ends, face = points[:-1][same], points[1:][same], owner[ring[:-1][same]]
    turned = (starts[:, 0] > ends[:, 0]) | (
        (starts[:, 0] == ends[:, 0]) & (starts[:, 1] > ends[:, 1])
    )
    edges = np.where(turned[:, None], np.hstack([ends, starts]), np.hstack([starts, ends]))
    order = np.lexsort(edges.T)
    twin = (edges[order][1:] == edges[order][:-1]).all(axis=1)
    found: dict[int, set[int]] = {}
    for a, b in zip(face[order][:-1][twin].tolist(), face[order][1:][twin].tolist(), strict=True):
        if a != b:
            found.setdefault(a, set()).add(b)
            found.setdefault(b, set()).add(a)
    return found


def _spread(sides: dict[int, Holder], neighbours: dict[int, set[int]]) -> list[int]:
    """Give each face that a drawn line touches its side, starting from those that are known.

    Returns those that lie between both sides' ground and so could be either's.
    """
    pockets = []
    waiting = deque(sides)
    while waiting:
        for face in sorted(neighbours.get(waiting.popleft(), ())):
            if face in sides:
                continue
            beside = {sides[other] for other in neighbours[face] if other in sides}
            if len(beside) == 2:
                pockets.append(face)
            sides[face] = OTHER[beside.pop()] if len(beside) == 1 else "Ukraine"
            waiting.append(face)
    return pockets


def _islands(sides: dict[int, Holder], faces: np.ndarray) -> None:
    known = sorted(sides)
    rest = [number for number in range(len(faces)) if number not in sides]
    if not known or not rest:
        return
    nearest = shapely.STRtree(faces[known]).query_nearest(faces[rest], all_matches=False)
    for number, match in zip(nearest[0].tolist(), nearest[1].tolist(), strict=True):
        sides[rest[number]] = sides[known[match]]
