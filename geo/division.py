"""How a line of contact divides the territories: pieces of land, whatever plan is looked at.

A piece is a territory, or the part of one that one side holds. What a plan says of it follows from
the two alone (:mod:`geo.answers`), so every plan shares the pieces of a line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo import paths
from geo.errors import Fault, NotFoundError
from geo.line import line_facts, line_file
from geo.reading import read_json
from geo.shapes import read_shapes

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.plan import Side


@dataclass(frozen=True)
class Piece:
    """A territory, or the part of it that one side holds.

    ``zone`` is its name (``UA-14-ukraine``), ``area_km2`` is measured in an equal-area CRS,
    ``unsure_km2`` lies so near the line that the line cannot tell who holds it.
    """

    zone: str
    territory: str
    held_by: Side
    area_km2: float
    unsure_km2: float = 0.0


@dataclass(frozen=True)
class Shapes:
    """The outlines of a division, EPSG:4326: ``zones`` by name, and the line of ``contact``."""

    zones: dict[str, BaseGeometry]
    contact: BaseGeometry


@dataclass(frozen=True, eq=False)
class Division:
    """The territories cut along one line of contact.

    ``line``: its date, or :data:`geo.line.OWN_LINE`. ``about``: what the line says of itself.
    ``pieces``: by name, sorted. ``places``: the zones that each named site or river lies in.
    ``read_shapes`` gives the outlines, ``read_overview`` those for maps of the whole country;
    most pages need neither. ``shipped``: whether line and outlines are those of ``data/``, and not
    a reader's.
    """

    line: str
    about: dict[str, Any]
    pieces: dict[str, Piece]
    places: dict[str, list[str]]
    read_shapes: Callable[[], Shapes]
    read_overview: Callable[[], dict[str, BaseGeometry]]
    shipped: bool = False

    @cached_property
    def shapes(self) -> Shapes:
        """The outlines."""
        return self.read_shapes()

    @cached_property
    def overview(self) -> dict[str, BaseGeometry]:
        """The outlines simplified together, by zone, EPSG:4326."""
        return self.read_overview()

    @property
    def band_km(self) -> float | None:
        """How far from the line it is not sure, in km; ``None`` where nobody has measured it."""
        band: float | None = self.about["accuracy"].get("band_km")
        return band

    def pieces_of(self, territory: str) -> list[Piece]:
        """The one or two pieces of a territory."""
        return [piece for piece in self.pieces.values() if piece.territory == territory]

    @cached_property
    def divided(self) -> tuple[str, ...]:
        """The territories of which each side holds a part, sorted."""
        codes = [piece.territory for piece in self.pieces.values()]
        return tuple(sorted({code for code in codes if codes.count(code) > 1}))


@lru_cache(maxsize=32)
def load_division(date: str) -> Division:
    """The territories cut along the shipped line of a date.

    Raises :class:`NotFoundError` if there is no such line, or if its division is not built.
    """
    line_file(date)
    path = paths.overview(paths.division_file(date))
    if not path.is_file():
        message = f"the land on the line of {date} is not cut; run python -m geo.build divisions."
        raise NotFoundError(Fault("data/divisions", message))
    collection = read_json(path)
    pieces = [Piece(**row) for row in collection["pieces"]]
    return Division(
        line=date,
        about=line_facts(date),
        pieces={piece.zone: piece for piece in pieces},
        places=collection["places"],
        shipped=True,
        read_shapes=lambda: Shapes(
            _whole_or_cut(pieces, paths.TERRITORIES, paths.division_file(date)),
            read_shapes(line_file(date), "kind")["line_of_contact"],
        ),
        read_overview=lambda: _whole_or_cut(pieces, paths.overview(paths.TERRITORIES), path),
    )


@cache
def _territories(path: Path) -> dict[str, BaseGeometry]:
    return read_shapes(path, "territory")


def _whole_or_cut(pieces: list[Piece], whole: Path, cut: Path) -> dict[str, BaseGeometry]:
    """The outlines of all pieces: the cut ones from one file, whole territories from another."""
    parts, territories = read_shapes(cut, "zone"), _territories(whole)
    return {p.zone: parts.get(p.zone) or territories[p.territory] for p in pieces}
