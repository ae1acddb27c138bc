"""The clauses that decide a piece of land on either side, with the words that differ marked."""

from __future__ import annotations

from itertools import islice
from typing import Any

from geo.answers import Answer, place_answer
from geo.comparison import Comparison, Part, differing_places
from geo.plan import Plan, Term
from geo.territories import place_facts
from geo.word_changes import Changes, Marked, effort, likeness, word_changes
from pages.parts.clause_rows import clause_row
from pages.parts.compare_words import land_name
from pages.parts.speech import named

Clauses = tuple[str, ...]

MOST_MATCHED = 24
"""So many clauses of a side are put beside the likest of the other; no shipped plan has more."""

MOST_EFFORT = 2_000_000
"""Pairs of words that are looked at to mark what differs; texts beyond it stay unmarked."""


def telling_clauses(found: Answer) -> Clauses:
    """The clauses from which status, recognition, forces or regime of a piece of land follow."""
    terms = [term for term in (*found.terms, *found.alternatives) if _tells(term)]
    return tuple(dict.fromkeys(term.clause for term in terms))


def _tells(term: Term) -> bool:
    said = (term.status, term.treated_as, term.leaves, term.keeps_out, term.regime)
    return any(said)


def clauses_of_land(found: Comparison) -> list[dict[str, Any]]:
    """The clauses of all land that differs; land under the same clauses stands together."""
    marking = Marking()
    groups: dict[tuple[Clauses, Clauses], list[Part]] = {}
    for part in found.different:
        both = telling_clauses(part.left), telling_clauses(part.right)
        groups.setdefault(both, []).append(part)
    return [
        {
            "lands": [land_name(part, found) for part in parts],
            "area_km2": sum(part.area_km2 for part in parts),
            "pairs": paired(found.left, left, found.right, right, marking),
        }
        for (left, right), parts in groups.items()
        if left or right
    ]


def clauses_of_places(found: Comparison) -> list[dict[str, Any]]:
    """The clauses on the sites and rivers of which the two plans say different things."""
    differing = differing_places(found.left, found.right)
    return [clauses_of_place(found, place) for place in differing]


def clauses_of_place(found: Comparison, place: str) -> dict[str, Any]:
    """A site or river by name, and the clauses of both plans on it."""
    plans = (found.left, found.right)
    left, right = (place_answer(plan, place).clauses for plan in plans)
    return {
        "name": named(place_facts()[place]),
        "differs": place in differing_places(*plans),
        "pairs": paired(found.left, left, found.right, right),
    }


class Marking:
    """Marks the words that differ, until :data:`MOST_EFFORT` is used up."""

    def __init__(self) -> None:
        self.left = MOST_EFFORT

    def changes(self, one: str, two: str) -> Changes | None:
        """What two texts have each for itself; ``None`` if that is too much work."""
        needed = effort(one, two)
        if needed > self.left:
            return None
        self.left -= needed
        return word_changes(one, two)


def paired(
    left: Plan, lefts: Clauses, right: Plan, rights: Clauses, marking: Marking | None = None
) -> list[dict[str, Any]]:
    """Clauses of both plans beside each other, those with the most words in common first.

    Each is compared with the one beside it; one that is left over stands alone.
    """
    marking = marking or Marking()
    rows = {name: clause_row(left, left.clause(name)) for name in lefts}
    others = {name: clause_row(right, right.clause(name)) for name in rights}
    found = []
    for first, second in _matched(rows, others):
        one, two = rows.get(first or ""), others.get(second or "")
        changes = marking.changes(one["text"], two["text"]) if one and two else None
        marked = changes is not None and changes.comparable
        found.append(
            {
                "left": one and {**one, "words": changes.left if changes and marked else _all(one)},
                "right": two
                and {**two, "words": changes.right if changes and marked else _all(two)},
                "marked": marked,
                "same": bool(one and two and one["text"] == two["text"]),
            }
        )
    return found


def _all(row: dict[str, Any]) -> Marked:
    return ((row["text"], False),)


def _matched(
    lefts: dict[str, dict[str, Any]], rights: dict[str, dict[str, Any]]
) -> list[tuple[str | None, str | None]]:
    """Each clause with the one of the other side that has most words in common, if any is left."""
    order = sorted(
        (-likeness(one["text"], two["text"]), first, second)
        for first, one in islice(lefts.items(), MOST_MATCHED)
        for second, two in islice(rights.items(), MOST_MATCHED)
    )
    pairs: list[tuple[str | None, str | None]] = []
    taken: set[tuple[str, str]] = set()
    for _likeness, first, second in order:
        if not taken & {("left", first), ("right", second)}:
            taken |= {("left", first), ("right", second)}
            pairs.append((first, second))
    pairs += [(name, None) for name in lefts if ("left", name) not in taken]
    return pairs + [(None, name) for name in rights if ("right", name) not in taken]
