"""What somebody asks for: a name, and perhaps the oblast, raion or hromada it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.place_names import key
from geo.territories import territory_facts

if TYPE_CHECKING:
    from geo.gazetteer import Place

_UNITS = re.compile(
    r"\b(?:oblast|obl|region|raion|rayon|district|hromada|community|province|ukraine"
    r"|область|області|обл|район|району|р-н|громада|тг|рн|україна|украина)\b\.?",
    re.IGNORECASE,
)
_KINDS = re.compile(
    r"^(?:м|с|смт|сщ|г|пгт|пос|місто|село|селище|город|посёлок|поселок|city of|village of|town of)"
    r"(?:\.\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"(?:s?k(?:a|i|oi|oho|e)?|a|i)$")

SHORTEST_STEM = 3
MOST_WORDS = 8
ALIKE = 85


@dataclass(frozen=True)
class Reading:
    """One way to read a query: ``name``, and ``where`` it is in words (empty: anywhere)."""

    name: str
    where: tuple[str, ...] = ()

    def fits(self, place: Place) -> bool:
        """Whether every word of ``where`` names the place's oblast, raion or hromada."""
        known = _stems_of(place.territory, place.raion, place.hromada_uk)
        return all(any(_alike(word, stem) for stem in known) for word in self.where)


def readings(asked: str) -> Iterator[Reading]:
    """The ways to read a query, most literal first; the name is never empty."""
    asked = _KINDS.sub("", asked) or asked
    name, *where = [part.strip() for part in re.split(r"[,;()/|]", asked) if part.strip()]
    if where:
        yield Reading(name, _stems(" ".join(where)))
        return
    yield Reading(name)
    words = name.split()[:MOST_WORDS]
    for count in range(len(words) - 1, 0, -1):
        stems = _stems(" ".join(words[count:]))
        if stems:
            yield Reading(" ".join(words[:count]), stems)


def _stems(text: str) -> tuple[str, ...]:
    """The words of ``text`` that can name a unit, as stems; without "oblast", "raion" and such."""
    words = re.split(r"[\s-]+", _UNITS.sub(" ", text))
    return tuple(stem for word in words if len(stem := _stem(word)) >= SHORTEST_STEM)


def _stem(word: str) -> str:
    return _ADJECTIVE.sub("", key(word))


@lru_cache(maxsize=4096)
def _stems_of(territory: str, raion: str, hromada: str) -> tuple[str, ...]:
    from geo.gazetteer import raion_facts

    unit, facts = raion_facts().get(raion, {}), territory_facts()[territory]
    names = [facts["name_en"], facts["name_uk"], facts["capital_en"], facts["capital_uk"], hromada]
    names += [unit.get("name_en", ""), unit.get("name_uk", "")]
    code = key(territory.replace("-", ""))
    return (*dict.fromkeys(stem for name in names for stem in _stems(name)), code)


def _alike(word: str, stem: str) -> bool:
    from rapidfuzz import fuzz

    if word == stem or (min(len(word), len(stem)) >= 4 and stem.startswith(word)):
        return True
    return len(word) > 4 and fuzz.ratio(word, stem) >= ALIKE
