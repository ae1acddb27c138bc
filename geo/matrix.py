"""The treaty matrix: what every plan says of every territory, on one division of the land."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from geo.answers import Answer, PlaceAnswer, answer, place_answer
from geo.clause_ids import clause_order
from geo.notation import Letter, letters, notation, plant_notation, unverified
from geo.plan import load_plan
from geo.territories import territory_codes

if TYPE_CHECKING:
    from geo.division import Division
    from geo.plan import Plan
    from geo.statuses import Status

PLANT = "zaporizhzhia-npp"
"""The site that has a row of its own."""

Group = Literal["disputed", "partly", "rest"]

_NAMED: dict[Group, tuple[str, ...]] = {
    "disputed": ("UA-43", "UA-40", "UA-09", "UA-14", "UA-65", "UA-23"),
    "partly": ("UA-63", "UA-59", "UA-12", "UA-48", "UA-74"),
}


def groups() -> dict[Group, tuple[str, ...]]:
    """The territories (ISO codes) as the rows of the matrix are grouped; every one is in one.

    ``disputed``: the six that plans name; ``partly``: those of which Russia has held a part;
    ``rest``: all others, by code.
    """
    named = {code for codes in _NAMED.values() for code in codes}
    return {**_NAMED, "rest": tuple(code for code in territory_codes() if code not in named)}


@dataclass(frozen=True)
class Cell:
    """What one plan says of one territory: an answer for each of its one or two pieces."""

    territory: str
    pieces: tuple[Answer, ...]

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        """The letters of the pieces, merged (:mod:`geo.notation`)."""
        return letters(self.pieces)

    @cached_property
    def notation(self) -> str:
        """The letters as text: ``r, D, W``, ``unverified`` or ``–``."""
        return notation(self.pieces)

    @property
    def unverified(self) -> bool:
        """Whether nobody has verified what is said here, and nothing else is."""
        return unverified(self.pieces)

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The statuses of the pieces, Russian-held first, each once."""
        return tuple(dict.fromkeys(piece.status for piece in self.pieces))

    @property
    def clause(self) -> str | None:
        """The clause to read first: one that decides, else one that reaches the land at all."""
        deciding = [clause for piece in self.pieces for clause in piece.deciding]
        reaching = [clause for piece in self.pieces for clause in piece.clauses]
        return next(iter([*deciding, *reaching]), None)

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause that reaches the land, in the plan's order."""
        named = {clause for piece in self.pieces for clause in piece.clauses}
        return tuple(sorted(named, key=clause_order))

    @property
    def said(self) -> str:
        """What is said, apart from how sure it is: what plans are compared by."""
        if not self.letters:
            return self.notation
        return ", ".join(str(Letter(each.symbol, "", each.offered)) for each in self.letters)


@dataclass(frozen=True)
class PlantCell:
    """What one plan says of the nuclear plant."""

    answer: PlaceAnswer
    notation: str

    @property
    def clause(self) -> str | None:
        """The first clause about it."""
        return next(iter(self.answer.clauses), None)

    @property
    def said(self) -> str:
        """What is said, apart from how sure it is."""
        return self.notation.replace("*", "").replace("U?", "U").replace("R?", "R")


@dataclass(frozen=True)
class Column:
    """One plan in the matrix; ``cells`` by ISO code, every territory there."""

    plan: str
    cells: dict[str, Cell]
    plant: PlantCell

    @cached_property
    def said(self) -> tuple[str, ...]:
        """What is said of each territory and the plant, in one order for all plans."""
        return (*(self.cells[code].said for code in sorted(self.cells)), self.plant.said)


def column(plan: Plan, division: Division) -> Column:
    """A plan's column; that of a shipped plan on shipped land is made once."""
    if division.shipped and not plan.is_own:
        return _shipped(plan.id, division)
    return _column(plan, division)


@lru_cache(maxsize=256)
def _shipped(plan_id: str, division: Division) -> Column:
    return _column(load_plan(plan_id), division)


def _column(plan: Plan, division: Division) -> Column:
    found = place_answer(plan, PLANT)
    return Column(
        plan=plan.id,
        cells={cell.territory: cell for cell in _cells(plan, division)},
        plant=PlantCell(found, plant_notation(plan, found)),
    )


def _cells(plan: Plan, division: Division) -> Iterator[Cell]:
    for code in territory_codes():
        holders = sorted(piece.held_by for piece in division.pieces_of(code))
        yield Cell(code, tuple(answer(plan, code, side) for side in holders))


def matrix(plans: Iterable[Plan], division: Division) -> list[Column]:
    """The columns of some plans in their order. Raises ``ValueError`` if terms of one clash."""
    return [column(plan, division) for plan in plans]
