"""Whether bytes are GeoJSON with land in it: the first look, before anything reads them on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from geo.sources import messages
from geo.sources.messages import ArchiveError

DRAWN = ("LineString", "MultiLineString", "Polygon", "MultiPolygon")
"""Geometries that can say where a line runs."""

CHILDREN = ("features", "geometry", "geometries")


def check_map(data: bytes, host: str, day: str) -> None:
    """Raise :class:`ArchiveError` unless ``data`` is GeoJSON in degrees with an area or a line."""
    if data.lstrip()[:1] == b"<":
        raise ArchiveError(messages.WEB_PAGE, host=host, day=day)
    try:
        value = json.loads(data, parse_constant=_refuse)
    except (ValueError, RecursionError) as cause:
        raise ArchiveError(messages.NOT_JSON, host=host, day=day) from cause
    drawn = [shape["coordinates"] for shape in _shapes(value) if shape.get("coordinates")]
    if not drawn:
        raise ArchiveError(messages.NO_MAP, host=host, day=day)
    for place in _places(drawn):
        if not _is_place(place):
            written = json.dumps(place)[:60]
            raise ArchiveError(messages.NO_PLACE, host=host, day=day, place=written)


def _refuse(constant: str) -> None:
    raise ValueError(constant)  # NaN and Infinity, which Python reads and JSON does not have


def _shapes(value: Any) -> Iterator[dict[str, Any]]:
    """Every line and area in ``value``, at whatever depth GeoJSON puts it."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            if item.get("type") in DRAWN:
                yield item
            waiting += [item[name] for name in CHILDREN if name in item]


def _places(coordinates: Any) -> Iterator[Any]:
    """What stands where a position should be: the innermost lists, or what is no list at all."""
    waiting = [coordinates]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list) and item and isinstance(item[0], list):
            waiting += item
        else:
            yield item


def _is_place(place: Any) -> bool:
    if not isinstance(place, list) or len(place) < 2:
        return False
    if any(isinstance(number, bool) or not isinstance(number, int | float) for number in place):
        return False
    return bool(abs(place[0]) <= 180 and abs(place[1]) <= 90)
