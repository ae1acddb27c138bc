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

    Whatever names a clause by its old number follows it to its new one, its lettered parts too.
    """
    changed, clause = deepcopy(data), deepcopy(clause)
    clauses = changed["clauses"]
    if position is None:
        _put_in(clauses, clause)
        return _with_reach(changed)
    old, clauses[position] = clauses[position]["id"], clause
    if old != clause["id"]:
        _renumber(changed, clause, old)
    return _with_reach(changed)


def _put_in(clauses: list[Data], clause: Data) -> None:
    """Before the first clause of a higher number."""
    later = (i for i, other in enumerate(clauses) if _after(other["id"], clause["id"]))
    clauses.insert(next(later, len(clauses)), clause)


def _renumber(data: Data, clause: Data, old: str) -> None:
    """Put ``clause``, which had the number ``old``, in its new place, and what belongs to it."""
    names = _new_numbers(data, old, clause["id"])
    parts = [each for each in data["clauses"] if each["id"] in names]
    kept = (each for each in data["clauses"] if each is not clause and each["id"] not in names)
    data["clauses"] = list(kept)
    for part in parts:
        part["id"] = names[part["id"]]
    for each in (clause, *parts):
        _put_in(data["clauses"], each)
    for term in data.get("terms", []):
        term["clause"] = names.get(term["clause"], term["clause"])
    for row in data.get("summary", []):
        row["clauses"] = [names.get(name, name) for name in row["clauses"]]


def _new_numbers(data: Data, old: str, new: str) -> dict[str, str]:
    """A clause's new number by its old one; for a point, those of its lettered parts too.

    Nothing, where another clause goes by the old number still.
    """
    numbers = [clause["id"] for clause in data["clauses"]]
    if old in numbers:
        return {}
    parts = [name for name in numbers if name.startswith(f"{old}(") and "(" not in new]
    return {old: new} | {part: new + part.removeprefix(old) for part in parts}


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
    if before and (before.get(language) or before["en"]).strip() == words.strip():
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
