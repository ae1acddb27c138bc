"""Positions as people write and paste them: degrees, minutes and seconds, links of map services."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from urllib.parse import unquote

LONGEST_TEXT = 2000
"""Characters that are read: links of map services are long."""

UKRAINE = (44.0, 22.0, 52.5, 40.3)
"""South, west, north, east of a box around Ukraine, degrees."""


@dataclass(frozen=True)
class Point:
    """A position on Earth, degrees, WGS 84."""

    lat: float
    lon: float


_NUMBER = r"[-+−]?\d{1,3}(?:\.\d+)?"
_PAIR = rf"({_NUMBER})\s*(?:,|;|%2C|\s)\s*({_NUMBER})"
_END = r"(?![\d.])"

_LINKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"!3d({_NUMBER})!4d({_NUMBER})",
        rf"[?&#]mlat=({_NUMBER})&(?:amp;)?mlon=({_NUMBER}){_END}",
        rf"[?&#](?:q|query|ll|sll|daddr|destination|center|cp|coordinate|at)=(?:loc:)?"
        rf"({_NUMBER})(?:,|~|\s|\+)\s*({_NUMBER}){_END}",
        rf"[?&#]lat=({_NUMBER})&(?:amp;)?(?:lon|lng)=({_NUMBER}){_END}",
        rf"^geo:({_NUMBER}),({_NUMBER}){_END}",
        rf"/(?:place|search|dir)/({_NUMBER}),\+?({_NUMBER}){_END}",
        rf"#(?:map=)?\d+(?:\.\d+)?/({_NUMBER})/({_NUMBER}){_END}",
        rf"@({_NUMBER}),({_NUMBER}){_END}",
    )
)
"""How links write a position, that of a marker before that of the middle of the map."""

_NORTH, _SOUTH = (
    r"n(?:orth)?|пн\.?\s*ш\.?|пн\.?|с\.?\s*ш\.?|північ\w*",
    r"s(?:outh)?|пд\.?\s*ш\.?|пд\.?|ю\.?\s*ш\.?",
)
_EAST, _WEST = (
    r"e(?:ast)?|сх\.?\s*д\.?|сх\.?|в\.?\s*д\.?",
    r"w(?:est)?|зх\.?\s*д\.?|зх\.?|з\.?\s*д\.?",
)
_SIDE = rf"(?P<{{0}}>{_NORTH}|{_SOUTH}|{_EAST}|{_WEST})"

_ANGLE = (
    r"(?P<sign{0}>[-+])?(?P<deg{0}>\d{{1,3}}(?:\.\d+)?)\s*(?:°|º|˚|deg\b|d\b|\s)?\s*"
    r"(?:(?P<min{0}>\d{{1,2}}(?:\.\d+)?)\s*(?:'|m\b)\s*)?"
    r"(?:(?P<sec{0}>\d{{1,2}}(?:\.\d+)?)\s*(?:\"|''|s\b)\s*)?"
)
_WITH_SIDES = tuple(
    re.compile(rf"^{first}\s*[,;]?\s*{second}$", re.IGNORECASE)
    for first, second in (
        (_ANGLE.format(1) + _SIDE.format("side1"), _ANGLE.format(2) + _SIDE.format("side2")),
        (
            _SIDE.format("side1") + r"\s*" + _ANGLE.format(1),
            _SIDE.format("side2") + r"\s*" + _ANGLE.format(2),
        ),
    )
)
_WITHOUT_SIDES = re.compile(
    rf"^{_ANGLE.format(1)}(?:\s*[,;]\s*|\s+|(?<=[°'\"])){_ANGLE.format(2)}$", re.IGNORECASE
)
_UNSEEN = re.compile(r"[\x00-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BARE_MINUTES = re.compile(
    rf"(\d) (\d+) (\d+(?:\.\d+)?) ?(?=(?:{_NORTH}|{_SOUTH}|{_EAST}|{_WEST})(?![a-z]))",
    re.IGNORECASE,
)
"""48 35 24 N: spaces for the marks of minutes and seconds."""

_NAMES = re.compile(
    r"(?:широта|довгота|долгота|latitude|longitude|lat|lon)\s*[:.]?\s*", re.IGNORECASE
)
_MARKS = str.maketrans({**dict.fromkeys("′’‘ʹ´`", "'"), **dict.fromkeys("″”“ʺ", '"'), "−": "-"})


def parse_point(text: str) -> Point | None:
    """The position that ``text`` gives, or ``None`` if it gives none. Raises for no text.

    Reads decimal degrees (with a point, or with commas: "48,59 38,00"), degrees with minutes and
    seconds, the letters N, S, E, W and "пн. ш.", "сх. д.", and links of map services. Latitude
    comes first, unless only the other order lies near Ukraine.
    """
    text = " ".join(_UNSEEN.sub(" ", text[:LONGEST_TEXT]).split())
    if "=" in text or "/" in text or "!" in text or text.lower().startswith("geo:"):
        return _from_link(text)
    plain = text.translate(_MARKS).strip("()[] ")
    plain = _NAMES.sub("", plain)
    plain = _with_points(plain)
    plain = _BARE_MINUTES.sub(r"""\1° \2' \3" """, plain)
    for pattern in _WITH_SIDES:
        if found := pattern.match(plain):
            return _from_sides(found)
    if found := _WITHOUT_SIDES.match(plain):
        return _in_order(_degrees(found, 1), _degrees(found, 2))
    return None


def _from_link(link: str) -> Point | None:
    link = unquote(link)
    for pattern in _LINKS:
        if found := pattern.search(link):
            lat, lon = (float(number.replace("−", "-")) for number in found.groups())
            return _in_order(lat, lon)
    return None


def _with_points(text: str) -> str:
    """Decimal commas as points: "48,59 38,00" and "48,59; 38,00", but not "48, 38" or "48,38"."""
    if not re.search(r"\d\.\d", text) and len(re.findall(r"\d,\d", text)) == 2:
        return re.sub(r"(?<=\d),(?=\d)", ".", text)
    return text


def _degrees(found: re.Match[str], number: int) -> float:
    """The angle of one half of a match; not a number if its minutes or seconds reach 60."""
    degrees, minutes, seconds = (
        float(found[f"{part}{number}"] or 0) for part in ("deg", "min", "sec")
    )
    if minutes >= 60 or seconds >= 60 or (degrees % 1 and minutes):
        return math.nan
    value = degrees + minutes / 60 + seconds / 3600
    return -value if found[f"sign{number}"] == "-" else value


def _from_sides(found: re.Match[str]) -> Point | None:
    sides = {}
    for number in (1, 2):
        word = found[f"side{number}"].lower()
        value = _degrees(found, number)
        for names, axis, sign in (
            (_NORTH, "lat", 1),
            (_SOUTH, "lat", -1),
            (_EAST, "lon", 1),
            (_WEST, "lon", -1),
        ):
            if re.fullmatch(names, word):
                sides[axis] = sign * value
                break
    return _checked(sides["lat"], sides["lon"]) if len(sides) == 2 else None


def _in_order(first: float, second: float) -> Point | None:
    """Latitude first; the other way round if only that lies near Ukraine."""
    as_written, swapped = _checked(first, second), _checked(second, first)
    if swapped and near_ukraine(swapped) and not (as_written and near_ukraine(as_written)):
        return swapped
    return as_written


def _checked(lat: float, lon: float) -> Point | None:
    return Point(lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def near_ukraine(point: Point) -> bool:
    """Whether a point lies in the box around Ukraine."""
    south, west, north, east = UKRAINE
    return south <= point.lat <= north and west <= point.lon <= east
