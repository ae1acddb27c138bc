"""A layer's shapes brought to degrees: CRS, order of coordinates, and where on Earth they lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.coordinates import UKRAINE
from geo.crs import WGS84
from geo.notices import Notice, say
from geo.uploads import messages
from geo.uploads.known_crs import understood
from geo.uploads.limits import LONGEST_KM
from geo.uploads.notices import NotReadError, plain
from geo.uploads.spots import spot
from geo.uploads.vertices import densified

if TYPE_CHECKING:
    from pyproj import CRS

    from geo.uploads.upload import Layer

LONGEST_EDGE = 0.05
"""Degrees (some 5 km): longer edges get vertices, to stay straight in the file's own CRS."""
IN_UKRAINE = 0.02
"""Share of vertices that have to lie in the box round Ukraine."""
COMMON = ("EPSG:3857", "EPSG:32635", "EPSG:32636", "EPSG:32637", "EPSG:6381")
"""CRSs of maps of Ukraine in metres, to guess at."""


@dataclass(frozen=True)
class Placed:
    """Shapes in EPSG:4326, in the order of the layer's features, and what was done to them."""

    shapes: np.ndarray[Any, Any]
    notices: tuple[Notice, ...]


def placed(layer: Layer, crs: str | None = None) -> Placed:
    """The shapes of a layer in degrees; ``crs`` stands in for a missing or wrong one.

    Edges longer than some 5 km are given vertices first. Coordinates that lie in Ukraine only if
    their order is turned round are turned. Raises :class:`NotReadError` for shapes without place:
    not finite, metres without a CRS, elsewhere on Earth.
    """
    from pyproj import CRS

    shapes = np.array([None if each is None or each.is_empty else each for each in layer.shapes])
    if not any(shape is not None for shape in shapes):
        raise NotReadError(say(messages.EMPTY_LAYER, layer=layer.name))
    _check_numbers(shapes)
    notices = _said_of(layer, shapes)
    declared = _chosen(crs) or layer.crs
    if declared is None and layer.crs_declared:
        notices.append(say(messages.CRS_NOT_UNDERSTOOD, crs=layer.crs_declared))
    best = None
    for system, swap, notice in _readings(declared, layer.crs_words, shapes):
        found = _moved(shapes, CRS.from_user_input(system), swap)
        share = _share_in_ukraine(found)
        if share >= IN_UKRAINE and (best is None or share > 5 * best[0]):
            best = (share, found, notice)
    if best is None:
        raise NotReadError(_lost(declared, shapes))
    return Placed(best[1], (*notices, *([best[2]] if best[2] else [])))


def _chosen(crs: str | None) -> str | None:
    """The CRS that the reader names, as PROJ reads it. Raises :class:`NotReadError`."""
    if crs is None:
        return None
    known = understood(crs)
    if known is None:
        raise NotReadError(say(messages.NO_SUCH_CRS, crs=plain(crs)))
    return known[0]


def _readings(
    declared: str | None, words: str | None, shapes: np.ndarray
) -> Iterator[tuple[str, bool, Notice | None]]:
    """How the numbers may be meant, likeliest first: CRS, whether turned round, what to say."""
    degrees = _like_degrees(shapes)
    if declared and not (declared == WGS84 and not degrees):
        converted = say(messages.CONVERTED, crs=words or declared)
        plain = declared in (WGS84, "OGC:CRS84")
        yield declared, False, None if plain else converted
        yield declared, True, say(messages.SWAPPED)
    if degrees:
        note = messages.DEGREES_AFTER_ALL if declared else messages.DEGREES_ASSUMED
        yield WGS84, False, say(note, crs=words or declared or "")
        yield WGS84, True, say(messages.SWAPPED)


def _check_numbers(shapes: np.ndarray) -> None:
    numbers = shapely.get_coordinates(shapes)
    if bad := int((~np.isfinite(numbers).all(axis=1)).sum()):
        raise NotReadError(say(messages.NOT_FINITE, count=bad))


def _said_of(layer: Layer, shapes: np.ndarray) -> list[Notice]:
    empty = sum(1 for shape in shapes if shape is None)
    counts = (
        (messages.UNREADABLE_LEFT_OUT, layer.unreadable),
        (messages.EMPTY_LEFT_OUT, empty - layer.unreadable),
    )
    notices = [say(text, count=count) for text, count in counts if count]
    if layer.heights:
        notices.append(say(messages.HEIGHTS_LEFT_OUT))
    return notices


def _like_degrees(shapes: np.ndarray) -> bool:
    west, south, east, north = shapely.total_bounds(shapes)
    return bool(max(abs(west), abs(east), abs(south), abs(north)) <= 180)


def _moved(shapes: np.ndarray, crs: CRS, swap: bool) -> np.ndarray:
    """The shapes, read in ``crs``, in degrees. Raises :class:`NotReadError` if far too long."""
    from pyproj import Transformer

    unit = 1.0 if crs.is_geographic else 111_000 / crs.axis_info[0].unit_conversion_factor
    with np.errstate(over="ignore"):
        length = np.nansum(shapely.length(shapes))
    if length / unit * 111 > LONGEST_KM:
        raise NotReadError(say(messages.TOO_LONG, most=LONGEST_KM))
    longest = LONGEST_EDGE * unit
    moved = np.array([None if each is None else densified(each, longest) for each in shapes])
    if swap:
        moved = shapely.transform(moved, lambda xy: xy[:, ::-1])
    if crs.equals(WGS84) or crs.to_authority() == ("OGC", "CRS84"):
        return moved
    turn = Transformer.from_crs(crs, WGS84, always_xy=True).transform
    turned = shapely.transform(moved, lambda xy: np.column_stack(turn(xy[:, 0], xy[:, 1])))
    return np.asarray(turned)


def _share_in_ukraine(shapes: np.ndarray) -> float:
    lon, lat = shapely.get_coordinates(shapes).T
    south, west, north, east = UKRAINE
    if not np.isfinite(lon).all() or not np.isfinite(lat).all():
        return 0.0
    return float(((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)).mean())


def _lost(declared: str | None, shapes: np.ndarray) -> Notice:
    """Why shapes have no place in Ukraine."""
    from pyproj import CRS

    if _like_degrees(shapes):
        west, south, east, north = shapely.total_bounds(shapes)
        return say(messages.ELSEWHERE, where=spot((west + east) / 2, (south + north) / 2))
    if declared and declared != WGS84:
        return say(messages.ELSEWHERE_IN_CRS, crs=declared)
    guesses = [
        name
        for name in COMMON
        if _share_in_ukraine(_moved(shapes, CRS.from_user_input(name), swap=False)) > 0.9
    ]
    if guesses:
        return say(messages.METRES_GUESSED, guesses=", ".join(guesses))
    return say(messages.METRES_WITHOUT_CRS)
