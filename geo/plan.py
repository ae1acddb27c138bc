"""A peace plan: its clauses, and the terms that bind them to land.

A plan is one YAML file under ``data/plans``. This module holds its format and reads it; what its
terms mean for a piece of land is worked out in :mod:`geo.answers`.
"""

from __future__ import annotations

import json
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    ValidationError,
    model_validator,
)

from geo import paths
from geo.characters import only_plain
from geo.clause_ids import CLAUSE_ID, clause_order
from geo.days import DAY, WHOLE_DAY, first_day
from geo.errors import Fault, NotFoundError, PlanError, did_you_mean
from geo.plan_faults import faults_of_fields, faults_of_references
from geo.reading import read_text
from geo.statuses import Status
from geo.yaml_lines import load_yaml

DEFAULT_PLAN = "us-28-point-2025-11"

OWN_PLAN = "own"
"""The id of a plan that a reader wrote; no plan under ``data/plans`` has it."""

STANDING = "proposal, not in force"
OWN_STANDING = "a reader's own plan, nobody's proposal"

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Language = Literal["en", "uk", "zh"]
Side = Literal["Russia", "Ukraine"]
Author = Literal["US", "Ukraine", "Europe", "Russia"]
Treatment = Literal["Russia", "Ukraine", "open"]
How = Literal["de_facto", "de_jure", "not_said"]
Certainty = Literal["stated", "inferred", "disputed", "unverified"]
Confidence = Literal["verified", "single", "text-only", "unverified"]
Boundary = Literal["line_of_contact", "line_2022_02_23", "administrative", "recognised"]
"""How far a term reaches by the plan's own words: the line of contact of the day, that of
23 February 2022, an oblast's administrative border, Ukraine's internationally recognised border."""

Regime = Literal["demilitarized", "economic_zone"]
"""What land becomes besides its status."""

Operation = Literal["iaea", "us", "joint", "shared_output"]
"""Of a plant: supervised by the IAEA, run by the United States, run by several states together,
its output shared."""

Matter = Literal["army_cap", "nato", "guarantees", "assets", "sanctions", "elections", "amnesty"]
"""A question besides land that plans are compared by."""

Kind = Literal["draft", "offer", "speech", "communique", "framework", "own"]
Publication = Literal["official", "leaked", "reported"]
Topic = Literal[
    "sovereignty",
    "security",
    "military",
    "economy",
    "sanctions",
    "assets",
    "nuclear",
    "energy",
    "territory",
    "implementation",
    "political",
    "humanitarian",
    "justice",
]


def _in_english_at_least(text: dict[Language, str]) -> dict[Language, str]:
    if "en" not in text:
        raise ValueError("an English text (en) is missing")
    return text


def _real(day: str) -> str:
    first_day(day)
    return day


Words = Annotated[str, StringConstraints(min_length=1, max_length=4000), AfterValidator(only_plain)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=60), AfterValidator(only_plain)]
"""What something is named by: a territory's code, a place, a key of ``sources``."""

Text = Annotated[
    dict[Language, Words],
    AfterValidator(_in_english_at_least),
    Field(json_schema_extra={"required": ["en"]}),
]
"""A sentence in one or more languages, English at least; plain text, never markup."""

Day = Annotated[str, StringConstraints(pattern=DAY), AfterValidator(_real)]
"""A date as far as it is known: 2025-11-20, 2025-11 or 2025."""

ClauseId = Annotated[str, StringConstraints(pattern=CLAUSE_ID)]
"""A numbered point (``"21"``) or a lettered part of one (``"21(d)"``)."""


