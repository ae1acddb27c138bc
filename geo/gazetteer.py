"""Every settlement of Ukraine that can be placed or named, found by any of its names.

Reads ``data/gazetteer.csv.gz`` (see ``data/README.md``) once, when first asked.
"""

from __future__ import annotations

import csv
import gzip
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, Literal

from geo import paths
from geo.errors import Fault, NotFoundError
from geo.place_names import key, keys, literal, romanised
from geo.reading import read_json, read_text

LONGEST_QUERY = 100
"""Characters of a query that are read; the rest is left out."""

How = Literal["exact", "other_name", "prefix", "typo"]

_TYPOS = ((5, 0), (8, 1), (10 * LONGEST_QUERY, 2))
"""How many letters may be wrong in keys shorter than so many letters."""


_ID = re.compile(r"#(\S+)$|^(UA\d{17})$")


@dataclass(frozen=True)
class Place:
    """A settlement, or a part of one. ``lat`` and ``lon`` (degrees) are ``None`` if not known.

    ``katottg``: code in Ukraine's codifier, or empty; ``kind``: city, settlement, village or part;
    ``raion``: KATOTTG code; ``territory``: ISO 3166-2; ``population``: 0 if not known;
    ``held``: R or U on each day of :func:`control_dates`, or empty.
    """

    katottg: str
    geonameid: str
    kind: str
    name_uk: str
    name_en: str
    other_names: tuple[str, ...]
    lat: float | None
    lon: float | None
    population: int
    hromada_uk: str
    raion: str
    territory: str
    held: str

    @property
    def id(self) -> str:
        """A name for the place that no other has."""
        return self.katottg or self.geonameid or f"{self.lat},{self.lon}"

    @property
    def name(self) -> str:
        """The name in Latin script."""
        return self.name_en

    @property
    def name_zh(self) -> str:
        """The Chinese name; empty where none is known."""
        return next((name for name in self.other_names if "\u4e00" <= name[0] <= "\u9fff"), "")

    @property
    def raion_en(self) -> str:
        """The raion's name, such as ``Kramatorskyi Raion``; empty where there is none."""
        return str(raion_facts().get(self.raion, {}).get("name_en", ""))

    @property
    def raion_uk(self) -> str:
        """The raion's Ukrainian name; empty where there is none."""
        return str(raion_facts().get(self.raion, {}).get("name_uk", ""))

    @property
    def hromada_en(self) -> str:
        """The hromada's name in the national romanisation; empty where it is not known."""
        return romanised(self.hromada_uk)

    @property
    def held_on(self) -> dict[str, str]:
        """R or U by date, from the control table; empty if it does not list the place."""
        return dict(zip(control_dates(), self.held, strict=False))


@dataclass(frozen=True)
class Match:
    """A place and how it was found: by its name, an older or foreign name, a start, or a typo."""

    place: Place
    how: How


@cache
def raion_facts() -> dict[str, dict[str, Any]]:
    """Names and territory of each raion, by its KATOTTG code."""
    features = read_json(paths.RAIONS)["features"]
    return {feature["properties"]["katottg"]: feature["properties"] for feature in features}


@cache
def control_dates() -> tuple[str, ...]:
    """The days of the control table, oldest first."""
    header = read_text(paths.REFERENCE / "settlement_control.csv.gz").partition("\n")[0]
    found = re.findall(r"held_(\d{4})_(\d\d)_(\d\d)", header)
    return tuple("-".join(parts) for parts in found)


