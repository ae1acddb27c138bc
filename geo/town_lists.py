"""Answers for a list of towns that somebody pastes or uploads, one row out for each row in."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.coordinates import Point, parse_point
from geo.errors import DataError, Fault
from geo.gazetteer import Match, Place, cleaned, search
from geo.lookup import TownAnswer, lookup_place, lookup_point
from geo.territories import territory_facts

if TYPE_CHECKING:
    from geo.division import Division
    from geo.plan import Plan

MOST_ROWS = 10_000
MOST_BYTES = 5_000_000
SHOWN_CANDIDATES = 5
MUCH_LARGER = 10
"""How many times larger than the next a city is that must be meant by its bare name."""

COLUMNS = (
    "row",
    "asked",
    "match",
    "name",
    "name_uk",
    "territory",
    "zone",
    "status",
    "clauses",
    "held_by",
    "distance_km",
    "uncertainty_km",
    "verdict",
    "lat",
    "lon",
    "raion",
    "hromada",
    "count",
    "candidates",
    "note",
    "plan",
    "standing",
)
"""What each row of the result has. ``match``: found, ambiguous, unknown or outside Ukraine."""

_HEADERS = {
    "name": {"name", "town", "settlement", "city", "village", "place", "назва", "місто", "село",
             "населений пункт", "город", "название", "населенный пункт", "名称", "地名", "城市"},
    "lat": {"lat", "latitude", "широта", "纬度", "y"},
    "lon": {"lon", "lng", "long", "longitude", "довгота", "долгота", "经度", "x"},
    "where": {"oblast", "region", "raion", "district", "hromada", "область", "район", "громада"},
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One row of a list: a name with where it is, or a position, or both."""

    name: str
    position: str = ""

    @property
    def asked(self) -> str:
        """What was asked, to show again."""
        return cleaned(self.name or self.position)


def answer_list(content: str | bytes, plan: Plan, line: Division | str) -> list[dict[str, Any]]:
    """What ``plan`` says of each town of a list, in its order; none is left out but blank lines.

    ``content``: CSV (comma, semicolon or tab; columns such as name, lat, lon, oblast are known by
    their header in English, Ukrainian, Russian or Chinese), or one name or position per line;
    bytes in UTF-8, UTF-16 or Windows-1251. The result has :data:`COLUMNS`.

    Raises :class:`DataError` for a list that is empty, too long or no text.
    """
    rows = list(read_rows(content))
    answers: dict[Row, dict[str, Any]] = {}
    for row in rows:
        if row not in answers:
            answers[row] = _answered(row, plan, line)
    about = {"plan": plan.id, "standing": plan.standing}
    return [
        {"row": number, "asked": row.asked, **answers[row], **about}
        for number, row in enumerate(rows, 1)
    ]


def _answered(row: Row, plan: Plan, line: Division | str) -> dict[str, Any]:
    point = parse_point(row.position) if row.position else None
    if point is None and not row.position:
        point = parse_point(row.name)
    if point is not None:
        return _at_point(row, point, plan, line)
    told = "Its coordinates cannot be read; " if row.position else ""
    best = _equally_good(search(row.name, limit=None, starts=False))
    if not best:
        note = f"{told}no place of this name is known; check its spelling."
        return _blank("unknown", note[:1].upper() + note[1:])
    if len(best) > 1:
        return _ambiguous(best, told, plan, line)
    found = lookup_place(best[0], plan, line)
    if best[0].how == "typo":
        told += f"No place is spelt so; read as {found.name}."
    elif told:
        told += "found by its name."
    return {**_blank("found", " ".join(filter(None, (told, found.note)))), **_columns(found)}


def _at_point(row: Row, point: Point, plan: Plan, line: Division | str) -> dict[str, Any]:
    found = lookup_point(point.lat, point.lon, plan, line)
    match = "found" if found.territory else "outside Ukraine"
    named = {"name": cleaned(row.name)} if row.position and row.name else {}
    return {**_blank(match, found.note), **_columns(found), **named}


def _ambiguous(best: list[Match], told: str, plan: Plan, line: Division | str) -> dict[str, Any]:
    named = [
        f"{_described(match.place)}: {lookup_place(match, plan, line).status or 'not known'}"
        for match in best[:SHOWN_CANDIDATES]
    ]
    note = f"{told}{len(best)} places fit; add the oblast or raion after a comma."
    blank = _blank("ambiguous", note)
    return {**blank, "count": len(best), "candidates": "; ".join(named)}


def _described(place: Place) -> str:
    oblast = territory_facts()[place.territory]["name_en"]
    return f"{place.name} ({', '.join(filter(None, (place.raion_en, oblast)))})"


def _equally_good(found: list[Match]) -> list[Match]:
    """The matches as good as the first; only the first if it is a city far larger than the rest."""
    if not found:
        return []
    first = found[0]
    best = [m for m in found if m.how == first.how and _is_part(m) == _is_part(first)]
    others = [match.place for match in best[1:]]
    next_city = max((place.population for place in others if place.kind == "city"), default=0)
    if first.place.kind == "city" and first.place.population > MUCH_LARGER * next_city:
        return [first]
    return best


