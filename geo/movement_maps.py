"""Small maps of the east and south: the land, the ground Russia held, and what moved.

Shapes are the ``d`` of SVG paths, in whole pixels of the picture that a :class:`Frame` describes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from geo import paths
from geo.division import load_division
from geo.minimap import STRETCH
from geo.movements import movement
from geo.shapes import read_shapes

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

WEST, SOUTH, EAST, NORTH = 32.3, 46.0, 40.3, 52.45
"""The box, degrees: all ground that the shipped lines divide differently, with some room."""


@dataclass(frozen=True)
class Frame:
    """A picture of the box, so many pixels wide."""

    width: int

    @property
    def scale(self) -> float:
        """Pixels a degree of latitude."""
        return self.width / ((EAST - WEST) * STRETCH)

    @property
    def height(self) -> int:
        """Pixels."""
        return round((NORTH - SOUTH) * self.scale)

    def pixel(self, lon: float, lat: float) -> tuple[int, int]:
        """Where a position in degrees is."""
        return round((lon - WEST) * STRETCH * self.scale), round((NORTH - lat) * self.scale)


@cache
def land(frame: Frame) -> str:
    """The outlines of all territories."""
    import shapely

    coarse = shapely.coverage_simplify(list(_whole().values()), 1 / frame.scale)
    return "".join(_path(shape, frame) for shape in coarse)


@lru_cache(maxsize=32)
def held(date: str, frame: Frame) -> str:
    """The ground that Russia held on the date of a shipped line."""
    import shapely

    cut = read_shapes(paths.overview(paths.division_file(date)), "zone")
    pieces = [piece for piece in load_division(date).pieces.values() if piece.held_by == "Russia"]
    ground = [cut.get(piece.zone) or _whole()[piece.territory] for piece in pieces]
    return _path(shapely.coverage_union_all(ground).simplify(1 / frame.scale), frame)


@lru_cache(maxsize=64)
def moved(since: str, line: str, frame: Frame) -> tuple[str, str]:
    """The ground gained, and the ground lost, between two shipped dates."""
    found = movement(since, line)
    return _path(_shape(found.gained), frame), _path(_shape(found.lost), frame)


def _shape(geometry: dict[str, Any] | None) -> BaseGeometry:
    import shapely

    return shapely.from_geojson(json.dumps(geometry)) if geometry else shapely.Polygon()


def _path(shape: BaseGeometry, frame: Frame) -> str:
    """What of a shape in degrees lies in the box, to be filled by even and odd."""
    import shapely

    seen = shapely.clip_by_rect(shape, WEST - 0.2, SOUTH - 0.2, EAST + 0.2, NORTH + 0.2)
    rings = [ring for part in shapely.get_parts(seen) for ring in shapely.get_rings(part)]
    return "".join(_steps(shapely.get_coordinates(ring)[:-1], frame) for ring in rings)


def _steps(ring: Any, frame: Frame) -> str:
    """A ring from pixel to pixel; nothing if it is too small to be seen."""
    pixels = list(dict.fromkeys(frame.pixel(lon, lat) for lon, lat in ring))
    if len(pixels) < 3:
        return ""
    steps = [f"{x - x0} {y - y0}" for (x0, y0), (x, y) in pairwise(pixels)]
    return f"M{pixels[0][0]} {pixels[0][1]}l{' '.join(steps)}z".replace(" -", "-")


@cache
def _whole() -> dict[str, BaseGeometry]:
    """The coarse outlines of the territories, by ISO code."""
    return read_shapes(paths.overview(paths.TERRITORIES), "territory")
