"""The zones of a plan as ground to stand on: in which zone a point is, how far the line is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from math import inf
from typing import TYPE_CHECKING, Any, Literal

from geo import paths
from geo.coordinates import Point, near_ukraine
from geo.crs import EQUAL_AREA, WGS84
from geo.errors import Fault, NotFoundError
from geo.line import line_facts, line_file
from geo.reading import read_json

if TYPE_CHECKING:
    from shapely import STRtree
    from shapely.geometry.base import BaseGeometry

Verdict = Literal["Russian-held", "Ukrainian-held", "too close to say"]

VERDICTS: dict[str, Verdict] = {"Russia": "Russian-held", "Ukraine": "Ukrainian-held"}

OFF_SHORE_M = 2000
"""How far from the outlines, which are simplified and hold no lagoons, a place is still in one."""

SLIVER_KM2 = 1.0
"""Less of a raion than this in another zone comes from outlines that do not fit, not from land."""

Zone = dict[str, Any]

LINE = "line_of_contact"


@dataclass(frozen=True, eq=False)
class Ground:
    """The zones of one plan on one line, to look places up in; metres in the equal-area CRS."""

    zones: tuple[Zone, ...]
    shapes: tuple[BaseGeometry, ...]
    tree: STRtree
    contact: BaseGeometry
    uncertainty_km: float

    def zone_at(self, point: BaseGeometry) -> Zone | None:
        """The zone that a point lies in, or the nearest within :data:`OFF_SHORE_M`."""
        inside = self.tree.query(point, predicate="intersects")
        found = inside if len(inside) else self.tree.query_nearest(point, OFF_SHORE_M)
        return self.zones[int(min(found))] if len(found) else None

    @cached_property
    def _held(self) -> dict[str, STRtree]:
        """The ground that each side holds."""
        import shapely

        sides = [zone["held_by"] for zone in self.zones]
        return {
            side: shapely.STRtree(
                [shape for shape, held in zip(self.shapes, sides, strict=True) if held == side]
            )
            for side in VERDICTS
        }

    def other_side_km(self, zone: Zone, point: BaseGeometry) -> float:
        """How far the nearest ground is that the side which does not hold ``zone`` holds.

        Infinite if it holds none. It is nearer than the line only where water lies between.
        """
        (other,) = set(VERDICTS) - {zone["held_by"]}
        _, away = self._held[other].query_nearest(point, return_distance=True)
        return float(min(away, default=inf)) / 1000

    @lru_cache(maxsize=256)  # noqa: B019 (a ground is kept as long as the program runs)
    def reach_of(self, raion: str, territory: str) -> tuple[tuple[int, ...], float]:
        """The zones (positions) that a raion lies in, all of the oblast's if it has no outline,
        and how many km at least are from there to the line.
        """
        import shapely

        shape = _raion_shapes().get(raion)
        if shape is None:
            found = [n for n, zone in enumerate(self.zones) if zone["territory"] == territory]
            shape = shapely.union_all([self.shapes[number] for number in found])
        touched = sorted(self.tree.query(shape, predicate="intersects"))
        shared = {n: shape.intersection(self.shapes[n]).area / 1e6 for n in touched}
        zones = tuple(int(n) for n, area in shared.items() if area > SLIVER_KM2)
        return zones, shape.distance(self.contact) / 1000

    def verdict(self, zone: Zone, away_km: float) -> Verdict:
        """Who holds ground of that zone so far from the line, if the line can tell."""
        sure = away_km > self.uncertainty_km
        return VERDICTS[zone["held_by"]] if sure else "too close to say"


@lru_cache(maxsize=16)
def load_ground(plan_id: str, line_date: str) -> Ground:
    """The zones of a plan on a line. Raises :class:`NotFoundError` if there is no such line, or
    if they are not built.
    """
    import shapely

    line_file(line_date)
    path = paths.zones_file(plan_id, line_date)
    if not path.is_file():
        message = (
            f"the zones of {plan_id} on {line_date} are not built; run python -m geo.build zones."
        )
        raise NotFoundError(Fault("data/zones", message))
    features = read_json(path)["features"]
    shapes = tuple(_shape(feature) for feature in features)
    for shape in shapes:
        shapely.prepare(shape)
    return Ground(
        zones=tuple(feature["properties"] for feature in features),
        shapes=shapes,
        tree=shapely.STRtree(shapes),
        contact=_contact(line_date),
        uncertainty_km=float(line_facts(line_date)["accuracy"]["band_km"]),
    )


def _contact(line_date: str) -> BaseGeometry:
    # Read here, because geo.line.load_line also checks it, with libraries that take long to load.
    features = read_json(line_file(line_date))["features"]
    return next(_shape(each) for each in features if each["properties"]["kind"] == LINE)


@cache
def _raion_shapes() -> dict[str, BaseGeometry]:
    features = read_json(paths.RAIONS)["features"]
    return {feature["properties"]["katottg"]: _shape(feature) for feature in features}


@cache
def _raion_tree() -> STRtree:
    import shapely

    return shapely.STRtree(list(_raion_shapes().values()))


def raion_at(position: Point) -> str | None:
    """The KATOTTG code of the raion that a position lies in, or nearly; ``None`` if in none."""
    if not near_ukraine(position):
        return None
    found = _raion_tree().query_nearest(projected(position), max_distance=OFF_SHORE_M)
    return list(_raion_shapes())[min(found)] if len(found) else None


@cache
def _sites() -> dict[str, BaseGeometry]:
    features = read_json(paths.PLACES)["features"]
    return {
        feature["properties"]["place"]: _shape(feature)
        for feature in features
        if feature["properties"]["kind"] == "site"
    }


def sites_near(position: Point, within_km: float) -> list[str]:
    """The ids of the sites that plans name and that are so near to a position."""
    point = projected(position)
    return [name for name, site in _sites().items() if point.distance(site) < 1000 * within_km]


def _shape(feature: dict[str, Any]) -> BaseGeometry:
    import shapely

    return _in_metres(shapely.from_geojson(json.dumps(feature["geometry"])))


def projected(position: Point) -> BaseGeometry:
    """A position as a point in the equal-area CRS, metres."""
    import shapely

    return _in_metres(shapely.Point(position.lon, position.lat))


def _in_metres(shape: BaseGeometry) -> BaseGeometry:
    import shapely

    def metres(lon_lat: Any) -> Any:
        import numpy as np

        return np.column_stack(_to_metres().transform(lon_lat[:, 0], lon_lat[:, 1]))

    return shapely.transform(shape, metres)


@cache
def _to_metres() -> Any:
    from pyproj import Transformer

    return Transformer.from_crs(WGS84, EQUAL_AREA, always_xy=True)
