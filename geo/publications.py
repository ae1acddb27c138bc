"""Publications by key, for the events and the background that cite them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from geo import paths
from geo.errors import did_you_mean
from geo.plan import Record, Source
from geo.records import read_record

SourceKey = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z][0-9A-Za-z-]*$", max_length=20)]
"""A short name for one publication, such as ``TASS-27``."""


class Sources(Record):
    """The whole file."""

    sources: dict[SourceKey, Source] = Field(min_length=1)


def read_sources(path: Path) -> dict[str, Source]:
    """Read publications from YAML. Raises :class:`DataError` with a line for each fault."""
    return read_record(path, Sources)[0].sources


@cache
def load_sources() -> dict[str, Source]:
    """The publications of ``data/sources.yaml``, by key."""
    return read_sources(paths.SOURCES)


def unknown_sources(cited: Iterable[str]) -> list[str]:
    """One sentence for each of ``cited`` that ``data/sources.yaml`` does not have."""
    known = load_sources()
    return [
        f"there is no source {key!r} in data/{paths.SOURCES.name}{did_you_mean(key, known)}"
        for key in cited
        if key not in known
    ]
