"""How a plan came about: dated events, each with who acted, who reports it and how sure it is.

All of it is in ``data/timeline.yaml``, in order of date.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from geo import paths
from geo.days import WHOLE_DAY, first_day
from geo.errors import DataError, Fault, did_you_mean
from geo.gazetteer import control_dates
from geo.plan import ClauseId, Confidence, Day, Record, Slug, load_plan, plan_ids
from geo.publications import unknown_sources
from geo.records import read_record
from geo.three_languages import ThreeLanguages
from geo.yaml_lines import Path as Place

Actor = Literal["US", "Ukraine", "Russia", "Europe", "other"]
Kind = Literal["meeting", "document", "statement", "report", "decision", "deadline", "talks"]


def _whole(day: str) -> str:
    if not re.fullmatch(WHOLE_DAY, day):
        raise ValueError(f"{day!r} is not a whole date; write one such as 2025-11-20")
    first_day(day)
    return day


WholeDay = Annotated[str, AfterValidator(_whole)]


class Event(Record):
    """One happening; ``until`` is the last day of one that took several.

    ``clauses`` are those of the plan that it bears on, and ``line`` is the date of a line of
    contact in the control table, where ground held near that day matters to it. ``confidence`` is
    as for clauses.
    """

    id: Slug
    date: Day
    until: WholeDay | None = None
    title: ThreeLanguages
    text: ThreeLanguages
    actors: tuple[Actor, ...] = Field(min_length=1)
    kind: Kind
    clauses: tuple[ClauseId, ...] = ()
    line: WholeDay | None = None
    sources: tuple[str, ...] = Field(min_length=1)
    confidence: Confidence

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.until is not None and first_day(self.until) <= first_day(self.date):
            raise ValueError(f"until ({self.until}) is not after date ({self.date}); mend one")
        return self

    @property
    def last_day(self) -> datetime.date:
        """The last day that the event is known to have touched."""
        return first_day(self.until or self.date)


class Timeline(Record):
    """The whole file. Nothing was found for days after ``known_until``; ``note`` says so."""

    schema_version: Literal[1] = Field(alias="schema")
    plan: str
    known_until: WholeDay
    note: ThreeLanguages
    events: tuple[Event, ...] = Field(min_length=1)


def read_timeline(path: Path) -> Timeline:
    """Read a timeline from YAML. Raises :class:`DataError` with a sentence for each fault."""
    timeline, lines = read_record(path, Timeline)
    found = [*_reference_faults(timeline), *_order_faults(timeline)]
    if found:
        raise DataError(Fault(path.name, message, lines.get(place)) for place, message in found)
    return timeline


@cache
def load_timeline() -> Timeline:
    """The contents of ``data/timeline.yaml``. Raises :class:`DataError`."""
    return read_timeline(paths.TIMELINE)


def _reference_faults(timeline: Timeline) -> Iterator[tuple[Place, str]]:
    """A plan, sources, clauses and lines that do not exist."""
    if timeline.plan not in plan_ids():
        message = f"there is no plan {timeline.plan!r}{did_you_mean(timeline.plan, plan_ids())}"
        yield ("plan",), message
        return
    clauses = [clause.id for clause in load_plan(timeline.plan).clauses]
    for position, event in enumerate(timeline.events):
        for message in unknown_sources(event.sources):
            yield ("events", position, "sources"), f"{event.id}: {message}"
        for clause in event.clauses:
            if clause not in clauses:
                hint = did_you_mean(clause, clauses)
                message = f"{event.id} names clause {clause!r}, which the plan does not have{hint}"
                yield ("events", position, "clauses"), message
        if event.line is not None and event.line not in control_dates():
            known = ", ".join(control_dates())
            message = f"{event.id}: no line of contact is of {event.line}; there is {known}."
            yield ("events", position, "line"), message


def _order_faults(timeline: Timeline) -> Iterator[tuple[Place, str]]:
    """Ids given twice, events out of order, and events after the last day anything is known of."""
    seen: set[str] = set()
    for position, event in enumerate(timeline.events):
        if event.id in seen:
            message = f"the id {event.id!r} is given twice; rename one of the two."
            yield ("events", position, "id"), message
        seen.add(event.id)
        if event.last_day > first_day(timeline.known_until):
            message = f"{event.id} is later than known_until ({timeline.known_until}); mend one."
            yield ("events", position, "date"), message
    for position, (before, event) in enumerate(pairwise(timeline.events), start=1):
        if first_day(event.date) < first_day(before.date):
            message = f"{event.id} ({event.date}) stands after {before.id} ({before.date}); move it"
            yield ("events", position, "date"), f"{message} above it."
