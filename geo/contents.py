"""What lies in each piece of a divided land: settlements, ports, and raions that the line cuts.

For the shipped lines it is counted in the build (``data/pieces.csv``), for a reader's own line when
somebody asks. A settlement is a row of the gazetteer that has a code of its own in Ukraine's
codifier; city districts and other parts of a settlement stand beside it there and do not count.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from functools import cache
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from geo import paths
from geo.coordinates import Point
from geo.division import Division, Piece
from geo.gazetteer import Place, gazetteer, raion_facts
from geo.ground import ground_of, in_metres, projected
from geo.reading import read_text

if TYPE_CHECKING:
    from geo.ground import Ground

PORTS = paths.REFERENCE / "ports.csv"
TOWN_POPULATION = paths.REFERENCE / "town_population.csv"
PIECES = paths.DATA / "pieces.csv"

COLUMNS = (
    *("line", "zone", "settlements", "people_listed", "without_figure"),
    *("unplaced", "cut_raions", "ports"),
)
"""The columns of ``data/pieces.csv``: one row a line and piece; lists are joined by spaces."""


@dataclass(frozen=True)
class Contents:
    """What lies in one piece.

    ``settlements``: those whose point, or all of whose raion, lies in it; ``people_listed``: the
    people of those that GeoNames gives a figure for; ``without_figure``: how many it gives none
    for; ``unplaced``: settlements of the oblast of which it is not known in which piece they lie.
    ``cut_raions``: KATOTTG codes of the oblast's raions that the line divides; ``ports``: ids.
    """

    settlements: int = 0
    people_listed: int = 0
    without_figure: int = 0
    unplaced: int = 0
    cut_raions: tuple[str, ...] = ()
    ports: tuple[str, ...] = ()


@cache
def port_facts() -> dict[str, dict[str, str]]:
    """Kind (sea, river), names in three languages and position of each port, by its id."""
    return {row["port"]: row for row in _rows(PORTS)}


_counted: WeakKeyDictionary[Division, dict[str, Contents]] = WeakKeyDictionary()


def contents_of(division: Division) -> dict[str, Contents]:
    """What lies in each piece, by zone; read where the line is shipped, else counted once."""
    if division not in _counted:
        read = division.shipped
        _counted[division] = _read(division.line) if read else count_contents(division)
    return _counted[division]


def _read(line: str) -> dict[str, Contents]:
    return {
        row["zone"]: Contents(
            settlements=int(row["settlements"]),
            people_listed=int(row["people_listed"]),
            without_figure=int(row["without_figure"]),
            unplaced=int(row["unplaced"]),
            cut_raions=tuple(row["cut_raions"].split()),
            ports=tuple(row["ports"].split()),
        )
        for row in _rows(PIECES)
        if row["line"] == line
    }


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(read_text(path))))


Where = Hashable
"""What settlements are counted by: a zone, or the zones on two lines."""


@dataclass
class _Tally:
    settlements: Counter[Where] = field(default_factory=Counter)
    people_listed: Counter[Where] = field(default_factory=Counter)
    without_figure: Counter[Where] = field(default_factory=Counter)

    def add(self, zone: Where, people: int) -> None:
        self.settlements[zone] += 1
        self.people_listed[zone] += people
        self.without_figure[zone] += not people


def count_contents(division: Division) -> dict[str, Contents]:
    """What lies in each piece, counted from the outlines.

    A settlement lies in its own oblast, and there in the piece that holds its point or is nearest
    to it; one without a position in that of its raion, if the raion lies in a single piece.
    """
    ground = ground_of(division)
    people = _people()
    tally, unplaced = _Tally(), Counter[str]()
    for place, zone in zip(settlements(), settlement_zones(division), strict=True):
        if zone is None:
            unplaced[place.territory] += 1
        else:
            tally.add(zone, people.get(place.geonameid, place.population))
    ports = [(port, _piece_at(ground, facts)) for port, facts in port_facts().items()]
    cut = {code: tuple(_cut_raions(ground, code)) for code in division.divided}
    return {
        zone: Contents(
            settlements=tally.settlements[zone],
            people_listed=tally.people_listed[zone],
            without_figure=tally.without_figure[zone],
            unplaced=unplaced[piece.territory],
            cut_raions=cut.get(piece.territory, ()),
            ports=tuple(port for port, found in ports if found == piece),
        )
        for zone, piece in division.pieces.items()
    }


def contents_between(left: Division, right: Division) -> dict[tuple[str, str], Contents]:
    """What lies in the ground of one zone on the left line and one on the right, by both zones.

    Only settlements are told: those whose zone is known on both lines are counted, the others are
    ``unplaced`` in all ground of their oblast.
    """
    people = _people()
    tally, unplaced = _Tally(), Counter[str]()
    zones = zip(settlements(), settlement_zones(left), settlement_zones(right), strict=True)
    for place, before, after in zones:
        if before is None or after is None:
            unplaced[place.territory] += 1
        else:
            tally.add((before, after), people.get(place.geonameid, place.population))
    return {
        (before, after): Contents(
            settlements=tally.settlements[before, after],
            people_listed=tally.people_listed[before, after],
            without_figure=tally.without_figure[before, after],
            unplaced=unplaced[code],
        )
        for code in {piece.territory for piece in left.pieces.values()}
        for before in (piece.zone for piece in left.pieces_of(code))
        for after in (piece.zone for piece in right.pieces_of(code))
    }


@cache
def _people() -> dict[str, int]:
    """Populations of towns for which GeoNames gives no pre-war figure, by GeoNames' id."""
    return {row["geonameid"]: int(row["population"]) for row in _rows(TOWN_POPULATION)}