def _is_part(match: Match) -> bool:
    return match.place.kind == "part"


def _columns(found: TownAnswer) -> dict[str, Any]:
    values = {k: v for k, v in found.as_dict().items() if k in COLUMNS and k != "note"}
    return {**values, "count": 1, "clauses": list(found.clauses)}


def _blank(match: str, note: str) -> dict[str, Any]:
    blank = dict.fromkeys(COLUMNS[2:])
    return {**blank, "match": match, "clauses": [], "count": 0, "candidates": "", "note": note}


def read_rows(content: str | bytes) -> Iterator[Row]:
    """The rows of a list; see :func:`answer_list`."""
    text = _decoded(content)
    lines = [line for line in re.split(r"\r\n|\n|\r", text) if line.strip(" \t;,\0\ufeff")]
    if not lines:
        raise DataError(Fault("list", "it is empty; give one town per line."))
    delimiter, columns = _header(lines[0])
    if not columns:
        _check_length(len(lines))
        return (_bare_row(line) for line in lines)
    _check_length(len(lines) - 1)
    if len(lines) == 1:
        raise DataError(Fault("list", "it has a header and no rows; give one town per line."))
    return _table_rows(lines[1:], delimiter, columns)


def _check_length(count: int) -> None:
    if count > MOST_ROWS:
        message = f"it has {count:,} rows; {MOST_ROWS:,} can be answered at once. Split it."
        raise DataError(Fault("list", message))


def _header(line: str) -> tuple[str, dict[str, list[int]]]:
    """The delimiter, and the positions of the columns that are known; none if it is no header."""
    for delimiter in "\t;,":
        cells = [cleaned(cell).strip("\"' ").lower() for cell in line.split(delimiter)]
        columns = {
            use: [position for position, cell in enumerate(cells) if cell in names]
            for use, names in _HEADERS.items()
        }
        if columns["name"] or (columns["lat"] and columns["lon"]):
            return delimiter, columns
    return "", {}


def _cells(line: str, delimiter: str) -> list[str]:
    """One line's cells. A row stays on its line, so an open quote cannot swallow those after it."""
    if line.count('"') % 2:
        return line.split(delimiter)
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a cell of more than 128 KB
        return line.split(delimiter)


def _table_rows(
    lines: Iterable[str], delimiter: str, columns: Mapping[str, Sequence[int]]
) -> Iterator[Row]:
    for line in lines:
        cells = _cells(line, delimiter)

        def cell(use: str, cells: list[str] = cells) -> list[str]:
            return [cells[n].strip() for n in columns[use] if n < len(cells) and cells[n].strip()]

        position = [*cell("lat")[:1], *cell("lon")[:1]]
        yield Row(", ".join([*cell("name")[:1], *cell("where")]), " ".join(position))


def _bare_row(line: str) -> Row:
    """A line without a header: a position, or a name with what tells where, or with a position."""
    delimiter = next((mark for mark in "\t;" if mark in line), ",")
    cells = [cell.strip() for cell in _cells(line, delimiter) if cell.strip()]
    if len(cells) >= 3 and (position := " ".join(cells[-2:])) and parse_point(position):
        return Row(", ".join(cells[:-2]), position)
    if parse_point(line):
        return Row(line)
    worded = [cell for cell in cells if any(letter.isalpha() for letter in cell)]
    return Row(", ".join(worded) or line.strip())


def _decoded(content: str | bytes) -> str:
    size = len(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))
    if size > MOST_BYTES:
        message = f"it is larger than {MOST_BYTES / 1e6:.0f} MB; split it."
        raise DataError(Fault("list", message))
    if isinstance(content, str):
        return content
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _is_binary(text):
            return text
    raise DataError(Fault("list", "it is no text; save it as CSV in UTF-8."))


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if b"\0" in content[:200]:
        return ("utf-16-le", "utf-16-be")
    return ("utf-8-sig", "cp1251")


def _is_binary(text: str) -> bool:
    """Whether more than one character in a hundred is one that no text has."""
    strange = sum(
        unicodedata.category(letter) in ("Cc", "Cn", "Co") and letter not in "\t\r\n"
        for letter in text
    )
    return 100 * strange > len(text)


def as_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] = COLUMNS) -> str:
    """Rows as CSV with a header; text that a spreadsheet would run as a formula is harmless."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def as_json(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] = COLUMNS) -> str:
    """Rows as a JSON list, with their columns in order."""
    ordered = [{column: row[column] for column in columns} for row in rows]
    return json.dumps(ordered, ensure_ascii=False, indent=1)


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        value = " ".join(f"{key}={entry}" for key, entry in value.items())
    if isinstance(value, list | tuple):
        value = " ".join(value)
    return harmless(value) if isinstance(value, str) else value


def harmless(text: str) -> str:
    """``text``, marked as text with ' if a spreadsheet would take it for a formula."""
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) else text
