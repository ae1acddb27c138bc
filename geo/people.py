"""How many people the official figures give each piece of land.

An oblast has one official figure, of the last year for which there is one (1 January 2022; Crimea
and Sevastopol 2014). It counts people before they fled or were displaced: it says how many lived
on a piece of land, not how many live there. The pieces of a divided oblast share its figure to
the person, rounded by largest remainder.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from geo.contents import Contents, contents_of
from geo.division import Division, Piece
from geo.territories import territory_facts

Method = Literal["official", "settlements", "area"]
"""By what a figure was found: the official one as it is, or a share of it by settlements or area.

``settlements``: the populations of the settlements on either side, and for those without a figure
an equal share each of the people that the official figure has beyond them. ``area``: by area.
"""

SUPPORTED = (0.7, 1.1)
"""How much of the official figure the listed settlements must add up to, to divide it by them."""


@dataclass(frozen=True)
class People:
    """The people of a piece by the official figure of ``year``; ``method`` says how shared."""

    count: int
    year: int
    method: Method


def people_of(division: Division) -> dict[str, People]:
    """The people of each piece, by zone; the pieces of a territory add up to its figure.

    Source: ``population`` of ``data/territories.geojson``, shared by :func:`contents_of`.
    """
    contents = contents_of(division)
    found: dict[str, People] = {}
    for territory in dict.fromkeys(piece.territory for piece in division.pieces.values()):
        facts, pieces = territory_facts()[territory], division.pieces_of(territory)
        method, weights = _weights(facts["population"], pieces, contents)
        for piece, count in zip(pieces, shared(facts["population"], weights), strict=True):
            found[piece.zone] = People(count, facts["population_year"], method)
    return found


def _weights(
    official: int, pieces: list[Piece], contents: Mapping[str, Contents]
) -> tuple[Method, list[float]]:
    """By what the official figure is shared, and how large each piece's share is."""
    if len(pieces) == 1:
        return "official", [1.0]
    inside = [contents[piece.zone] for piece in pieces]
    listed = sum(each.people_listed for each in inside)
    low, high = SUPPORTED
    if not (low <= listed / official <= high and all(each.settlements for each in inside)):
        return "area", [piece.area_km2 for piece in pieces]
    return "settlements", settlement_weights(official, inside)


def settlement_weights(official: int, inside: Sequence[Contents]) -> list[float]:
    """How many people of ``official`` live in each part of a territory, by its settlements."""
    listed = sum(each.people_listed for each in inside)
    missing = sum(each.without_figure for each in inside)
    each_missing = max(official - listed, 0) / missing if missing else 0.0
    return [each.people_listed + each_missing * each.without_figure for each in inside]


def shared(total: int, weights: list[float]) -> list[int]:
    """``total`` in whole parts as large as the weights, by largest remainder; they add up to it."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    nearest_up = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for position in nearest_up[: total - sum(parts)]:
        parts[position] += 1
    return parts