class Record(BaseModel):
    """A mapping in a data file: no key but its own, and never changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Record):
    """Where a fact can be read. ``grade``: A newsroom or publisher, B re-post, C only its words.

    ``date`` is missing where a page has none. ``standing`` says in words what kind of outlet it is;
    a source of grade C needs it.
    """

    publisher: Words
    date: Day | None = None
    grade: Literal["A", "B", "C"] = Field(alias="class")
    language: Words = "en"
    url: Annotated[
        str,
        StringConstraints(pattern=r"^https?://\S+$", max_length=600),
        AfterValidator(only_plain),
    ]
    standing: Text | None = None

    @model_validator(mode="after")
    def _says_its_standing(self) -> Self:
        if self.grade == "C" and self.standing is None:
            raise ValueError("a source of class C needs a standing: what kind of outlet it is")
        return self


class Reading(Record):
    """One way in which reports or translations of a clause differ from the main reading."""

    text: Text
    sources: tuple[Name, ...] = Field(min_length=1)


class Clause(Record):
    """One numbered provision, in our words. ``reach`` says whether terms bind it to land.

    ``matters``: the questions besides land that it answers. Only a reader's own plan may have
    clauses without ``sources``.
    """

    id: ClauseId
    title: Text
    text: Text
    topic: Topic
    reach: Literal["land", "country", "none"]
    confidence: Confidence
    sources: tuple[Name, ...] = ()
    matters: tuple[Matter, ...] = ()
    readings: tuple[Reading, ...] = ()
    silent: tuple[Text, ...] = ()


class Land(Record):
    """What a term names: a territory, the part of it one side holds, everything one side holds
    outside some territories, a site, or a river.
    """

    territory: Name | None = None
    held_by: Side | None = None
    outside: tuple[Name, ...] | None = None
    site: Name | None = None
    river: Name | None = None

    @model_validator(mode="after")
    def _names_one_thing(self) -> Self:
        named = [self.territory, self.outside, self.site, self.river]
        if sum(value is not None for value in named) != 1:
            raise ValueError("name exactly one of territory, outside, site or river")
        if self.outside is not None and self.held_by is None:
            raise ValueError("'outside' needs held_by: the side whose ground is meant")
        if self.held_by is not None and self.place is not None:
            raise ValueError("held_by goes with territory or outside, not with a site or river")
        return self

    @property
    def place(self) -> str | None:
        """The site or river that is named, if it is not an area of land."""
        return self.site or self.river

    @property
    def codes(self) -> tuple[str, ...]:
        """Every territory that is named, those left out too (ISO codes)."""
        return (*(self.outside or ()), *([self.territory] if self.territory else []))

    @property
    def rank(self) -> int:
        """How closely this names a piece of land: 2 a part, 1 a whole territory, 0 the rest."""
        if self.outside is not None:
            return 0
        return 2 if self.held_by else 1

    def reaches(self, territory: str, held_by: Side) -> bool:
        """Whether the part of ``territory`` (ISO code) that ``held_by`` holds is named."""
        if self.held_by not in (None, held_by):
            return False
        if self.outside is not None:
            return territory not in self.outside
        return self.territory == territory


class Term(Record):
    """One row that binds a clause to land; a term without a status only adds a condition.

    ``leaves``: whose forces withdraw; ``keeps_out``: whose forces may not come in; ``forces`` tells
    both in words. ``boundary``: how far the plan itself says that the term reaches.
    ``alternative``: the plan holds this out instead of what other terms say, so it decides
    nothing. ``operation`` is of a plant.
    """

    clause: ClauseId
    land: tuple[Land, ...] = Field(min_length=1)
    status: Status | None = None
    treated_as: Treatment | None = None
    how: How | None = None
    leaves: tuple[Side, ...] = ()
    keeps_out: tuple[Side, ...] = ()
    regime: Regime | None = None
    boundary: Boundary | None = None
    operation: tuple[Operation, ...] = ()
    alternative: bool = False
    recognised_by: Text | None = None
    forces: Text | None = None
    conditions: Text | None = None
    certainty: Certainty
    note: Text | None = None
    silent: tuple[Text, ...] = ()


class SummaryLine(Record):
    """One line of the plan told in five; ``emphasis`` is the part of ``text`` to stress."""

    text: Text
    emphasis: Text | None = None
    clauses: tuple[ClauseId, ...] = Field(min_length=1)


class Plan(Record):
    """A whole plan. ``line`` is the date of the line of contact that it is read against.

    ``sides``: who put it forward. ``publication``: by its authors themselves, by newsrooms that
    obtained the text, or only reported in part. ``numbering``: whose the clauses' numbers are.
    ``superseded_by``: the plan that took its place, if that is known.
    ``kind`` is "own" for a reader's plan, ``based_on`` the one it began as.
    ``headline`` is the plan's main finding on land; ``{area}`` in it stands for the area of
    ``headline_zone``.
    """

    schema_version: Literal[1] = Field(alias="schema")
    id: Slug
    title: Text
    short_title: Text
    date: Day
    kind: Kind
    sides: tuple[Author, ...] = ()
    authors: Text
    publication: Publication = "reported"
    numbering: Literal["plan", "ours"] = "plan"
    superseded_by: Slug | None = None
    based_on: Slug | None = None
    status_note: Text
    provenance: Text
    headline: Text | None = None
    headline_zone: Name | None = None
    line: Annotated[str, StringConstraints(pattern=WHOLE_DAY), AfterValidator(_real)]
    summary: tuple[SummaryLine, ...] = ()
    sources: dict[Name, Source] = Field(default_factory=dict)
    clauses: tuple[Clause, ...] = Field(min_length=1)
    terms: tuple[Term, ...] = ()

    _file: str = PrivateAttr(default="plan")
    _lines: dict[tuple[str | int, ...], int] = PrivateAttr(default_factory=dict)

    @property
    def is_own(self) -> bool:
        """Whether a reader wrote it, so that it is nobody's proposal."""
        return self.kind == "own"

    @property
    def standing(self) -> str:
        """What every file says of the plan, in English: that it is not in force."""
        return OWN_STANDING if self.is_own else STANDING

    @cached_property
    def terms_in_order(self) -> tuple[Term, ...]:
        """The terms by clause; within a clause in an order that does not depend on the file's."""
        return tuple(sorted(self.terms, key=_term_order))

    def clause(self, clause_id: str) -> Clause:
        """The clause of that number. Raises :class:`NotFoundError` if the plan has none."""
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        known = [clause.id for clause in self.clauses]
        message = f"there is no clause {clause_id!r}{did_you_mean(clause_id, known)}"
        raise NotFoundError(Fault(self._file, message))

    def fault(self, message: str, *path: str | int) -> Fault:
        """A fault at ``path`` (keys and positions from the top of the file)."""
        for end in range(len(path), -1, -1):
            if path[:end] in self._lines:
                return Fault(self._file, message, self._lines[path[:end]] if path else None)
        return Fault(self._file, message)


