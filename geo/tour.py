"""A guided tour of a plan: what it would do, step by step, each with the view of the map it needs.

``data/tour.yaml`` holds it. A step's ``selection`` and ``layers`` are what the link of that view
gives as query parameters, so a step is a link and a few sentences.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from geo import paths
from geo.days import WHOLE_DAY
from geo.errors import DataError, Fault
from geo.plan import ClauseId, Language, Record, Slug
from geo.records import read_record
from geo.statuses import Status
from geo.three_languages import ThreeLanguages
from geo.tour_faults import faults_of_tour

STEPS = 7

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

Layer = Status | Literal["line_of_contact"]
Corner = tuple[float, float]


class Selection(Record):
    """What a step selects, as the query parameters of its link: one kind of thing."""

    territory: str | None = None
    held_by: Literal["russia", "ukraine"] | None = None
    place: str | None = None
    clause: ClauseId | None = None

    @model_validator(mode="after")
    def _selects_one_thing(self) -> Self:
        if sum(value is not None for value in (self.territory, self.place, self.clause)) != 1:
            raise ValueError("select exactly one of territory, place or clause")
        if self.held_by is not None and self.territory is None:
            raise ValueError("held_by goes with a territory only")
        return self

    def parameters(self) -> dict[str, str]:
        """The query parameters of the selection; those that are not set are left out."""
        return self.model_dump(exclude_none=True)


def _listed(zones: object) -> object:
    return [zones] if isinstance(zones, str) else zones


Zones = Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1)]


class Step(Record):
    """One step. ``{name}`` in ``text`` stands for the summed area of the zones ``areas[name]``.

    ``layers`` are the only ones shown; ``bounds`` is the south-west and the north-east corner of
    the map (latitude, longitude; degrees, EPSG:4326).
    """

    id: Slug
    title: ThreeLanguages
    text: ThreeLanguages
    areas: dict[str, Zones] = Field(default_factory=dict)
    clauses: tuple[ClauseId, ...] = Field(min_length=1)
    selection: Selection
    layers: tuple[Layer, ...] = Field(min_length=1)
    bounds: tuple[Corner, Corner]

    def told(self, language: Language, areas: dict[str, str]) -> str:
        """The text in ``language`` with each ``{name}`` replaced by ``areas[name]``."""
        return PLACEHOLDER.sub(lambda found: areas[found[1]], self.text[language])


def _as_many_as_promised(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    if len(steps) != STEPS:
        raise ValueError(f"there are {len(steps)} steps; a tour has {STEPS}")
    return steps


class Tour(Record):
    """The whole file; ``line`` is the date of the line of contact that its words speak of."""

    schema_version: Literal[1] = Field(alias="schema")
    plan: str
    line: Annotated[str, Field(pattern=WHOLE_DAY)]
    title: ThreeLanguages
    steps: Annotated[tuple[Step, ...], AfterValidator(_as_many_as_promised)]


def read_tour(path: Path) -> Tour:
    """Read a tour from YAML. Raises :class:`DataError` with a sentence for each fault."""
    tour, lines = read_record(path, Tour)
    if found := list(faults_of_tour(tour)):
        raise DataError(Fault(path.name, message, lines.get(place)) for place, message in found)
    return tour


@cache
def load_tour() -> Tour:
    """The tour of ``data/tour.yaml``. Raises :class:`DataError`."""
    return read_tour(paths.TOUR)
