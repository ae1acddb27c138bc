"""Words that readers search clauses with and that the plan's own text does not have."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from geo import paths
from geo.errors import DataError, Fault, did_you_mean
from geo.plan import ClauseId, Language, Plan, Record, load_plan, plan_ids
from geo.records import read_record

Name = Annotated[str, StringConstraints(min_length=1, max_length=80)]
WordList = dict[Language, Annotated[tuple[Name, ...], Field(min_length=1)]]


class SearchWords(Record):
    """The whole file: ``common`` words that narrow no search, and other names by clause."""

    plan: str
    common: WordList
    clauses: dict[ClauseId, WordList]

    def of_clause(self, plan: Plan, clause: str) -> list[str]:
        """The other names of a clause, in all languages; none for a plan that is not this one."""
        lists = self.clauses.get(clause, {}) if plan.id == self.plan else {}
        return [name for names in lists.values() for name in names]


def read_search_words(path: Path) -> SearchWords:
    """Read search words from YAML. Raises :class:`DataError` with a line for each fault."""
    words, lines = read_record(path, SearchWords)
    if words.plan not in plan_ids():
        message = f"there is no plan {words.plan!r}{did_you_mean(words.plan, plan_ids())}"
        raise DataError(Fault(path.name, message, lines["plan",]))
    known = [clause.id for clause in load_plan(words.plan).clauses]
    faults = [
        Fault(
            path.name,
            f"the plan has no clause {clause!r}{did_you_mean(clause, known)}",
            lines["clauses", clause],
        )
        for clause in words.clauses
        if clause not in known
    ]
    if faults:
        raise DataError(faults)
    return words


@cache
def search_words() -> SearchWords:
    """The words of ``data/search_words.yaml``."""
    return read_search_words(paths.SEARCH_WORDS)