def _term_order(term: Term) -> tuple[int, str, str]:
    content = term.model_dump(mode="json")
    content["land"] = sorted(json.dumps(land, sort_keys=True) for land in content["land"])
    return (*clause_order(term.clause), json.dumps(content, sort_keys=True))


def parse_plan(text: str, file: str) -> Plan:
    """Read a plan from YAML ``text``; ``file`` is the name that faults are given under.

    Raises :class:`PlanError` with every fault found, each with its line.
    """
    data, lines = load_yaml(text, file)
    if not isinstance(data, dict):
        raise PlanError(Fault(file, "a plan is a mapping of keys such as id, clauses, terms.", 1))
    try:
        plan = Plan.model_validate(without_nulls(data))
    except ValidationError as error:
        raise PlanError(faults_of_fields(error, file, lines)) from error
    plan._file, plan._lines = file, lines
    if faults := faults_of_references(plan):
        raise PlanError(faults)
    return plan


def without_nulls(value: Any) -> Any:
    """Drop keys whose value is empty: ``note:`` with nothing behind it is no note."""
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def read_plan(path: Path) -> Plan:
    """Read one plan file; raises :class:`PlanError`, also where ``id`` is not the file's name."""
    plan = parse_plan(read_text(path, PlanError), path.name)
    if plan.id != path.stem:
        message = f"id is {plan.id!r} but the file is {path.name}; make them the same."
        raise PlanError(plan.fault(message, "id"))
    return plan


@cache
def plan_ids() -> list[str]:
    """The ids of the plans under ``data/plans``, in order of name."""
    return sorted(path.stem for path in paths.PLANS.glob("*.yaml"))


@cache
def plans_by_date() -> tuple[Plan, ...]:
    """The plans under ``data/plans`` that can be read, the earliest first.

    :func:`unreadable_plans` tells of the others.
    """
    plans = [plan for plan in map(_plan_or_faults, plan_ids()) if isinstance(plan, Plan)]
    return tuple(sorted(plans, key=lambda plan: (plan.date, plan.id)))


@cache
def unreadable_plans() -> tuple[Fault, ...]:
    """What is wrong with the plans under ``data/plans`` that cannot be read."""
    read = [_plan_or_faults(plan_id) for plan_id in plan_ids()]
    return tuple(fault for found in read if not isinstance(found, Plan) for fault in found)


def _plan_or_faults(plan_id: str) -> Plan | tuple[Fault, ...]:
    try:
        return load_plan(plan_id)
    except PlanError as error:
        return error.faults


@lru_cache(maxsize=32)
def load_plan(plan_id: str) -> Plan:
    """The plan of that id. Raises :class:`NotFoundError` or :class:`PlanError`."""
    if plan_id not in plan_ids():
        message = f"there is no plan {plan_id[:80]!r}{did_you_mean(plan_id[:80], plan_ids())}"
        raise NotFoundError(Fault("data/plans", message))
    return read_plan(paths.PLANS / f"{plan_id}.yaml")
