"""What the news said about a plan, item by item, and the questions that its text leaves open.

All of it is in ``data/background.yaml``: each item with who says so, how sure it is, and where a
report and the plan's own text differ. One report (``Background.report``) is followed statement by
statement; ``checklist`` says which of its statements an item covers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from geo import paths
from geo.errors import DataError, Fault, did_you_mean
from geo.plan import ClauseId, Confidence, Day, Record, Slug, Words, load_plan
from geo.publications import unknown_sources
from geo.records import read_record
from geo.three_languages import ThreeLanguages
from geo.yaml_lines import Path as Place

SourceKeys = Annotated[tuple[str, ...], Field(min_length=1)]


class Report(Record):
    """The report that is followed, cited as ``key``; it makes statements 1 to ``statements``.

    ``address`` says in words why there is no link to it.
    """

    key: Words
    publisher: Words
    date: Day
    address: ThreeLanguages
    statements: int = Field(gt=0, le=500)


class Contrast(Record):
    """What the plan's text, or another source, says instead."""

    text: ThreeLanguages
    sources: SourceKeys


class Item(Record):
    """One thing that the news said. ``said_by`` names whose words a contested statement is.

    ``confidence`` is as for clauses: verified (two outlets or more agree), single (one outlet),
    text-only (only in copies of the plan's text) or unverified.
    """

    id: Slug
    text: ThreeLanguages
    said_by: ThreeLanguages | None = None
    differs: Contrast | None = None
    clauses: tuple[ClauseId, ...] = ()
    sources: SourceKeys
    confidence: Confidence
    checklist: tuple[int, ...] = ()


class Section(Record):
    """Items on one subject; sections and items stand in reading order."""

    id: Slug
    title: ThreeLanguages
    items: tuple[Item, ...] = Field(min_length=1)


class Question(Record):
    """A question that readers have and the plan leaves open, with what its text says near it."""

    id: Slug
    question: ThreeLanguages
    answer: ThreeLanguages
    clauses: tuple[ClauseId, ...] = Field(min_length=1)
    sources: SourceKeys


class Background(Record):
    """The whole file. ``plan`` is the id of the plan whose clauses are meant."""

    schema_version: Literal[1] = Field(alias="schema")
    plan: str
    report: Report
    sections: tuple[Section, ...] = Field(min_length=1)
    questions: tuple[Question, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of all sections, in reading order."""
        return tuple(item for section in self.sections for item in section.items)


class _Cited(NamedTuple):
    """What one record of the file refers to, and where in the file it stands."""

    place: Place
    id: str
    clauses: tuple[str, ...]
    sources: tuple[str, ...]


def read_background(path: Path) -> Background:
    """Read background from YAML. Raises :class:`DataError` with a sentence for each fault."""
    background, lines = read_record(path, Background)
    found = [*_reference_faults(background), *_id_faults(background)]
    found += _checklist_faults(background)
    if found:
        raise DataError(Fault(path.name, message, lines.get(place)) for place, message in found)
    return background


@cache
def load_background() -> Background:
    """The contents of ``data/background.yaml``. Raises :class:`DataError`."""
    return read_background(paths.BACKGROUND)


def _cited(background: Background) -> Iterator[_Cited]:
    for s, section in enumerate(background.sections):
        for i, item in enumerate(section.items):
            sources = item.sources + (item.differs.sources if item.differs else ())
            yield _Cited(("sections", s, "items", i), item.id, item.clauses, sources)
    for q, question in enumerate(background.questions):
        yield _Cited(("questions", q), question.id, question.clauses, question.sources)


def _reference_faults(background: Background) -> Iterator[tuple[Place, str]]:
    known = [clause.id for clause in load_plan(background.plan).clauses]
    report = background.report.key
    for cited in _cited(background):
        for clause in cited.clauses:
            if clause not in known:
                hint = did_you_mean(clause, known)
                message = f"{cited.id} names clause {clause!r}, which the plan does not have{hint}"
                yield (*cited.place, "clauses"), message
        keys = [key for key in dict.fromkeys(cited.sources) if key != report]
        for message in unknown_sources(keys):
            yield (*cited.place, "sources"), f"{cited.id}: {message}"


def _id_faults(background: Background) -> Iterator[tuple[Place, str]]:
    sections = [(("sections", s), row.id) for s, row in enumerate(background.sections)]
    yield from _twice(sections)
    yield from _twice((cited.place, cited.id) for cited in _cited(background))


def _twice(rows: Iterable[tuple[Place, str]]) -> Iterator[tuple[Place, str]]:
    seen: set[str] = set()
    for place, name in rows:
        if name in seen:
            yield (*place, "id"), f"the id {name!r} is given twice; rename one of the two."
        seen.add(name)


def _checklist_faults(background: Background) -> Iterator[tuple[Place, str]]:
    last = background.report.statements
    covered = {number for item in background.items for number in item.checklist}
    for number in sorted(covered - set(range(1, last + 1))):
        message = f"checklist number {number} is none of the report's statements, 1 to {last}."
        yield ("sections",), message
    for number in sorted(set(range(1, last + 1)) - covered):
        message = f"no item covers statement {number} of the report; add it to a checklist."
        yield ("sections",), message