class Gazetteer:
    """The places, and an index of their names by key."""

    def __init__(self, rows: Sequence[list[str]]):
        self._rows = rows
        self.by_name: dict[str, list[int]] = {}
        self._add(self.by_name, enumerate(keys(row[3] or row[4] for row in rows)))
        others = [
            (number, name)
            for number, row in enumerate(rows)
            if row[5]
            for name in row[5].split("|")
        ]
        self.by_other: dict[str, list[int]] = {}
        spelt = keys(name for _, name in others)
        self._add(self.by_other, zip((number for number, _ in others), spelt, strict=True))

    @staticmethod
    def _add(index: dict[str, list[int]], spelt: Iterable[tuple[int, str]]) -> None:
        for number, name in spelt:
            if name:
                found = index.setdefault(name, [])
                if not found or found[-1] != number:
                    found.append(number)

    @cached_property
    def spelt(self) -> list[str]:
        """Every key, sorted."""
        return sorted(self.by_name.keys() | self.by_other.keys())

    @cached_property
    def by_id(self) -> dict[str, int]:
        """The rows by the id of their place."""
        return {row[0] or row[1] or f"{row[6]},{row[7]}": n for n, row in enumerate(self._rows)}

    def __len__(self) -> int:
        return len(self._rows)

    @lru_cache(maxsize=32_768)  # noqa: B019 (there is one gazetteer, and it is never let go)
    def place(self, number: int) -> Place:
        """The place in a row of the file."""
        code, geonameid, kind, uk, en, others, lat, lon, people, hromada, raion, iso, held = (
            self._rows[number]
        )
        names = tuple(others.split("|")) if others else ()
        north, east = (float(lat), float(lon)) if lat else (None, None)
        where = (north, east, int(people), hromada, raion, iso, held)
        return Place(code, geonameid, kind, uk, en or romanised(uk), names, *where)

    def called(self, spelt: str) -> set[int]:
        """The rows that have this key as a name of theirs."""
        return {*self.by_name.get(spelt, ()), *self.by_other.get(spelt, ())}

    def starting(self, start: str) -> set[int]:
        """The rows of which a name's key starts so."""
        first = bisect_left(self.spelt, start)
        last = bisect_left(self.spelt, f"{start}\uffff")
        return {number for spelt in self.spelt[first:last] for number in self.called(spelt)}

    @lru_cache(maxsize=20_000)  # noqa: B019
    def like(self, spelt: str) -> frozenset[int]:
        """The rows whose key has the same first letter and differs in the fewest, few at most."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        allowed = next(count for length, count in _TYPOS if len(spelt) < length)
        first = bisect_left(self.spelt, spelt[:1]), bisect_left(self.spelt, f"{spelt[:1]}\uffff")
        if not allowed:
            return frozenset()
        known = self.spelt[slice(*first)]
        near = extract(spelt, known, scorer=OSA.distance, score_cutoff=allowed, limit=50)
        best = [name for name, distance, _ in near if distance == near[0][1]]
        return frozenset(number for name in best for number in self.called(name))

    def nearest_names(self, text: str, limit: int = 3) -> list[str]:
        """Names of places that are spelt most like ``text``, however far from it."""
        from rapidfuzz import fuzz, process

        near = process.extract(key(cleaned(text)), self.spelt, scorer=fuzz.ratio, limit=limit)
        best = [max(self.called(spelt), key=self._size) for spelt, _, _ in near]
        return list(dict.fromkeys(self.place(number).name for number in best))

    def _size(self, number: int) -> int:
        return int(self._rows[number][8])


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of ``data/``. Raises :class:`NotFoundError` if it is not built."""
    try:
        with gzip.open(paths.GAZETTEER, "rt", encoding="utf-8", newline="") as file:
            return Gazetteer(list(csv.reader(file))[1:])
    except FileNotFoundError as error:
        message = "it is not built; run python -m geo.build gazetteer."
        raise NotFoundError(Fault("data/gazetteer.csv.gz", message)) from error


def cleaned(text: str) -> str:
    """``text`` without control and formatting characters, one space between words, capped."""
    kept = (
        " " if unicodedata.category(letter) in ("Cc", "Zl", "Zp", "Zs") else letter
        for letter in text[: 4 * LONGEST_QUERY]
        if unicodedata.category(letter) not in ("Cf", "Cs", "Co", "Cn")
    )
    return " ".join("".join(kept).split())[:LONGEST_QUERY].strip()


def search(text: str, limit: int | None = 8, starts: bool = True) -> list[Match]:
    """Places called ``text``, best first; ``None`` for ``limit`` gives all. Raises for no text.

    A name in Latin or Cyrillic script, then, if wanted, oblast, raion or hromada: "Ivanivka,
    Kherson", "Іванівка Херсонська". Of several places of a name the one that bears it now comes
    before those that bore it, a settlement before a part of one, a large one before a small one.
    A code of the codifier, or any place's id after "#", finds that place alone.
    Where there is no such name, names that start so are looked for (unless ``starts`` is false),
    and where that fails too, names that are spelt nearly so.
    """
    from geo.place_queries import readings

    asked = cleaned(text)
    if not key(asked):
        return []
    known = gazetteer()
    if (coded := _ID.search(asked)) and (
        number := known.by_id.get(coded[1] or coded[2])
    ) is not None:
        return [Match(known.place(number), "exact")]
    for find in (_named, _starting, _misspelt) if starts else (_named, _misspelt):
        for reading in readings(asked):
            if found := find(known, reading.name):
                narrowed = [match for match in found if reading.fits(match.place)]
                if narrowed:
                    return narrowed[:limit]
    return []


def _named(known: Gazetteer, name: str) -> list[Match]:
    spelt = key(name)
    now = set(known.by_name.get(spelt, ()))
    found = [Match(known.place(number), "exact") for number in now]
    before = known.by_other.get(spelt, ())
    found += [Match(known.place(number), "other_name") for number in before if number not in now]
    return _sorted(found, name)


def _starting(known: Gazetteer, name: str) -> list[Match]:
    found = known.starting(key(name)) if key(name) else set()
    return _sorted([Match(known.place(number), "prefix") for number in found], name)


def _misspelt(known: Gazetteer, name: str) -> list[Match]:
    return _sorted([Match(known.place(number), "typo") for number in known.like(key(name))], name)


def _sorted(found: list[Match], name: str) -> list[Match]:
    asked = literal(name)

    def order(match: Match) -> tuple[Any, ...]:
        place = match.place
        as_written = asked in (literal(place.name_uk), literal(place.name_en))
        return (
            match.how == "other_name",
            place.kind == "part",
            match.how == "exact" and not as_written,
            -place.population,
            place.name,
            place.id,
        )

    return sorted(found, key=order)
