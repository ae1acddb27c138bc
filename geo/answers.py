"""What a plan says about a piece of land: the terms that reach it, and what follows from them.

No geometry is needed here. A piece of land is a territory (ISO code) and the side that holds it;
:mod:`geo.zones` gives each its outline.

Where several terms reach one piece, the one that names it most closely decides: a part comes
before the whole territory, the whole territory before "everything outside…". Terms that name it
equally closely must agree; if they do not, that is a clash. Facts (who recognises, which forces
leave, which conditions) never decide against each other: all of them stand, each with its clause.
A term that is an ``alternative`` decides nothing and adds no fact: it stands beside the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from geo.clause_ids import clause_order
from geo.errors import PlanError, did_you_mean

if TYPE_CHECKING:
    from geo.plan import (
        Boundary,
        Certainty,
        How,
        Language,
        Operation,
        Plan,
        Regime,
        Side,
        Term,
        Treatment,
    )
    from geo.statuses import Status

SIDES: tuple[Side, ...] = ("Russia", "Ukraine")

Fact = Literal["recognised_by", "forces", "conditions", "note"]
FACTS: tuple[Fact, ...] = get_args(Fact)

_LEAST_SURE_FIRST: tuple[Certainty, ...] = ("unverified", "disputed", "inferred", "stated")


@dataclass(frozen=True)
class Reach:
    """A term that reaches a piece of land, and how closely it names it (0 to 2)."""

    term: Term
    rank: int


@dataclass(frozen=True)
class Answer:
    """What a plan says about one piece of land; ``None`` where it says nothing."""

    territory: str
    held_by: Side
    terms: tuple[Term, ...]
    status: Status
    treated_as: Treatment | None
    how: How
    certainty: Certainty | None
    deciding: tuple[str, ...] = ()
    """The clauses that give this land a status, the one that names it most closely first."""
    alternatives: tuple[Term, ...] = ()
    """What the plan holds out for this land instead."""

    @property
    def clauses(self) -> tuple[str, ...]:
        """The numbers of the clauses that reach this land, in the plan's order, each once."""
        named = {term.clause for term in (*self.terms, *self.alternatives)}
        return tuple(sorted(named, key=clause_order))

    @property
    def leaves(self) -> tuple[Side, ...]:
        """Whose forces withdraw."""
        return tuple(s for s in SIDES if any(s in term.leaves for term in self.terms))

    @property
    def keeps_out(self) -> tuple[Side, ...]:
        """Whose forces may not come in."""
        return tuple(s for s in SIDES if any(s in term.keeps_out for term in self.terms))

    @property
    def regimes(self) -> tuple[Regime, ...]:
        """What the land becomes besides its status."""
        return tuple(dict.fromkeys(term.regime for term in self.terms if term.regime))

    @property
    def boundaries(self) -> tuple[Boundary, ...]:
        """How far the plan itself says that its terms reach here."""
        return tuple(dict.fromkeys(term.boundary for term in self.terms if term.boundary))

    @property
    def recognition(self) -> tuple[Treatment | None, How]:
        """As whose land it would be treated, and how."""
        return self.treated_as, self.how

    @property
    def forces(self) -> tuple[tuple[Side, ...], tuple[Side, ...]]:
        """Whose forces leave, and whose stay out."""
        return self.leaves, self.keeps_out

    def facts(self, fact: Fact, language: Language = "en") -> list[tuple[str, str]]:
        """Every ``(clause, words)`` that the terms give for one kind of fact, each once."""
        found = [(term.clause, getattr(term, fact)) for term in self.terms]
        rows = [(clause, _in(language, text)) for clause, text in found if text]
        return list(dict.fromkeys(rows))

    def silences(self, language: Language = "en") -> list[str]:
        """What the text does not say about this land, as its terms name it."""
        silent = [_in(language, text) for term in self.terms for text in term.silent]
        return list(dict.fromkeys(silent))


@dataclass(frozen=True)
class Clash:
    """Two terms (positions in the plan) that disagree on ``field`` for one piece of land."""

    first: int
    second: int
    field: str
    territory: str
    held_by: Side


def _in(language: Language, text: dict[Language, str]) -> str:
    return text.get(language) or text["en"]


def answer(plan: Plan, territory: str, held_by: Side) -> Answer:
    """What ``plan`` says about the part of ``territory`` that ``held_by`` holds.

    Raises ``ValueError`` if its terms clash there (:func:`clashes` says which).
    """
    reached = list(reaching(plan, territory, held_by))
    reaches = _binding(reached)
    decided = _decided(reaches)
    for field, deciding in decided.items():
        if len({getattr(reach.term, field) for reach in deciding}) > 1:
            raise ValueError(f"terms clash over the {field} of {territory} held by {held_by}")
    values = {
        field: getattr(deciding[0].term, field) if deciding else None
        for field, deciding in decided.items()
    }
    giving = [reach for reach in reaches if reach.term.status is not None]
    closest_first = sorted(giving, key=lambda reach: -reach.rank)
    sureness = {reach.term.certainty for reach in decided["status"] or reaches}
    return Answer(
        territory=territory,
        held_by=held_by,
        terms=tuple(reach.term for reach in reaches),
        status=values["status"] or "unaffected",
        treated_as=values["treated_as"],
        how=values["how"] or "not_said",
        certainty=next((level for level in _LEAST_SURE_FIRST if level in sureness), None),
        deciding=tuple(dict.fromkeys(reach.term.clause for reach in closest_first)),
        alternatives=tuple(reach.term for reach in reached if reach.term.alternative),
    )


