"""VIINA's control tables: who held which settlement on a day, as a second source beside ours.

VIINA 2.0 (Zhukov and Ayers, ODbL 1.0) gives a file a year: a row for each populated place and
day, with columns ``geonameid`` (``control_latest_YEAR``) or ``kod``, the KATOTTG code
(``kontrol_latest_YEAR``); ``date`` as 20251121; and a status (``UA``, ``RU``, ``CONTESTED``) by
each of its sources, see :data:`COLUMNS`. Files are read as a stream, never fetched. By code most of
our table is found (5,435 of 6,491 settlements), by ``geonameid`` 2,102.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from geo.days import WHOLE_DAY
from geo.errors import DataError, Fault, did_you_mean
from geo.sources.table_file import rows_of

COLUMNS = {
    "status": "the majority of VIINA's sources, ties decided by DeepStateMap",
    "status_wiki": "Wikipedia's crowdsourced maps",
    "status_boost": "the same, brought up to date by VIINA's reports of events",
    "status_dsm": "DeepStateMap, which our own table follows as well",
    "status_isw": "the Institute for the Study of War",
}
"""What each column of statuses is from. ``status`` is the default: VIINA's own answer."""

STATUSES = ("UA", "RU", "CONTESTED")
NO_STATUS = ("", "NA")

KEYS = {"geonameid": "geonameid", "kod": "katottg"}
"""The column that names a place, and that of our table which it is joined to."""

MOST_FAULTS = 20
"""So many bad rows are told; then the rest is counted."""


@dataclass(frozen=True)
class Control:
    """Statuses of one day: ``status`` by place, ``key`` says by which column of our table.

    ``column`` is one of :data:`COLUMNS`, ``unsaid`` counts places without a status in it,
    ``version`` is VIINA's own, empty if the file has none.
    """

    date: str
    column: str
    key: str
    status: dict[str, str] = field(repr=False)
    unsaid: int = 0
    version: str = ""


def read_control(path: Path, date: str, column: str = "status") -> Control:
    """Read the statuses of ``date`` (2025-11-21) from a CSV file, or a ZIP that holds one.

    Raises :class:`DataError` with a sentence for each bad row, by its line, or if the file has
    no such day, no such column, or is no such table.
    """
    if column not in COLUMNS:
        message = f"there is no column {column[:40]!r}{did_you_mean(column, COLUMNS)}"
        raise DataError(Fault(path.name, message))
    if not re.fullmatch(WHOLE_DAY, date):
        raise DataError(Fault(path.name, f"{date[:40]!r} is not a day; write it as 2025-11-21."))
    rows = rows_of(path)
    _, names = next(rows, (1, []))
    reading = _Reading(path.name, date.replace("-", ""), _read_header(path.name, names, column))
    for number, row in rows:
        reading.take(number, row)
    return reading.control(date, column)


@dataclass(frozen=True)
class _Header:
    """Where in a row the columns are; ``key``: which of :data:`KEYS` names the place."""

    width: int
    key: str
    place: int
    date: int
    status: int
    version: int | None


def _read_header(file: str, names: list[str], column: str) -> _Header:
    at = {name: position for position, name in enumerate(names)}
    key = next((name for name in KEYS if name in at), "")
    missing = [] if key else ["geonameid"]
    missing += [name for name in ("date", column) if name not in at]
    if missing:
        message = f"the table has no column {', '.join(missing)}; take kontrol_latest of VIINA 2.0."
        raise DataError(Fault(file, message, 1))
    version = at.get("vcontrol_version")
    return _Header(len(names), key, at[key], at["date"], at[column], version)


class _Reading:
    """The rows of one day as they come, and what is wrong with them."""

    def __init__(self, file: str, day: str, header: _Header):
        self.file, self.day, self.header = file, day, header
        self.status: dict[str, str] = {}
        self.unsaid: set[str] = set()
        self.first, self.last = "99999999", ""
        self.version = ""
        self.faults: list[Fault] = []
        self.bad = 0

    def take(self, number: int, row: list[str]) -> None:
        if len(row) != self.header.width:
            message = f"it has {len(row)} cells, the header {self.header.width}; mend its commas."
            self._fault(number, message)
            return
        day = row[self.header.date]
        self.first, self.last = min(day, self.first), max(day, self.last)
        if day == self.day:
            self._take_status(number, row)

    def _take_status(self, number: int, row: list[str]) -> None:
        text, status = row[self.header.place], row[self.header.status]
        place = _geonameid(text) if self.header.key == "geonameid" else _code(text)
        if self.header.version is not None:
            self.version = row[self.header.version][:40]
        if place is None:
            self._fault(number, f"{text[:40]!r} is no id of a place; mend it.")
        elif status in NO_STATUS:
            self.unsaid.add(place)
        elif status not in STATUSES:
            known = ", ".join(STATUSES)
            self._fault(number, f"the status is {status[:40]!r}; it has to be one of {known}.")
        elif self.status.setdefault(place, status) != status:
            self._fault(number, f"{place} is given twice, with different statuses; keep one.")

    def _fault(self, number: int, message: str) -> None:
        self.bad += 1
        if self.bad <= MOST_FAULTS:
            self.faults.append(Fault(self.file, message, number))

    def control(self, date: str, column: str) -> Control:
        if self.bad > MOST_FAULTS:
            more = f"and {self.bad - MOST_FAULTS} more rows are wrong; export the table again."
            self.faults.append(Fault(self.file, more))
        if self.faults:
            raise DataError(self.faults)
        if not self.status:
            raise DataError(Fault(self.file, self._nothing(date, column)))
        unsaid = len(self.unsaid - self.status.keys())
        return Control(date, column, KEYS[self.header.key], self.status, unsaid, self.version)

    def _nothing(self, date: str, column: str) -> str:
        if self.unsaid:
            return f"the column {column} says nothing on {date}; choose another column or day."
        if not self.last:
            return "the table has no rows; take kontrol_latest of VIINA 2.0."
        return f"it has no rows of {date}; its days are {self.first[:8]} to {self.last[:8]}."


def _geonameid(text: str) -> str | None:
    """An id as whole digits; R, which writes these tables, may write 700000 as 7e+05."""
    try:
        number = float(text)
    except ValueError:
        return None
    return str(int(number)) if 0 < number < 1e9 and number.is_integer() else None


def _code(text: str) -> str | None:
    return text if re.fullmatch(r"UA\d{17}", text, re.ASCII) else None
