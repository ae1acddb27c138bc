"""The treaty matrix as it is shown, in plain words: what its files and pictures are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.plan import Side
    from geo.statuses import Status

Look = tuple["Status", "Side"]


@dataclass(frozen=True)
class Field:
    """One cell: its letters, its words, and the look of each of its one or two pieces of land.

    ``notation`` is the same in every language (:mod:`geo.notation`), ``letters`` what is shown of
    it. ``clauses``: the numbers of those that it rests on.
    """

    notation: str
    letters: str
    words: str = ""
    looks: tuple[Look, ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One row: a territory (ISO code) or a site (its id), its name, and a field a plan."""

    code: str
    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Band:
    """A group of rows under one title; ``compact``: of little interest, so shown in little room."""

    title: str
    lines: tuple[Line, ...]
    compact: bool = False


@dataclass(frozen=True)
class Head:
    """One column: a plan, and what a reader has to know to find it."""

    plan: str
    title: str
    own: bool
    standing: str
    facts: tuple[str, ...] = ()
    """Whole title, date, who put it forward, how it became known."""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grid:
    """The whole matrix in the reader's language, as filtered and ordered.

    ``standing`` says that nothing of it is in force, ``credit`` whose the line of contact is;
    ``letters``, ``statuses`` and ``notes`` explain the signs and the colours.
    """

    title: str
    standing: str
    line: str
    language: str
    corner: str
    heads: tuple[Head, ...]
    bands: tuple[Band, ...]
    letters: tuple[tuple[str, str], ...]
    statuses: tuple[tuple[Status, str], ...]
    notes: tuple[str, ...]
    credit: str

    @property
    def lines(self) -> list[Line]:
        """The rows of all groups."""
        return [line for band in self.bands for line in band.lines]
