"""The pieces of a division as ground to stand on: in which a point is, how far the line is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from math import inf
from typing import TYPE_CHECKING, Any, Literal
from weakref import WeakKeyDictionary

from geo import paths
from geo.coordinates import Point, near_ukraine
from geo.crs import EQUAL_AREA, WGS84
from geo.division import Division, Piece
from geo.shapes import read_shapes
from geo.territories import place_ids

if TYPE_CHECKING:
    from shapely import STRtree
    from shapely.geometry.base import BaseGeometry

Verdict = Literal["Russian-held", "Ukrainian-held", "too close to say"]

VERDICTS: dict[str, Verdict] = {"Russia": "Russian-held", "Ukraine": "Ukrainian-held"}

OFF_SHORE_M = 2000
"""How far from the outlines, which are simplified and hold no lagoons, a place is still in one."""

SLIVER_KM2 = 1.0
"""Less of a raion than this in another piece comes from outlines that do not fit, not from land."""


@dataclass(frozen=True, eq=False)
class Ground:
    """The pieces of a division, to look places up in; metres in the equal-area CRS."""

    pieces: tuple[Piece, ...]
    shapes: tuple[BaseGeometry, ...]
    tree: STRtree
    contact: BaseGeometry
    uncertainty_km: float | None

    def piece_at(self, point: BaseGeometry) -> Piece | None:
        """The piece that a point lies in, or the nearest within :data:`OFF_SHORE_M`."""
        inside = self.tree.query(point, predicate="intersects")
        found = inside if len(inside) else self.tree.query_nearest(point, OFF_SHORE_M)
        return self.pieces[int(min(found))] if len(found) else None

    @cached_property
    def _held(self) -> dict[str, STRtree]:
        """The ground that each side holds."""
        import shapely

        sides = [piece.held_by for piece in self.pieces]
        return {
            side: shapely.STRtree(
                [shape for shape, held in zip(self.shapes, sides, strict=True) if held == side]
            )
            for side in VERDICTS
        }

    def other_side_km(self, piece: Piece, point: BaseGeometry) -> float:
        """How far the nearest ground is that the side which does not hold ``piece`` holds.

        Infinite if it holds none. It is nearer than the line only where water lies between.
        """
        (other,) = set(VERDICTS) - {piece.held_by}
        _, away = self._held[other].query_nearest(point, return_distance=True)
        return float(min(away, default=inf)) / 1000

    @cached_property
    def _reaches(self) -> dict[tuple[str, str], tuple[tuple[Piece, ...], float]]:
        return {}

    def reach_of(self, raion: str, territory: str) -> tuple[tuple[Piece, ...], float]:
        """The pieces that a raion lies in, all of the oblast's if it has no outline, and how many
        km at least are from there to the line.
        """
        asked = (raion, territory)
        if asked not in self._reaches:
            self._reaches[asked] = self._find_reach(raion, territory)
        return self._reaches[asked]

    def _find_reach(self, raion: str, territory: str) -> tuple[tuple[Piece, ...], float]:
        import shapely

        shape = raion_shapes().get(raion)
        if shape is None:
            mine = [n for n, piece in enumerate(self.pieces) if piece.territory == territory]
            shape = shapely.union_all([self.shapes[number] for number in mine])
        touched = sorted(self.tree.query(shape, predicate="intersects"))
        shared = {n: shape.intersection(self.shapes[n]).area / 1e6 for n in touched}
        pieces = tuple(self.pieces[n] for n, area in shared.items() if area > SLIVER_KM2)
        return pieces, shape.distance(self.contact) / 1000

    def verdict(self, piece: Piece, away_km: float) -> Verdict:
        """Who holds ground of that piece so far from the line, if the line can tell.

        A line that nobody has measured, the reader's own, is taken at its word.
        """
        sure = self.uncertainty_km is None or away_km > self.uncertainty_km
        return VERDICTS[piece.held_by] if sure else "too close to say"


_grounds: WeakKeyDictionary[Division, Ground] = WeakKeyDictionary()


def ground_of(division: Division) -> Ground:
    """The ground of a division, made once and kept as long as the division is."""
    if division not in _grounds:
        _grounds[division] = _ground(division)
    return _grounds[division]


def _ground(division: Division) -> Ground:
    import shapely

    shapes = tuple(in_metres(division.shapes.zones[zone]) for zone in division.pieces)
    for shape in shapes:
        shapely.prepare(shape)
    return Ground(
        pieces=tuple(division.pieces.values()),
        shapes=shapes,
        tree=shapely.STRtree(shapes),
        contact=in_metres(division.shapes.contact),
        uncertainty_km=division.band_km,
    )


@cache
def raion_shapes() -> dict[str, BaseGeometry]:
    """The outlines of the raions by KATOTTG code, metres in the equal-area CRS."""
    shapes = read_shapes(paths.RAIONS, "katottg")
    return {code: in_metres(shape) for code, shape in shapes.items()}


@cache
def _raion_tree() -> STRtree:
    import shapely

    return shapely.STRtree(list(raion_shapes().values()))


def raion_at(position: Point) -> str | None:
    """The KATOTTG code of the raion that a position lies in, or nearly; ``None`` if in none."""
    if not near_ukraine(position):
        return None
    found = _raion_tree().query_nearest(projected(position), max_distance=OFF_SHORE_M)
    return list(raion_shapes())[min(found)] if len(found) else None


@cache
def _sites() -> dict[str, BaseGeometry]:
    shapes = read_shapes(paths.PLACES, "place")
    return {place: in_metres(shapes[place]) for place in place_ids("site")}


def sites_near(position: Point, within_km: float) -> list[str]:
    """The ids of the sites that plans name and that are so near to a position."""
    point = projected(position)
    return [name for name, site in _sites().items() if point.distance(site) < 1000 * within_km]


def projected(position: Point) -> BaseGeometry:
    """A position as a point in the equal-area CRS, metres."""
    import shapely

    return in_metres(shapely.Point(position.lon, position.lat))


def in_metres(shape: BaseGeometry) -> BaseGeometry:
    """A shape in degrees (EPSG:4326) as one in the equal-area CRS."""
    import shapely

    def metres(lon_lat: Any) -> Any:
        import numpy as np

        return np.column_stack(_to_metres().transform(lon_lat[:, 0], lon_lat[:, 1]))

    return shapely.transform(shape, metres)


@cache
def _to_metres() -> Any:
    from pyproj import Transformer

    return Transformer.from_crs(WGS84, EQUAL_AREA, always_xy=True)
