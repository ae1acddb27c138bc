"""Figures that others published about the same land, to stand beside ours."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from geo import paths
from geo.errors import Fault
from geo.plan import Day, Record, Text, Words
from geo.records import read_record


class Figure(Record):
    """One published figure. ``zone`` or ``territory`` says for which land; neither: the country."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    zone: str | None = None
    territory: str | None = None
    km2: float | None = Field(default=None, gt=0)
    percent: float | None = Field(default=None, gt=0, le=100)
    rounded: Text
    as_of: Day
    publisher: Words
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
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
    return [figure for figure in published_figures() if (figure.zone or figure.territory) == land]


def figure_faults(path: Path, zones: set[str], territories: set[str]) -> list[Fault]:
    """Figures that name a zone or territory that does not exist, or give no size."""
    faults = []
    for figure in read_figures(path):
        if figure.zone and figure.zone not in zones:
            faults.append(Fault(path.name, f"{figure.id}: there is no zone {figure.zone!r}."))
        if figure.territory and figure.territory not in territories:
            faults.append(Fault(path.name, f"{figure.id}: no territory {figure.territory!r}."))
        if (figure.km2 is None) == (figure.percent is None):
            faults.append(Fault(path.name, f"{figure.id}: give either km2 or percent."))
    return faults
