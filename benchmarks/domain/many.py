"""Ten times the plans, many towns: what matrix, comparison, likeness and town lists take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle, islice, pairwise

from benchmarks.domain.growth import milliseconds
from geo.comparison import compare
from geo.contents import settlements
from geo.division import load_division
from geo.gazetteer import search
from geo.likeness import in_order_of_likeness
from geo.lookup import lookup
from geo.matrix import matrix
from geo.plan import DEFAULT_PLAN, OWN_PLAN, Plan, load_plan, plans_by_date
from geo.town_lists import MOST_ROWS, answer_list

QUERIES = (
    *("Kramatorsk", "kramat", "Слов'янськ", "Краматорськ", "Bakhmut", "Бахмут", "Mariupl", "Sumy"),
    *("Pokrovsk, Donetsk", "48.73, 37.58", "Nowhereville"),
)
"""Names whole, begun and misspelt, in several languages; a position; a name that nobody has."""


def plans(times: int) -> list[Plan]:
    """The shipped plans so many times over, each copy with one clause's terms fewer.

    As a reader's own, so that nothing about them is remembered.
    """
    copies = []
    for turn in range(times):
        for plan in plans_by_date():
            clauses = sorted({term.clause for term in plan.terms})
            gone = clauses[turn % len(clauses)]
            terms = [term for term in plan.terms if term.clause != gone]
            changed = {"id": OWN_PLAN, "kind": "own", "terms": terms}
            copies.append(plan.model_copy(update=changed))
    return copies


def of_plans(times: int, rounds: int) -> Iterator[tuple[str, list[float]]]:
    """Name and ms of the work on so many times the shipped plans."""
    many = plans(times)
    division = load_division(load_plan(DEFAULT_PLAN).line)
    columns = matrix(many, division)
    works: dict[str, Callable[[], object]] = {
        "matrix": lambda: matrix(many, division),
        "likeness": lambda: in_order_of_likeness(columns),
        "comparison": lambda: [
            compare(one, division, other, division) for one, other in pairwise(many)
        ],
    }
    for name, work in works.items():
        yield name, milliseconds(work, rounds)


def of_towns(rounds: int) -> Iterator[tuple[str, list[float]]]:
    """Name and ms of a query each, and of the longest list of towns that is taken."""
    plan = load_plan(DEFAULT_PLAN)
    division = load_division(plan.line)
    names = [place.name_en or place.name_uk for place in settlements()]
    rows = "\n".join(islice(cycle(names), MOST_ROWS))
    queries = [
        time
        for query in QUERIES
        for time in milliseconds(lambda q=query: search(q), rounds)  # type: ignore[misc]
    ]
    yield "town_search", queries
    lookups = [
        time
        for query in QUERIES
        for time in milliseconds(lambda q=query: lookup(q, plan, division), rounds)  # type: ignore[misc]
    ]
    yield "town_lookup", lookups
    yield "town_list_10000", milliseconds(lambda: answer_list(rows, plan, division), 1)
