"""What a plan says of a territory in a few letters: the notation of the treaty matrix.

The letters of a territory are those of its one or two pieces, merged. ``R``: to be recognised as
Russian, ``r``: de facto; ``L``: divided at the line of contact; ``D``: demilitarized or a special
zone; ``W``: Ukrainian forces withdraw; ``U``: Ukrainian, or Russia leaves; ``?``: left open.
A letter carries ``*`` if all that gives it is inferred, ``?`` if it is disputed or unverified; in
brackets, and without such a mark, stands what the plan holds out instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from geo.answers import Answer, PlaceAnswer
    from geo.plan import Certainty, Plan, Term

Symbol = Literal["R", "r", "L", "D", "W", "U", "?"]
SYMBOLS: tuple[Symbol, ...] = get_args(Symbol)
"""The letters in the order in which they are written."""

Mark = Literal["", "*", "?"]

NOTHING = "–"
UNVERIFIED = "unverified"


@dataclass(frozen=True)
class Letter:
    """One letter; ``offered``: the plan holds it out instead of what it says otherwise."""

    symbol: Symbol
    mark: Mark = ""
    offered: bool = False

    def __str__(self) -> str:
        written = self.symbol + self.mark
        return f"({written})" if self.offered else written


def letters(answers: Iterable[Answer]) -> tuple[Letter, ...]:
    """The letters of some pieces together, in the order of :data:`SYMBOLS`, what is offered last.

    A letter is offered only where no piece has it outright.
    """
    pieces = tuple(answers)
    sureness: dict[Symbol, set[Certainty]] = {}
    for symbol, certainty in (given for found in pieces for given in _given(found)):
        sureness.setdefault(symbol, set()).add(certainty)
    offered = {_offered(term) for found in pieces for term in found.alternatives}
    outright = [Letter(each, _mark(sureness[each])) for each in SYMBOLS if each in sureness]
    instead = [each for each in SYMBOLS if each in offered and each not in sureness]
    return (*outright, *(Letter(each, offered=True) for each in instead))


def notation(answers: Iterable[Answer]) -> str:
    """The letters as text: ``r, D, W``; ``unverified`` or ``–`` where there are none."""
    pieces = tuple(answers)
    if found := letters(pieces):
        return ", ".join(map(str, found))
    return UNVERIFIED if unverified(pieces) else NOTHING


def unverified(answers: Iterable[Answer]) -> bool:
    """Whether all that is known of some pieces is that nobody has verified what is said of them."""
    pieces = tuple(answers)
    return not letters(pieces) and any(
        term.certainty == "unverified" for found in pieces for term in found.terms
    )


def _mark(sureness: set[Certainty]) -> Mark:
    if "stated" in sureness:
        return ""
    return "*" if sureness == {"inferred"} else "?"


def _given(found: Answer) -> Iterator[tuple[Symbol, Certainty]]:
    """Each letter of one piece, once for every term that gives it, with how sure that makes it."""
    for term in found.terms:
        for symbol in _symbols(term, found):
            yield symbol, term.certainty


def _symbols(term: Term, found: Answer) -> Iterator[Symbol]:
    """The letters that one term gives a piece; terms that others overrule give none."""
    status = term.status if term.status == found.status else None
    treated = term.treated_as if term.treated_as == found.treated_as else None
    if treated == "Russia" or (status == "ceded" and found.treated_as is None):
        yield "r" if found.how == "de_facto" else "R"
    if status == "frozen_line":
        yield "L"
    if status == "demilitarized" or term.regime is not None:
        yield "D"
    if "Ukraine" in term.leaves:
        yield "W"
    if status == "relinquished" or (treated == "Ukraine" and found.held_by == "Russia"):
        yield "U"
    if status == "left_open":
        yield "?"


def _offered(term: Term) -> Symbol | None:
    """What a term that is an alternative would make of land: one letter, its status before all."""
    if term.status == "demilitarized" or (term.status is None and term.regime is not None):
        return "D"
    if term.status == "ceded" or (term.status is None and term.treated_as == "Russia"):
        return "r" if term.how == "de_facto" else "R"
    by_status: dict[str | None, Symbol] = {
        "frozen_line": "L",
        "relinquished": "U",
        "left_open": "?",
    }
    return by_status.get(term.status) or ("W" if "Ukraine" in term.leaves else None)


def plant_notation(plan: Plan, found: PlaceAnswer) -> str:
    """What a plan says of a nuclear plant, in a word or two."""
    if not found.terms:
        return NOTHING
    if found.certainty == "disputed":
        return "disputed"
    if found.treated_as in ("Russia", "Ukraine"):
        return _owned(found)
    if found.treated_as == "open":
        return "?"
    if {plan.clause(clause).confidence for clause in found.clauses} == {"single"}:
        return "single source"
    if found.certainty == "unverified":
        return UNVERIFIED
    return _run(found)


def _owned(found: PlaceAnswer) -> str:
    giving = {t.certainty for t in found.terms if t.treated_as == found.treated_as}
    letter = ("R" if found.treated_as == "Russia" else "U") + _mark(giving)
    if found.treated_as == "Ukraine" and "us" in found.operation:
        return f"{letter} via US"
    return f"{letter} + IAEA" if "iaea" in found.operation else letter


def _run(found: PlaceAnswer) -> str:
    """Who runs a plant that goes to nobody, and who gets its output."""
    if {"iaea", "shared_output"} <= set(found.operation):
        return "IAEA, 50:50"
    return ", ".join(name for how, name in _WAYS.items() if how in found.operation) or NOTHING


_WAYS = {"iaea": "IAEA", "us": "via US", "joint": "joint", "shared_output": "shared output"}
