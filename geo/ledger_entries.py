"""The entries of a ledger: pieces of land, what a plan says of each and what lies in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from geo.answers import SIDES, Answer, answer
from geo.clause_ids import clause_order
from geo.contents import Contents, contents_of
from geo.people import People, people_of
from geo.statuses import STATUSES
from geo.territories import place_ids, territory_facts

if TYPE_CHECKING:
    from geo.division import Division, Piece
    from geo.plan import Certainty, Plan, Side
    from geo.statuses import Status

Grouping = Literal["status", "territory", "held_by", "treated_as", "clause"]
GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)

OVERLAPPING: frozenset[Grouping] = frozenset({"clause"})
"""Groupings in which one piece stands in several groups: their sums have no grand total."""

Treated = Literal["Russia", "Ukraine", "open", "not_said", "not_addressed"]
TREATED: tuple[Treated, ...] = get_args(Treated)
"""As whose land a piece would be treated; the last two: no clause says, no clause reaches it."""

NO_CLAUSE = ""
"""The group of the land that no clause reaches."""


@dataclass(frozen=True)
class Entry:
    """One piece of land under a plan. Areas in km², equal-area; ``share_percent`` of its outline.

    ``plants``: ids of the sites that plans name and that lie in it.
    """

    zone: str
    status: Status
    territory: str
    held_by: Side
    treated_as: Treated
    how: str
    certainty: Certainty | None
    clauses: tuple[str, ...]
    area_km2: float
    share_percent: float
    people: People
    contents: Contents
    plants: tuple[str, ...]

    def keys(self, grouping: Grouping) -> tuple[str, ...]:
        """The groups that the piece stands in."""
        if grouping == "clause":
            return self.clauses or (NO_CLAUSE,)
        return (getattr(self, grouping),)


def entries_of(plan: Plan, division: Division) -> tuple[Entry, ...]:
    """An entry for each piece of a divided land, by status, then territory, then holder."""
    people, contents = people_of(division), contents_of(division)
    entries = [
        _entry(
            answer(plan, piece.territory, piece.held_by),
            piece,
            division,
            people[piece.zone],
            contents[piece.zone],
        )
        for piece in division.pieces.values()
    ]
    return tuple(sorted(entries, key=_place))


def _entry(
    found: Answer, piece: Piece, division: Division, people: People, contents: Contents
) -> Entry:
    whole = sum(each.area_km2 for each in division.pieces_of(piece.territory))
    return Entry(
        zone=piece.zone,
        status=found.status,
        territory=piece.territory,
        held_by=piece.held_by,
        treated_as=_treated(found),
        how=found.how,
        certainty=found.certainty,
        clauses=found.clauses,
        area_km2=piece.area_km2,
        share_percent=100 * piece.area_km2 / whole,
        people=people,
        contents=contents,
        plants=tuple(site for site in place_ids("site") if piece.zone in division.places[site]),
    )


def _treated(found: Answer) -> Treated:
    return found.treated_as or ("not_said" if found.clauses else "not_addressed")


def _place(entry: Entry) -> tuple[int, str, int]:
    return STATUSES.index(entry.status), entry.territory, SIDES.index(entry.held_by)


def grouped(entries: Iterable[Entry], grouping: Grouping) -> dict[str, tuple[Entry, ...]]:
    """The entries by status, territory, holder, treatment or clause, in the order of each."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        for key in entry.keys(grouping):
            found.setdefault(key, []).append(entry)
    return {key: tuple(found[key]) for key in sorted(found, key=_order(grouping))}


def _order(grouping: Grouping) -> Any:
    """The key that sorts the groups of a grouping."""
    if grouping == "clause":
        return lambda clause: (clause == NO_CLAUSE, clause_order(clause) if clause else ())
    known: dict[str, tuple[str, ...]] = {
        "status": STATUSES,
        "territory": tuple(territory_facts()),
        "held_by": SIDES,
        "treated_as": TREATED,
    }
    return known[grouping].index
