"""What a line's file says of itself beside its shapes: where it is from and how sure it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from geo.days import WHOLE_DAY, first_day
from geo.errors import Fault

TEXT = 'a text by language, such as {"en": "…"}'

MEMBERS: dict[str, tuple[Any, str]] = {
    "date": (str, "the day it is of, such as 2025-11-21"),
    "source": (dict, TEXT),
    "licence": (str, "a text"),
    "method": (dict, TEXT),
    "limits": (list, "a list of such texts"),
    "accuracy": (dict, "an object with a summary and band_km"),
}
"""The members that a line needs, what type each has, and that type in words."""

WGS84_NAMES = re.compile(r"(CRS84|EPSG:{1,2}4326)$")


def faults_of_members(collection: Any, file: str) -> list[Fault]:
    """Faults of everything but the features; ``collection`` is the file's whole JSON value."""
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        return [Fault(file, "this is not a GeoJSON FeatureCollection; export it as one.")]
    return [Fault(file, message) for message in _messages(collection)]


def _messages(collection: dict[str, Any]) -> Iterator[str]:
    for member, (kind, words) in MEMBERS.items():
        value: Any = collection.get(member)
        if not value:
            yield f"the member {member!r} is missing; say it beside 'features'."
        elif not isinstance(value, kind):
            yield f"the member {member!r} is {str(value)[:40]!r}; make it {words}."
        elif member == "date":
            yield from _date_messages(value)
        elif member == "accuracy":
            yield from _accuracy_messages(value)
        elif member == "limits" and not all(_is_text(text) for text in value):
            yield f"the member 'limits' holds something else than texts; make each {TEXT}."
        elif kind is dict and member != "accuracy" and not _is_text(value):
            yield f"the member {member!r} has no English text; make it {TEXT}."
    crs = collection.get("crs")
    if crs is not None and not WGS84_NAMES.search(name := _crs_name(crs)):
        yield f"its CRS is {name}; convert it to EPSG:4326 (degrees) and leave 'crs' out."


def _date_messages(value: str) -> Iterator[str]:
    if not re.fullmatch(WHOLE_DAY, value):
        yield f"date is {value!r}; write it as 2025-11-21."
        return
    try:
        first_day(value)
    except ValueError as error:
        yield f"date: {error}."


def _accuracy_messages(value: dict[str, Any]) -> Iterator[str]:
    if not _is_text(value.get("summary")):
        yield "accuracy has no summary; say in a sentence how sure the line is."
    band = value.get("band_km")
    if isinstance(band, bool) or not isinstance(band, int | float) or not 0 < band < 1000:
        yield "accuracy has no band_km; say how near the line, in km, it can no longer tell."


def _is_text(value: Any) -> bool:
    """Whether ``value`` is a text by language, in English at least."""
    return isinstance(value, dict) and all(map(_is_words, (value.get("en"), *value.values())))


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _crs_name(crs: Any) -> str:
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return str(properties.get("name")) if isinstance(properties, dict) else str(crs)[:60]
