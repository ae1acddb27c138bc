"""Two plans, or one plan on two lines: for which land they say different things, and in what.

Land is compared piece by piece. On one line those are the pieces of its division. On two lines the
land of a territory falls into up to four parts, by who holds it on either: ground that a side
holds on both, and ground that changed hands between them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args

from geo.answers import Answer, answer, place_answer, place_terms
from geo.common_ground import common_ground
from geo.line import OWN_LINE
from geo.people import People
from geo.zone_ids import zone_id

if TYPE_CHECKING:
    from geo.division import Division
    from geo.intervals import Interval
    from geo.plan import Plan

Fact = Literal["status", "recognition", "holder", "forces"]
FACTS: tuple[Fact, ...] = get_args(Fact)
"""What two sides of a comparison can say differently of land.

``status``: with what a plan holds out instead, and whether nobody has verified it;
``recognition``: as whose it would be treated and how; ``holder``: who holds it on the line;
``forces``: whose leave, whose stay out, and what regime there would be.
"""


def said_of(found: Answer, fact: Fact) -> Any:
    """What an answer says in one respect; equal values mean that both sides say the same."""
    if fact == "status":
        instead = frozenset(term.status for term in found.alternatives if term.status)
        return (
            found.status,
            found.status == "unaffected" and found.certainty == "unverified",
            instead,
        )
    if fact == "recognition":
        return found.recognition
    if fact == "holder":
        return found.held_by
    return (*found.forces, frozenset(found.regimes))


@dataclass(frozen=True)
class Part:
    """A piece of land, with what either side of the comparison says of it.

    ``area_km2`` is measured in an equal-area CRS. ``estimated``: whether the people are a share of
    their oblast's official figure. ``unplaced``: settlements of the oblast that lie in none of its
    parts for certain.
    """

    territory: str
    left: Answer
    right: Answer
    area_km2: float
    people: People
    settlements: int
    unplaced: int = 0

    @property
    def zones(self) -> tuple[str, str]:
        """The zones that it is in on the left and on the right."""
        return (
            zone_id(self.territory, self.left.held_by),
            zone_id(self.territory, self.right.held_by),
        )

    @cached_property
    def differs(self) -> tuple[Fact, ...]:
        """In what the two sides say different things of it."""
        return tuple(f for f in FACTS if said_of(self.left, f) != said_of(self.right, f))

    @property
    def moved(self) -> bool:
        """Whether it is held by one side on the left and by the other on the right."""
        return self.left.held_by != self.right.held_by


@dataclass(frozen=True)
class Total:
    """Parts together. ``area``: from where to where the area may be, ``None`` if not measured."""

    area_km2: float
    area: Interval | None
    people: int
    years: tuple[int, ...]
    settlements: int
    unplaced: int


@dataclass(frozen=True, eq=False)
class Comparison:
    """All land under two plans, or under one on two lines; ``parts`` by territory and holder."""

    left: Plan
    left_line: str
    right: Plan
    right_line: str
    parts: tuple[Part, ...]

    @property
    def two_lines(self) -> bool:
        """Whether the sides are read on different lines."""
        return self.left_line != self.right_line

    @cached_property
    def different(self) -> tuple[Part, ...]:
        """The land that would fare differently, most land first."""
        return tuple(sorted((p for p in self.parts if p.differs), key=_most_first))

    @cached_property
    def same(self) -> tuple[Part, ...]:
        """The land of which both sides say the same, most land first."""
        return tuple(sorted((p for p in self.parts if not p.differs), key=_most_first))

    def differing_in(self, fact: Fact) -> tuple[Part, ...]:
        """The land on which the two sides differ in one respect, most land first."""
        return tuple(part for part in self.different if fact in part.differs)

    def total(self, parts: Iterable[Part]) -> Total:
        """Some parts together, with the interval of their area as one."""
        mine = tuple(parts)
        unplaced = {part.territory: part.unplaced for part in mine}
        return Total(
            area_km2=sum(part.area_km2 for part in mine),
            area=self._interval(mine),
            people=sum(part.people.count for part in mine),
            years=tuple(sorted({part.people.year for part in mine})),
            settlements=sum(part.settlements for part in mine),
            unplaced=sum(unplaced.values()),
        )

    def _interval(self, parts: tuple[Part, ...]) -> Interval | None:
        if self.two_lines or self.left_line == OWN_LINE:
            return None
        from geo.intervals import area_interval

        return area_interval(self.left_line, {part.zones[0]: part.area_km2 for part in parts})


def _most_first(part: Part) -> tuple[float, str, str]:
    return -part.area_km2, part.territory, part.left.held_by


def compare(
    left: Plan, left_division: Division, right: Plan, right_division: Division
) -> Comparison:
    """What two plans, each on its division, say of every piece of land.

    Both divisions have to be of the same outlines. Swapping the sides swaps what they say and
    changes no figure. Raises ``ValueError`` where the terms of a plan clash.
    """
    parts = tuple(
        Part(
            territory=each.territory,
            left=answer(left, each.territory, each.before),
            right=answer(right, each.territory, each.after),
            area_km2=each.area_km2,
            people=each.people,
            settlements=each.contents.settlements,
            unplaced=each.contents.unplaced,
        )
        for each in common_ground(left_division, right_division)
    )
    return Comparison(left, left_division.line, right, right_division.line, parts)


def differing_places(left: Plan, right: Plan) -> list[str]:
    """The sites and rivers, by id, that one plan alone speaks of or of which they say different.

    Of a site they may differ in as whose it would be treated and in who operates it.
    """
    named = sorted({*place_terms(left), *place_terms(right)})
    return [place for place in named if _of_place(left, place) != _of_place(right, place)]


def _of_place(plan: Plan, place: str) -> Any:
    found = place_answer(plan, place)
    return bool(found.terms), found.treated_as, frozenset(found.operation)
