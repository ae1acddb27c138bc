"""The land as two lines divide it together: parts by who holds them on the one and on the other.

On one line those are the pieces of its division. On two, a territory falls into up to four parts:
ground that a side holds on both, and ground that changed hands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.contents import Contents, contents_between, contents_of
from geo.movement import SLIVER_KM2, Moved
from geo.movements import movement_between
from geo.people import People, people_of, settlement_weights, shared
from geo.territories import territory_facts
from geo.zone_ids import zone_id

if TYPE_CHECKING:
    from geo.division import Division
    from geo.plan import Side


@dataclass(frozen=True)
class Ground:
    """A part of a territory, who holds it on the left and on the right, and what lies in it.

    ``area_km2`` is measured in an equal-area CRS.
    """

    territory: str
    before: Side
    after: Side
    area_km2: float
    contents: Contents
    people: People


def common_ground(left: Division, right: Division) -> list[Ground]:
    """All parts of all territories; both divisions have to be of the same outlines.

    The parts of a territory add up to it, and their people to its official figure.
    """
    return _pieces(left) if left.line == right.line else _between(left, right)


def _pieces(division: Division) -> list[Ground]:
    """The pieces of one division: held by the same side left and right."""
    contents, people = contents_of(division), people_of(division)
    return [
        Ground(p.territory, p.held_by, p.held_by, p.area_km2, contents[zone], people[zone])
        for zone, p in division.pieces.items()
    ]


def _between(left: Division, right: Division) -> list[Ground]:
    """The parts of every territory by who holds them on either line."""
    contents = contents_between(left, right)
    people = [people_of(left), people_of(right)]
    found: list[Ground] = []
    for code, areas in _areas(left, right).items():
        inside = [contents.get((zone_id(code, b), zone_id(code, a)), Contents()) for b, a in areas]
        zones = {zone_id(code, side) for pair in areas for side in pair}
        known = [there[zone] for there in people for zone in sorted(zones & set(there))]
        counts = _people(code, [*areas.values()], inside, known)
        found += [
            Ground(code, *sides, area, lies_in, people_there)
            for (sides, area), lies_in, people_there in zip(
                areas.items(), inside, counts, strict=True
            )
        ]
    return found


def _areas(left: Division, right: Division) -> dict[str, dict[tuple[Side, Side], float]]:
    """Square kilometres of each territory, by who holds them on the left and on the right."""
    moved = {part.territory: part for part in movement_between(left, right).change.parts}
    found: dict[str, dict[tuple[Side, Side], float]] = {}
    for code in dict.fromkeys(piece.territory for piece in left.pieces.values()):
        held = [{p.held_by: p.area_km2 for p in side.pieces_of(code)} for side in (left, right)]
        gained, lost = _moved(moved.get(code))
        stays: dict[Side, float] = {
            "Russia": _mean(held[0].get("Russia", 0) - lost, held[1].get("Russia", 0) - gained),
            "Ukraine": _mean(held[0].get("Ukraine", 0) - gained, held[1].get("Ukraine", 0) - lost),
        }
        areas: dict[tuple[Side, Side], float] = {
            ("Russia", "Russia"): stays["Russia"],
            ("Russia", "Ukraine"): lost,
            ("Ukraine", "Russia"): gained,
            ("Ukraine", "Ukraine"): stays["Ukraine"],
        }
        found[code] = {sides: area for sides, area in areas.items() if area > SLIVER_KM2}
    return found


def _moved(found: Moved | None) -> tuple[float, float]:
    """Ground gained and lost in a territory, km², without what files round off."""
    both = (found.gained_km2, found.lost_km2) if found else (0.0, 0.0)
    gained, lost = (area if area > SLIVER_KM2 else 0.0 for area in both)
    return gained, lost


def _mean(first: float, second: float) -> float:
    """Both sides measure the same ground; what they differ by is rounding."""
    return (first + second) / 2


def _people(
    code: str, areas: list[float], inside: list[Contents], known: list[People]
) -> list[People]:
    """The official figure of a territory, shared among its parts as it is among its pieces."""
    official, year = territory_facts()[code]["population"], known[0].year
    if len(areas) == 1:
        return [People(official, year, "official")]
    by_area = any(people.method == "area" for people in known)
    weights = areas if by_area else settlement_weights(official, inside)
    counts = shared(official, weights if sum(weights) else areas)
    return [People(count, year, "area" if by_area else "settlements") for count in counts]
