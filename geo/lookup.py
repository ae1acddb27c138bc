"""What a plan says of one town or one point: its zone, how far the line is, how sure that is."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from geo.coordinates import Point, near_ukraine, parse_point
from geo.gazetteer import Match, Place, raion_facts, search
from geo.ground import Ground, Verdict, Zone, load_ground, projected, raion_at

if TYPE_CHECKING:
    from geo.line import Line
    from geo.plan import Plan, Side


ACROSS_WATER_KM = 1.0
"""How much nearer ground of the other side must be than the line to be told of."""


@dataclass(frozen=True)
class Answer:
    """What a plan says of one place, on the line of one day.

    ``territory`` (ISO 3166-2), ``zone``, ``status``, ``clauses`` and ``held_by`` are those of the
    zone it lies in; empty if it lies outside Ukraine, or if its position is not known and its
    raion lies in several zones (``possible_zones``). ``distance_km``: to the line of contact;
    ``across_water_km``: to ground of the other side, where water makes that much nearer;
    ``uncertainty_km``: within so much of it the line cannot tell who holds a place, and
    ``verdict`` says so. ``held_on``: R or U by day, where the control table lists the place.
    """

    name: str
    name_uk: str = ""
    name_zh: str = ""
    territory: str | None = None
    zone: str | None = None
    status: str | None = None
    clauses: tuple[str, ...] = ()
    held_by: Side | None = None
    distance_km: float | None = None
    across_water_km: float | None = None
    uncertainty_km: float | None = None
    verdict: Verdict | None = None
    lat: float | None = None
    lon: float | None = None
    raion: str = ""
    raion_uk: str = ""
    hromada: str = ""
    hromada_uk: str = ""
    kind: str = ""
    population: int = 0
    held_on: dict[str, str] = field(default_factory=dict)
    possible_zones: tuple[str, ...] = ()
    found_by: str = "point"
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The fields, in their order, as JSON has them."""
        return asdict(self)


COLUMNS = tuple(each.name for each in fields(Answer))
"""The fields of an answer, in their order."""


def lookup(text: str, plan: Plan, line: Line | str, limit: int | None = 8) -> list[Answer]:
    """What ``plan`` says of the places called ``text``, or of the point it gives; best first.

    ``line``: a line of contact or its date.
    See :func:`geo.gazetteer.search` for names and :func:`geo.coordinates.parse_point` for points.
    Raises :class:`NotFoundError` if the zones of the plan on the line, or the gazetteer, are not
    built; for no text.
    """
    if point := parse_point(text):
        return [lookup_point(point.lat, point.lon, plan, line)]
    return [lookup_place(match, plan, line) for match in search(text, limit)]


def lookup_place(found: Match | Place, plan: Plan, line: Line | str) -> Answer:
    """What ``plan`` says of a place of the gazetteer."""
    match = found if isinstance(found, Match) else Match(found, "exact")
    place = match.place
    ground = load_ground(plan.id, _date(line))
    known = Answer(
        name=place.name,
        name_uk=place.name_uk,
        name_zh=place.name_zh,
        lat=place.lat,
        lon=place.lon,
        raion=place.raion_en,
        raion_uk=place.raion_uk,
        hromada=place.hromada_en,
        hromada_uk=place.hromada_uk,
        kind=place.kind,
        population=place.population,
        held_on=place.held_on,
        found_by=match.how,
    )
    if place.lat is None or place.lon is None:
        return _by_raion(known, place, ground)
    return _at(known, Point(place.lat, place.lon), ground)


def lookup_point(lat: float, lon: float, plan: Plan, line: Line | str) -> Answer:
    """What ``plan`` says of a position, degrees. Outside Ukraine ``territory`` is ``None``.

    Raises ``ValueError`` for what is no position on Earth.
    """
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError(f"{lat}, {lon} is no position: latitude ends at 90, longitude at 180")
    known = Answer(name=f"{lat:.5f}, {lon:.5f}", lat=lat, lon=lon)
    point = Point(lat, lon)
    if raion := raion_at(point):
        facts = raion_facts()[raion]
        known = replace(known, raion=facts["name_en"], raion_uk=facts["name_uk"])
    return _at(known, point, load_ground(plan.id, _date(line)))


def _date(line: Line | str) -> str:
    return line if isinstance(line, str) else line.date


def _at(known: Answer, position: Point, ground: Ground) -> Answer:
    """``known`` with what holds at its position."""
    point = projected(position) if near_ukraine(position) else None
    zone = ground.zone_at(point) if point is not None else None
    if zone is None or point is None:
        return replace(
            known, note="This lies outside Ukraine, so the plan's terms do not reach it."
        )
    away = point.distance(ground.contact) / 1000
    other = ground.other_side_km(zone, point)
    return replace(
        _in_zone(known, zone, ground),
        distance_km=round(away, 1),
        across_water_km=round(other, 1) if other < away - ACROSS_WATER_KM else None,
        verdict=ground.verdict(zone, away),
    )


def _in_zone(known: Answer, zone: Zone, ground: Ground) -> Answer:
    return replace(
        known,
        territory=zone["territory"],
        zone=zone["zone"],
        status=zone["status"],
        clauses=tuple(zone["clauses"]),
        held_by=zone["held_by"],
        uncertainty_km=ground.uncertainty_km,
    )


def _by_raion(known: Answer, place: Place, ground: Ground) -> Answer:
    """The answer for all of the raion (or oblast) of a place without a position."""
    numbers, away = ground.reach_of(place.raion, place.territory)
    zones = [ground.zones[number] for number in numbers]
    unit = f"raion ({place.raion_en})" if place.raion_en else "oblast"
    if len(zones) == 1:
        return replace(
            _in_zone(known, zones[0], ground),
            verdict=ground.verdict(zones[0], away),
            note=f"Its position is not known here; this holds for all of its {unit}.",
        )
    names = tuple(zone["zone"] for zone in zones)
    return replace(
        known,
        territory=place.territory,
        uncertainty_km=ground.uncertainty_km,
        possible_zones=names,
        note=f"Its position is not known here, and its {unit} lies in several zones:"
        f" {', '.join(names)}.",
    )
