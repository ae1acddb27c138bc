"""Changes to a plan's plain data, as a form makes them; each gives new data, none changes the old.

They keep a plan sound where a reader would not think of it: a clause's ``reach`` follows from its
terms, and what names a deleted clause goes with it.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from geo.clause_ids import clause_order, point_of
from geo.plan import Language

Data = dict[str, Any]


def with_term(data: Data, term: Data, position: int | None = None) -> Data:
    """``data`` with ``term`` in place of the one at ``position``, or added."""
    changed = deepcopy(data)
    terms = changed.setdefault("terms", [])
    if position is None:
        terms.append(term)
    else:
        terms[position] = term
    return _with_reach(changed)


def without_term(data: Data, position: int) -> Data:
    """``data`` without the term at ``position``."""
    changed = deepcopy(data)
    del changed["terms"][position]
    return _with_reach(changed)


def with_clause(data: Data, clause: Data, position: int | None = None) -> Data:
    """``data`` with ``clause`` in place of the one at ``position``, or put in by its number.

    Terms that name a clause by its old number follow it to its new one.
    """
    changed = deepcopy(data)
    clauses = changed["clauses"]
    if position is None:
        later = (i for i, other in enumerate(clauses) if _after(other["id"], clause["id"]))
        clauses.insert(next(later, len(clauses)), clause)
    else:
        old, clauses[position] = clauses[position]["id"], clause
        for term in changed.get("terms", []):
            if term["clause"] == old:
                term["clause"] = clause["id"]
    return _with_reach(changed)


def _after(one: str, other: str) -> bool:
    return clause_order(one) > clause_order(other)


def going_with(data: Data, clause_id: str) -> tuple[list[str], int]:
    """What is deleted with a clause: it and its lettered parts, and the number of their terms."""
    gone = [
        clause["id"]
        for clause in data["clauses"]
        if clause["id"] == clause_id
        or ("(" not in clause_id and point_of(clause["id"]) == clause_id)
    ]
    return gone, sum(term["clause"] in gone for term in data.get("terms", []))


def without_clause(data: Data, clause_id: str) -> Data:
    """``data`` without a clause, its lettered parts, their terms, and what the summary says."""
    gone, _terms = going_with(data, clause_id)
    changed = deepcopy(data)
    changed["clauses"] = [each for each in changed["clauses"] if each["id"] not in gone]
    changed["terms"] = [each for each in changed.get("terms", []) if each["clause"] not in gone]
    if "summary" in changed:
        for row in changed["summary"]:
            row["clauses"] = [name for name in row["clauses"] if name not in gone]
        changed["summary"] = [row for row in changed["summary"] if row["clauses"]]
    return _with_reach(changed)


def with_title(data: Data, words: str, language: Language) -> Data:
    """``data`` under another title, which is also its short one."""
    title = in_words(words, language)
    return {**data, "title": title, "short_title": title}


def in_words(
    words: str, language: Language, before: dict[Language, str] | None = None
) -> dict[Language, str]:
    """``words`` as a plan's text: in English too, and in no language that says something else."""
    if before and (before.get(language) or before.get("en")) == words:
        return before
    return {"en": words, language: words}


def _with_reach(data: Data) -> Data:
    """Mend ``reach``: "land" where a term binds a clause, not where none is left."""
    bound = {term["clause"] for term in data.get("terms", [])}
    points = {point_of(name) for name in bound}
    for clause in data["clauses"]:
        if clause["id"] in bound:
            clause["reach"] = "land"
        elif clause.get("reach") == "land" and point_of(clause["id"]) not in points:
            clause["reach"] = "none"
    return data
