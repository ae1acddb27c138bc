"""Figures that others published about the same land, to stand beside ours."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from geo import paths
from geo.days import first_day
from geo.errors import Fault
from geo.line import OWN_LINE
from geo.plan import Day, Record, Text, Words
from geo.records import read_record

Counted = Literal["control", "assessed", "claimed", "unstated"]
"""What a figure counts: ground that a side controls, or also assessed advances in contested ground,
or also ground that is only claimed; ``unstated`` where the source does not say."""


class Figure(Record):
    """One published figure.

    It is about a ``zone``, about the Russian-held ground of a ``territory``, about the zones of
    ``sum_of`` without those of ``less``, or, where nothing of these is given, about all
    Russian-held ground. ``since``: the day from which it counts a change. ``ledger_only``: not to
    be shown beside the land itself.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    zone: str | None = None
    territory: str | None = None
    sum_of: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    since: Day | None = None
    ledger_only: bool = False
    km2: float | None = Field(default=None, gt=0)
    percent: float | None = Field(default=None, gt=0, le=100)
    rounded: Text
    as_of: Day
    publisher: Words
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
    counted: Counted
    counts: Text
    differs: Text


class Figures(Record):
    """The whole file."""

    figures: tuple[Figure, ...]


def read_figures(path: Path) -> tuple[Figure, ...]:
    """Read published figures from YAML. Raises :class:`DataError` with a line for each fault."""
    return read_record(path, Figures)[0].figures


@cache
def published_figures() -> tuple[Figure, ...]:
    """The figures of ``data/published_figures.yaml``."""
    return read_figures(paths.PUBLISHED_FIGURES)


def figures_for(land: str | None) -> list[Figure]:
    """The published figures about a zone, a territory or, with None, the whole country."""
    return [
        figure
        for figure in published_figures()
        if not figure.ledger_only and (figure.zone or figure.territory) == land
    ]


NEAR_DAYS = 31
"""A figure and a line so many days apart are still about the same front."""


def figures_of_time(land: str | None, line: str) -> list[Figure]:
    """Those of :func:`figures_for` that are of about the same time as a line; none for "own"."""
    if line == OWN_LINE:
        return []
    of_line = first_day(line)
    return [
        figure
        for figure in figures_for(land)
        if abs((first_day(figure.as_of) - of_line).days) <= NEAR_DAYS
    ]


def figure_faults(path: Path, zones: set[str], territories: set[str]) -> list[Fault]:
    """Figures that name a zone or territory that does not exist, or give no size."""
    faults = []
    for figure in read_figures(path):
        named = [*filter(None, [figure.zone]), *figure.sum_of, *figure.less]
        faults += [
            Fault(path.name, f"{figure.id}: there is no zone {zone!r}.")
            for zone in named
            if zone not in zones
        ]
        if figure.territory and figure.territory not in territories:
            faults.append(Fault(path.name, f"{figure.id}: no territory {figure.territory!r}."))
        if (figure.km2 is None) == (figure.percent is None):
            faults.append(Fault(path.name, f"{figure.id}: give either km2 or percent."))
    return faults
