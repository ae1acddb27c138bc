"""What a plan says of every piece of a divided land, as plain rows for map, legend and table."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from geo.answers import answer, places
from geo.clause_ids import point_of
from geo.division import Division, Piece
from geo.ledger import totals
from geo.line import line_dates
from geo.movements import movement_between
from geo.plan import Language, Plan, load_plan
from geo.territories import place_facts, short_name, territory_facts
from geo.tour import load_tour
from pages.parts.own import division_of, own
from pages.parts.speech import _, language, named, speak
from pages.parts.view import View
from pages.parts.words import SIDES, km2, part_name, status_name

Row = dict[str, Any]

MOST_NAMED = 12
"""So many territories at most stand out by name on the map."""


@dataclass(frozen=True, eq=False)
class Scene:
    """Zones (rows without geometry, by id) and places of one plan on one division of the land."""

    plan: str
    division: Division
    zones: dict[str, Row]
    places: dict[str, Row]
    shipped: bool
    """Whether both are shipped with the dashboard, and nothing is a reader's own."""

    @property
    def line(self) -> str:
        """The date of the line, or what stands for the reader's own."""
        return self.division.line

    def zones_of(self, territory: str) -> list[Row]:
        """The one or two zones of a territory."""
        return self._by_territory.get(territory, [])

    @cached_property
    def _by_territory(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.zones.values():
            found.setdefault(row["territory"], []).append(row)
        return found

    def zones_of_clause(self, clause: str) -> list[Row]:
        """The zones that a clause, or any lettered part of it, reaches."""
        return [
            row
            for row in self.zones.values()
            if any(clause in (name, point_of(name)) for name in row["clauses"])
        ]

    def places_of_clause(self, clause: str) -> list[Row]:
        """The sites and rivers that a clause, or any lettered part of it, is about."""
        return [
            row
            for row in self.places.values()
            if any(clause in (name, point_of(name)) for name in row["clauses"])
        ]

    def places_in(self, zone: str) -> list[Row]:
        """The sites and rivers in a zone that the plan has terms on."""
        return [row for row in self.places.values() if zone in row["zones"]]

    def name(self, zone: str) -> str:
        """A zone's name as the reader sees it."""
        row = self.zones[zone]
        whole = len(self.zones_of(row["territory"])) == 1
        return part_name(territory_facts()[row["territory"]], row["held_by"], whole)

    @property
    def digest(self) -> str:
        """What tells one state of the zones from another, on the map too."""
        said = [
            (row["zone"], row["status"], row["clauses"], row["certainty"])
            for row in self.zones.values()
        ]
        return hashlib.sha256(repr((said, self.places)).encode()).hexdigest()[:12]

    @property
    def areas(self) -> dict[str, float]:
        """Square kilometres under each status."""
        return totals(list(self.zones.values()))

    @property
    def unverified_km2(self) -> float:
        """Square kilometres of land that is said to be meant, by nothing that could be verified."""
        return sum(
            float(row["area_km2"])
            for row in self.zones.values()
            if row["status"] == "unaffected" and row["certainty"] == "unverified"
        )


def current_scene(view: View) -> Scene:
    """The scene that a view looks at. Raises :class:`geo.errors.DataError` if data is missing."""
    return scene_of(view.plan, division_of(view))


def scene_of(plan: Plan, division: Division) -> Scene:
    """The scene of a plan on a division; what is a reader's is not kept beyond the session."""
    shipped = division.shipped and not plan.is_own
    return _shipped_scene(plan.id, division) if shipped else _scene(plan, division, shipped=False)


@lru_cache(maxsize=128)
def _shipped_scene(plan_id: str, division: Division) -> Scene:
    return _scene(load_plan(plan_id), division, shipped=True)


def _scene(plan: Plan, division: Division, shipped: bool) -> Scene:
    return Scene(
        plan=plan.id,
        division=division,
        zones={zone: _row(plan, piece) for zone, piece in division.pieces.items()},
        places={row["place"]: row for row in places(plan, division.places)},
        shipped=shipped,
    )


def _row(plan: Plan, piece: Piece) -> Row:
    found = answer(plan, piece.territory, piece.held_by)
    return {
        "zone": piece.zone,
        "territory": piece.territory,
        "held_by": piece.held_by,
        "area_km2": piece.area_km2,
        "status": found.status,
        "clauses": list(found.clauses),
        "treated_as": found.treated_as,
        "how": found.how,
        "leaves": found.leaves,
        "keeps_out": found.keeps_out,
        "regime": found.regimes,
        "boundary": found.boundaries,
        "alternatives": tuple(term.status for term in found.alternatives if term.status),
        "certainty": found.certainty,
    }


def map_scene(scene: Scene, since: str | None = None) -> dict[str, Any]:
    """What the map's script has to know of a scene: files to fetch, and all words on the map.

    ``since``: the day of another line, whose difference to the scene's is drawn.
    """
    if scene.shipped:
        return _shipped_map_scene(scene, since, language())
    return _map_scene(scene, since)


@lru_cache(maxsize=128)
def _shipped_map_scene(scene: Scene, since: str | None, spoken: Language) -> dict[str, Any]:
    speak(spoken)
    return _map_scene(scene, since)


def _map_scene(scene: Scene, since: str | None) -> dict[str, Any]:
    addressed = {
        row["territory"]
        for row in scene.zones.values()
        if row["status"] not in ("unaffected", "relinquished")
    }
    if len(addressed) > MOST_NAMED:  # a plan that leaves all land open names none
        addressed = set()
    return {
        "language": language(),
        "words": _words_on_map(),
        "plan": scene.plan,
        "digest": scene.digest,
        "shapes": own().shapes(scene.division),
        "change": _change(scene, since) if since else None,
        "otherLines": _other_lines(scene.line),
        "bandKm": scene.division.band_km,
        "zones": {
            zone: {
                "status": row["status"],
                "territory": row["territory"],
                "heldBy": row["held_by"].lower(),
                "tip": _tip(row),
            }
            for zone, row in scene.zones.items()
        },
        "named": sorted(addressed),
        "zoneLabels": {
            zone: _("would be\ndemilitarized")
            for zone, row in scene.zones.items()
            if row["status"] == "demilitarized"
        },
        "places": {
            place: [
                named(place_facts()[place]),
                _("Clause {clauses}").format(clauses=", ".join(row["clauses"])),
            ]
            for place, row in scene.places.items()
        },
    }


def _other_lines(line: str) -> list[str]:
    """The days of all lines but this one, the nearest first: those are chosen next."""
    days = line_dates()
    if line not in days:  # the reader's own
        return list(days)
    here = days.index(line)
    return sorted((day for day in days if day != line), key=lambda day: abs(days.index(day) - here))


def _change(scene: Scene, since: str) -> dict[str, Any]:
    """The ground gained and lost since another day, to draw."""
    moved = movement_between(own().division(since), scene.division)
    return {"days": f"{since} {scene.line}", "gained": moved.gained, "lost": moved.lost}


def selected_on_map(view: View, scene: Scene) -> dict[str, Any]:
    """The zones and the place to mark on the map, and what part of it to show."""
    rows: list[Row] = []
    if view.territory:
        rows = scene.zones_of(view.territory)
        rows = [row for row in rows if row["held_by"] == view.held_by] or rows
    elif view.clause and not view.place:
        rows = scene.zones_of_clause(view.clause)
    bounds = load_tour().steps[view.step - 1].bounds if view.step else None
    return {"zones": [row["zone"] for row in rows], "place": view.place, "bounds": bounds}


def _tip(row: Row) -> list[str]:
    about = _("{status} · held by {side} · {area}").format(
        status=status_name(row),
        side=_(SIDES[row["held_by"]]),
        area=km2(row["area_km2"]),
    )
    return [named(territory_facts()[row["territory"]]), about]


def _words_on_map() -> dict[str, Any]:
    return {
        "title": _("Map of Ukraine: what the plan would do to each piece of land"),
        "wholeCountry": _("Whole country"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "credit": _("Outlines: OPORA, CC BY 4.0 · Natural Earth · GeoNames"),
        "failed": _("The map could not be drawn ({reason}). Reload the page to try again."),
        "kilometres": _("km"),
        "metres": _("m"),
        "regions": {code: map_name(facts) for code, facts in territory_facts().items()},
    }


def map_name(facts: dict[str, Any]) -> str:
    """The short name of a territory on the map; cities have their own label and get none."""
    if facts["territory"] in ("UA-30", "UA-40"):
        return ""
    name = named(facts)
    if facts["territory"] == "UA-32":  # Kyiv Oblast keeps its word, beside the city of Kyiv
        return name
    return short_name(name)
