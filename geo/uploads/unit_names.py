"""Which of the 27 units a feature's codes and names mean."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from geo import paths
from geo.place_names import keys, romanised
from geo.reading import read_text
from geo.territories import KINDS_OF_UNIT, short_name
from geo.uploads import messages

HASC = {
    "UA.CK": "UA-71",
    "UA.CH": "UA-74",
    "UA.CV": "UA-77",
    "UA.DP": "UA-12",
    "UA.DT": "UA-14",
    "UA.IF": "UA-26",
    "UA.KK": "UA-63",
    "UA.KS": "UA-65",
    "UA.KM": "UA-68",
    "UA.KH": "UA-35",
    "UA.KC": "UA-30",
    "UA.KV": "UA-32",
    "UA.KR": "UA-43",
    "UA.LH": "UA-09",
    "UA.LV": "UA-46",
    "UA.MY": "UA-48",
    "UA.OD": "UA-51",
    "UA.PL": "UA-53",
    "UA.RV": "UA-56",
    "UA.SC": "UA-40",
    "UA.SM": "UA-59",
    "UA.TP": "UA-61",
    "UA.VI": "UA-05",
    "UA.VO": "UA-07",
    "UA.ZK": "UA-21",
    "UA.ZP": "UA-23",
    "UA.ZT": "UA-18",
}
"""Hierarchical administrative subdivision codes, as GADM and Natural Earth use them."""

OTHER_NAMES = {"Kiev": ("UA-30", "UA-32"), "Kiev City": ("UA-30",), "Transcarpathia": ("UA-21",)}

LIKE = 88
"""How like (0 to 100) a name has to be to one that is known."""
AHEAD = 4
"""By how much it has to be liker than any other."""

_KIND_WORDS = re.compile(
    r"\b(?:oblast[ʼ'’]?|region|province|city|misto|of|autonomous|republic|область|обл|місто|м|"
    r"город|г|автономна|автономная|республіка|республика|ар)\b\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Meant:
    """The ISO codes that ``value`` may mean (two where only the place can tell), and by what."""

    codes: tuple[str, ...]
    how: str
    value: str


def meant(row: dict[str, str]) -> Meant | None:
    """What a feature's properties mean, codes before names; ``None`` if nothing is known."""
    values = list(row.values())
    tests = ((messages.BY_ISO, _by_iso), (messages.BY_KATOTTG, _by_katottg))
    for how, test in (*tests, (messages.BY_HASC, lambda value: HASC.get(value.upper()))):
        for value in values:
            if code := test(value):
                return Meant((code,), how, value)
    named = _names()
    folded = keys(_bare(value) for value in values)
    for value, folded_value in zip(values, folded, strict=True):
        if codes := named.get(folded_value):
            return Meant(tuple(sorted(codes)), messages.BY_NAME, value)
    for value, folded_value in zip(values, folded, strict=True):
        if codes := _much_like(folded_value, named):
            return Meant(tuple(sorted(codes)), messages.BY_LIKENESS, value)
    return None


def is_of_a_part(value: str) -> bool:
    """Whether ``value`` is the KATOTTG code of something smaller than an oblast."""
    return bool(re.fullmatch(r"UA\d{17}", value)) and not _first_level(value)


def _first_level(code: str) -> bool:
    return code[4:14] == "0" * 10


@cache
def _units() -> list[dict[str, str]]:
    text = read_text(paths.REFERENCE / "oblast_facts.csv")
    return list(csv.DictReader(text.splitlines()))


def _by_iso(value: str) -> str | None:
    known = {row["iso_3166_2"] for row in _units()}
    return value.upper() if value.upper() in known else None


def _by_katottg(value: str) -> str | None:
    """By the code of the codifier, or its first four characters, which maps often use alone."""
    prefixes = {row["katottg_prefix"]: row["iso_3166_2"] for row in _units()}
    code = value.upper()
    if re.fullmatch(r"UA\d{17}", code) and not _first_level(code):
        return None
    if re.fullmatch(r"UA\d\d(\d{15})?", code):
        return prefixes.get(code[:4]) or _by_iso(f"UA-{code[2:4]}")
    return None


@cache
def _names() -> dict[str, set[str]]:
    """The ISO codes by each way to write a name, folded to one spelling."""
    found: dict[str, set[str]] = {}

    def add(names: Iterable[str], code: str) -> None:
        for folded in keys(_bare(name) for name in names):
            if folded:
                found.setdefault(folded, set()).add(code)

    for row in _units():
        whole = [row[f"name_{language}"] for language in ("en", "uk", "zh", "ru")]
        adjective = romanised(short_name(row["name_uk"]))
        add([*whole, *map(short_name, whole), adjective], row["iso_3166_2"])
    for name, codes in OTHER_NAMES.items():
        for code in codes:
            add([name], code)
    return found


def _bare(name: str) -> str:
    """A name without what kind of unit it is."""
    bare = " ".join(_KIND_WORDS.sub(" ", name).split())
    for word in KINDS_OF_UNIT:
        bare = bare.removesuffix(word.strip()) if not word.isascii() else bare
    return bare.strip() or name


def _much_like(folded: str, named: dict[str, set[str]]) -> set[str]:
    from rapidfuzz import fuzz, process

    if len(folded) < 4:
        return set()
    best = process.extract(folded, list(named), scorer=fuzz.ratio, limit=8, score_cutoff=LIKE)
    if not best:
        return set()
    codes = named[best[0][0]]
    rivals = [score for name, score, _ in best if named[name] != codes]
    return codes if not rivals or best[0][1] - max(rivals) >= AHEAD else set()
