"""What a plan says of one town or one point: its zone, how far the line is, how sure that is."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from geo.answers import answer
from geo.calibration import chance_russian_held
from geo.coordinates import Point, near_ukraine, parse_point
from geo.division import Division, Piece, load_division
from geo.gazetteer import Match, Place, raion_facts, search
from geo.ground import Ground, Verdict, ground_of, projected, raion_at

if TYPE_CHECKING:
    from geo.plan import Plan, Side


ACROSS_WATER_KM = 1.0
"""How much nearer ground of the other side must be than the line to be told of."""


@dataclass(frozen=True)
class TownAnswer:
    """What a plan says of one place, on the line of one day.

    ``territory`` (ISO 3166-2), ``zone``, ``status``, ``clauses`` and ``held_by`` are those of the
    zone it lies in; empty if it lies outside Ukraine, or if its position is not known and its
    raion lies in several zones (``possible_zones``). ``distance_km``: to the line of contact;
    ``across_water_km``: to ground of the other side, where water makes that much nearer;
    ``uncertainty_km``: within so much of it the line cannot tell who holds a place, and
    ``verdict`` says so. ``chance_russian_held`` (0 to 1) is what the method's own record says of
    ground so far on that side; for places whose holder is not known from the table. ``held_on``:
    R or U by day, where the control table lists the place.
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
    chance_russian_held: float | None = None
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
    id: str = ""
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The fields, in their order, as JSON has them."""
        return asdict(self)


COLUMNS = tuple(each.name for each in fields(TownAnswer))
"""The fields of an answer, in their order."""


def lookup(text: str, plan: Plan, line: Division | str, limit: int | None = 8) -> list[TownAnswer]:
    """What ``plan`` says of the places called ``text``, or of the point it gives; best first.

    ``line``: a division of the land, or the date of a shipped line.
    See :func:`geo.gazetteer.search` for names and :func:`geo.coordinates.parse_point` for points.
    Raises :class:`NotFoundError` if the zones of the plan on the line, or the gazetteer, are not
    built; for no text.
    """
    if point := parse_point(text):
        return [lookup_point(point.lat, point.lon, plan, line)]
    return [lookup_place(match, plan, line) for match in search(text, limit)]


def lookup_place(found: Match | Place, plan: Plan, line: Division | str) -> TownAnswer:
    """What ``plan`` says of a place of the gazetteer."""
    match = found if isinstance(found, Match) else Match(found, "exact")
    place = match.place
    known = TownAnswer(
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
        id=place.id,
    )
    if place.lat is None or place.lon is None:
        return _by_raion(known, place, plan, _ground(line))
    return _at(known, Point(place.lat, place.lon), plan, _ground(line))


def lookup_point(lat: float, lon: float, plan: Plan, line: Division | str) -> TownAnswer:
    """What ``plan`` says of a position, degrees. Outside Ukraine ``territory`` is ``None``.

    Raises ``ValueError`` for what is no position on Earth.
    """
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError(f"{lat}, {lon} is no position: latitude ends at 90, longitude at 180")
    known = TownAnswer(name=f"{lat:.5f}, {lon:.5f}", lat=lat, lon=lon)
    point = Point(lat, lon)
    if raion := raion_at(point):
        facts = raion_facts()[raion]
        known = replace(known, raion=facts["name_en"], raion_uk=facts["name_uk"])
    return _at(known, point, plan, _ground(line))


def _ground(line: Division | str) -> Ground:
    return ground_of(load_division(line) if isinstance(line, str) else line)


def _at(known: TownAnswer, position: Point, plan: Plan, ground: Ground) -> TownAnswer:
    """``known`` with what holds at its position."""
    point = projected(position) if near_ukraine(position) else None
    piece = ground.piece_at(point) if point is not None else None
    if piece is None or point is None:
        return replace(
            known, note="This lies outside Ukraine, so the plan's terms do not reach it."
        )
    away = point.distance(ground.contact) / 1000
    other = ground.other_side_km(piece, point)
    return replace(
        _in_piece(known, piece, plan, ground),
        distance_km=round(away, 1),
        across_water_km=round(other, 1) if other < away - ACROSS_WATER_KM else None,
        verdict=ground.verdict(piece, away),
        chance_russian_held=None if known.held_on else _chance(piece, away, ground),
    )


def _chance(piece: Piece, away_km: float, ground: Ground) -> float | None:
    """The chance that ground so far from a shipped line is Russian-held."""
    if ground.uncertainty_km is None:
        return None
    return round(chance_russian_held(away_km if piece.held_by == "Russia" else -away_km), 2)


def _in_piece(known: TownAnswer, piece: Piece, plan: Plan, ground: Ground) -> TownAnswer:
    found = answer(plan, piece.territory, piece.held_by)
    return replace(
        known,
        territory=piece.territory,
        zone=piece.zone,
        status=found.status,
        clauses=found.clauses,
        held_by=piece.held_by,
        uncertainty_km=ground.uncertainty_km,
    )


def _by_raion(known: TownAnswer, place: Place, plan: Plan, ground: Ground) -> TownAnswer:
    """The answer for all of the raion (or oblast) of a place without a position."""
    pieces, away = ground.reach_of(place.raion, place.territory)
    unit = f"raion ({place.raion_en})" if place.raion_en else "oblast"
    if len(pieces) == 1:
        return replace(
            _in_piece(known, pieces[0], plan, ground),
            verdict=ground.verdict(pieces[0], away),
            note=f"Its position is not known here; this holds for all of its {unit}.",
        )
    names = tuple(piece.zone for piece in pieces)
    return replace(
        known,
        territory=place.territory,
        uncertainty_km=ground.uncertainty_km,
        possible_zones=names,
        note=f"Its position is not known here, and its {unit} lies in several zones:"
        f" {', '.join(names)}.",
    )
