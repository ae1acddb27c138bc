"""The land that a line divides, in degrees and metres, and the cities that tell the sides apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import EQUAL_AREA, WGS84
from geo.notices import Notice, say
from geo.shapes import joined
from geo.uploads import messages
from geo.uploads.limits import MOST_CROSSINGS, MOST_WORKED_VERTICES, THINNED_M
from geo.uploads.notices import NotReadError
from geo.uploads.vertices import densified, single_parts, thinned

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

Holder = Literal["Russia", "Ukraine"]
METRE = 1 / 111_000
"""A metre in degrees of latitude, for tolerances."""
GRID = 1e-7
"""Degrees (a centimetre): vertices of results lie on this grid, as those of the outlines do."""
STRAIGHT = 0.02
"""Degrees: an edge of this length bends by less than a decimetre in the equal-area CRS."""
SAMPLE = 1000


@dataclass(frozen=True)
class Anchor:
    """A city whose holder no map disputes, EPSG:4326; ``name`` by language."""

    holder: Holder
    name: dict[str, str]
    lon: float
    lat: float


ANCHORS = (
    Anchor("Russia", {"en": "Simferopol", "uk": "Сімферополь", "zh": "辛菲罗波尔"}, 34.1, 44.95),
    Anchor("Russia", {"en": "Donetsk", "uk": "Донецьк", "zh": "顿涅茨克"}, 37.81, 48.0),
    Anchor("Russia", {"en": "Luhansk", "uk": "Луганськ", "zh": "卢甘斯克"}, 39.31, 48.57),
    Anchor("Ukraine", {"en": "Kyiv", "uk": "Київ", "zh": "基辅"}, 30.52, 50.45),
    Anchor("Ukraine", {"en": "Lviv", "uk": "Львів", "zh": "利沃夫"}, 24.03, 49.84),
    Anchor("Ukraine", {"en": "Odesa", "uk": "Одеса", "zh": "敖德萨"}, 30.71, 46.48),
    Anchor("Ukraine", {"en": "Poltava", "uk": "Полтава", "zh": "波尔塔瓦"}, 34.55, 49.59),
)


@dataclass(frozen=True, eq=False)
class Land:
    """The union of all territories, ``shape`` in EPSG:4326."""

    shape: BaseGeometry

    @cached_property
    def metres(self) -> BaseGeometry:
        """The same in the metres of :data:`geo.crs.EQUAL_AREA`."""
        return to_metres(self.shape)

    @cached_property
    def border(self) -> BaseGeometry:
        """Its edge, degrees."""
        return shapely.boundary(self.shape)


def land_of(territories: GeoDataFrame) -> Land:
    """The land of all territories (any CRS)."""
    return Land(joined(territories.geometry.to_crs(WGS84).to_numpy()))


def to_metres(shape: Any) -> Any:
    """One shape, from degrees to equal-area metres; its edges stay straight in degrees."""
    fine = densified(shape, STRAIGHT)
    return _sound(gpd.GeoSeries([fine], crs=WGS84).to_crs(EQUAL_AREA).iloc[0])


def to_degrees(shape: Any) -> Any:
    """One shape, from equal-area metres to degrees."""
    return _sound(gpd.GeoSeries([shape], crs=EQUAL_AREA).to_crs(WGS84).iloc[0])


def _sound(shape: Any) -> Any:
    """The shape; rounding in the projection can make an area touch itself, which is mended."""
    if not shape.geom_type.endswith("Polygon") or shape.is_valid:
        return shape
    return area_shape(shapely.make_valid(shape, method="structure", keep_collapsed=False))


def lasting(shape: BaseGeometry) -> BaseGeometry:
    """An area (degrees) on the grid, that stays valid when its vertices are projected."""
    snapped = area_shape(shapely.set_precision(shape, GRID))
    flat = gpd.GeoSeries([snapped], crs=WGS84).to_crs(EQUAL_AREA)
    if flat.iloc[0].is_valid:
        return snapped
    sound = flat.make_valid(method="structure", keep_collapsed=False).to_crs(WGS84)
    return area_shape(shapely.set_precision(_sound(sound.iloc[0]), GRID))


def km2(shape: BaseGeometry) -> float:
    """The area of a shape in degrees, in square kilometres."""
    return float(to_metres(shape).area / 1e6)


def polygons_of(shape: Any) -> list[BaseGeometry]:
    """The polygons in a shape or an array of shapes, however they are collected."""
    return [
        part for part in single_parts(shape) if part.geom_type == "Polygon" and not part.is_empty
    ]


def lines_of(shape: Any) -> list[BaseGeometry]:
    """The lines in a shape or an array of shapes, however they are collected."""
    return [part for part in single_parts(shape) if part.geom_type in ("LineString", "LinearRing")]


def points_of(shape: Any) -> list[BaseGeometry]:
    """The points in a shape or an array of shapes, however they are collected."""
    return [part for part in single_parts(shape) if part.geom_type == "Point"]


def area_shape(shape: Any) -> BaseGeometry:
    """The polygons in a shape as one."""
    return shapely.MultiPolygon(polygons_of(shape))


def workable(shapes: list[BaseGeometry]) -> tuple[list[BaseGeometry], list[Notice]]:
    """The shapes (degrees), thinned if they are very fine, and a notice if they were.

    Raises :class:`NotReadError` if they cannot be cut in reasonable time: too many vertices even
    so, or edges that cross each other again and again.
    """
    found, notices = shapes, []
    for metres in THINNED_M:
        if shapely.count_coordinates(np.array(found)) <= MOST_WORKED_VERTICES:
            break
        found = [thinned(shape, metres * METRE) for shape in found]
        found = [shape for shape in found if not shape.is_empty]
        notices = [say(messages.THINNED, metres=metres)]
    if shapely.count_coordinates(np.array(found)) > MOST_WORKED_VERTICES:
        raise NotReadError(say(messages.TOO_FINE, most=MOST_WORKED_VERTICES, metres=THINNED_M[-1]))
    _check_tangle(np.array(found))
    return found, notices


def _check_tangle(shapes: np.ndarray) -> None:
    """Estimates from a sample of edges how many cross, before anything is cut at each crossing."""
    rings = [shapely.get_rings(s) if s.geom_type == "Polygon" else [s] for s in shapes]
    points, ring = shapely.get_coordinates(np.concatenate(rings), return_index=True)
    ends = np.stack([points[:-1], points[1:]], axis=1)[ring[:-1] == ring[1:]]
    edges = shapely.linestrings(ends)
    tree = shapely.STRtree(edges)
    sample = np.random.default_rng(0).permutation(len(edges))[:SAMPLE]
    crossings = 0
    for chunk in np.array_split(sample, max(1, len(sample) // 50)):
        found = tree.query(edges[chunk], predicate="intersects").shape[1]
        crossings += max(0, found - 3 * len(chunk))
        if crossings * len(edges) / len(sample) / 2 > MOST_CROSSINGS:
            raise NotReadError(say(messages.SCRIBBLE))