def _binding(reaches: Iterable[Reach]) -> list[Reach]:
    """Those that decide: all but the alternatives."""
    return [reach for reach in reaches if not reach.term.alternative]


def reaching(plan: Plan, territory: str, held_by: Side) -> Iterator[Reach]:
    """The terms that reach a piece of land, ordered by clause whatever the file's order."""
    for term in plan.terms_in_order:
        ranks = [land.rank for land in term.land if land.reaches(territory, held_by)]
        if ranks:
            yield Reach(term, max(ranks))


def _decided(reaches: list[Reach]) -> dict[str, list[Reach]]:
    """The terms that decide each field. How it is treated goes with as whose it is treated."""
    found = {field: _deciding(reaches, field) for field in ("status", "treated_as")}
    treated = {reach.term.treated_as for reach in found["treated_as"]}
    fitting = [reach for reach in reaches if reach.term.treated_as in {None, *treated}]
    return {**found, "how": _deciding(fitting, "how")}


def _deciding(reaches: Iterable[Reach], field: str) -> list[Reach]:
    """The terms that give ``field`` and name the land most closely."""
    giving = [reach for reach in reaches if getattr(reach.term, field) is not None]
    closest = max((reach.rank for reach in giving), default=0)
    return [reach for reach in giving if reach.rank == closest]


def clashes(plan: Plan, territories: Iterable[str]) -> list[Clash]:
    """Every pair of terms that gives one piece of land two fates, each pair and field once."""
    found: dict[tuple[int, int, str], Clash] = {}
    position = {id(term): index for index, term in enumerate(plan.terms)}
    for territory in territories:
        for side in SIDES:
            reaches = _binding(reaching(plan, territory, side))
            for field, closest in _decided(reaches).items():
                deciding = [reach.term for reach in closest]
                for other in deciding[1:]:
                    if getattr(other, field) != getattr(deciding[0], field):
                        first, second = sorted((position[id(deciding[0])], position[id(other)]))
                        clash = Clash(first, second, field, territory, side)
                        found.setdefault((first, second, field), clash)
    return list(found.values())


def place_terms(plan: Plan) -> dict[str, list[Term]]:
    """The terms on sites and rivers, by the place's id, in the order of their clauses."""
    found: dict[str, list[Term]] = {}
    for term in plan.terms_in_order:
        for land in term.land:
            if land.place is not None:
                found.setdefault(land.place, []).append(term)
    return found


@dataclass(frozen=True)
class Overruled:
    """A term (its position in the plan) whose status another one, ``by``, changes for a piece."""

    term: int
    by: int
    territory: str
    held_by: Side


def overruled(plan: Plan, territories: Iterable[str]) -> list[Overruled]:
    """Where a term gives a piece of land a status, and one that names it more closely another."""
    position = {id(term): index for index, term in enumerate(plan.terms)}
    found = []
    for territory in territories:
        for side in SIDES:
            reaches = _binding(reaching(plan, territory, side))
            closest = _deciding(reaches, "status")
            if not closest:
                continue
            found += [
                Overruled(position[id(reach.term)], position[id(closest[0].term)], territory, side)
                for reach in reaches
                if reach.term.status not in (None, closest[0].term.status)
                and reach.rank < closest[0].rank
            ]
    return found


@dataclass(frozen=True)
class PlaceAnswer:
    """What a plan says about a site; ``None`` or empty where it says nothing."""

    terms: tuple[Term, ...]
    treated_as: Treatment | None
    operation: tuple[Operation, ...]
    certainty: Certainty | None
    alternatives: tuple[Term, ...] = ()
    """What the plan holds out for it instead."""

    @property
    def clauses(self) -> tuple[str, ...]:
        """The numbers of the clauses about it, in the plan's order, each once."""
        named = {term.clause for term in (*self.terms, *self.alternatives)}
        return tuple(sorted(named, key=clause_order))


def place_answer(plan: Plan, place: str) -> PlaceAnswer:
    """What ``plan`` says about a site, by its id; of several terms the first that says decides."""
    found = place_terms(plan).get(place, [])
    terms = [term for term in found if not term.alternative]
    sureness = {term.certainty for term in terms}
    return PlaceAnswer(
        terms=tuple(terms),
        treated_as=next((term.treated_as for term in terms if term.treated_as), None),
        operation=tuple(dict.fromkeys(how for term in terms for how in term.operation)),
        certainty=next((level for level in _LEAST_SURE_FIRST if level in sureness), None),
        alternatives=tuple(term for term in found if term.alternative),
    )


def places(plan: Plan, passed: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """The sites and rivers that ``plan`` has terms on, and the zones they lie in or pass.

    ``passed``: the zones of each known place (:class:`geo.division.Division`). One dict a place,
    in order of id: ``place``, ``clauses``, ``zones``. Raises :class:`PlanError` if a term names a
    place that ``passed`` does not have.
    """
    rows = []
    for place, terms in sorted(place_terms(plan).items()):
        if place not in passed:
            message = f"place {place!r} has no location{did_you_mean(place, list(passed))}"
            raise PlanError(plan.fault(message, "terms"))
        clauses = list(dict.fromkeys(term.clause for term in terms))
        rows.append({"place": place, "clauses": clauses, "zones": passed[place]})
    return rows