def settlements() -> Iterator[Place]:
    """The settlements of the gazetteer, in its order, without parts of settlements."""
    known = gazetteer()
    places = (known.place(number) for number in range(len(known)))
    return (place for place in places if place.kind != "part")


_zones: WeakKeyDictionary[Division, tuple[str | None, ...]] = WeakKeyDictionary()


def settlement_zones(division: Division) -> tuple[str | None, ...]:
    """The zone of each of :func:`settlements`, in their order, kept as long as the division is.

    ``None`` where it is not known, or where the settlement's territory is not in the division.
    """
    if division not in _zones:
        _zones[division] = tuple(_find_zones(division, ground_of(division)))
    return _zones[division]


def _find_zones(division: Division, ground: Ground) -> list[str | None]:
    by_point: dict[str, list[int]] = {code: [] for code in division.divided}
    whole = {
        piece.territory: zone
        for zone, piece in division.pieces.items()
        if piece.territory not in by_point
    }
    places = list(settlements())
    zones: list[str | None] = []
    for number, place in enumerate(places):
        zones.append(whole.get(place.territory))
        if place.territory in by_point and place.lat is not None:
            by_point[place.territory].append(number)
        elif place.territory in by_point:
            zones[number] = _zone_of_raion(ground, place)
    for code, numbers in by_point.items():
        found = _nearest(ground, code, [places[number] for number in numbers])
        for number, zone in zip(numbers, found, strict=True):
            zones[number] = zone
    return zones


def _nearest(ground: Ground, territory: str, places: list[Place]) -> list[str]:
    import shapely

    mine = [n for n, piece in enumerate(ground.pieces) if piece.territory == territory]
    points: Any = shapely.points([(place.lon, place.lat) for place in places])
    found = shapely.STRtree([ground.shapes[n] for n in mine]).nearest(in_metres(points))
    return [ground.pieces[mine[number]].zone for number in found]


def _zone_of_raion(ground: Ground, place: Place) -> str | None:
    reached = _own(ground, place.raion, place.territory)
    return reached[0].zone if len(reached) == 1 else None


def _own(ground: Ground, raion: str, territory: str) -> list[Piece]:
    """The pieces of its own territory that a raion lies in."""
    return [piece for piece in ground.reach_of(raion, territory)[0] if piece.territory == territory]


def _cut_raions(ground: Ground, territory: str) -> list[str]:
    raions = sorted(
        code for code, facts in raion_facts().items() if facts["iso_3166_2"] == territory
    )
    return [code for code in raions if len(_own(ground, code, territory)) > 1]


def _piece_at(ground: Ground, facts: dict[str, str]) -> Piece | None:
    return ground.piece_at(projected(Point(float(facts["lat"]), float(facts["lon"]))))
