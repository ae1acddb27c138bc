"""The built zones of a plan on a line as plain rows, and what map, legend and table need of them.

Reads the built file, so no geometry library is loaded to show a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geo import paths
from geo.clause_ids import point_of
from geo.errors import Fault, NotFoundError
from geo.ledger import totals
from geo.line import line_facts
from geo.reading import read_json
from geo.statuses import LOOKS
from geo.territories import place_facts, short_name, territory_facts
from geo.tour import load_tour
from pages.parts.speech import _, language, named
from pages.parts.view import View
from pages.parts.words import SIDES, km2, part_name

Row = dict[str, Any]


@dataclass(frozen=True)
class Scene:
    """Zones (rows without geometry, by id) and places of one plan on one line.

    ``unsure_km2``: how much of each zone lies so near the line that the line cannot tell.
    """

    plan: str
    line: str
    zones: dict[str, Row]
    places: dict[str, Row]
    unsure_km2: dict[str, float]

    def zones_of(self, territory: str) -> list[Row]:
        """The one or two zones of a territory."""
        return [row for row in self.zones.values() if row["territory"] == territory]

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
    def areas(self) -> dict[str, float]:
        """Square kilometres under each status."""
        return totals(list(self.zones.values()))


@lru_cache(maxsize=32)
def load_scene(plan_id: str, line: str) -> Scene:
    """The built zones of a plan on a line. Raises :class:`NotFoundError` if they are not built."""
    path = paths.zones_file(plan_id, line)
    if not path.is_file():
        message = f"the zones of {plan_id} on {line} are not built; run python -m geo.build zones."
        raise NotFoundError(Fault("data/zones", message))
    collection = read_json(path)
    rows = [feature["properties"] for feature in collection["features"]]
    return Scene(
        plan=plan_id,
        line=line,
        zones={row["zone"]: row for row in rows},
        places={row["place"]: row for row in collection["places"]},
        unsure_km2=collection["unsure_km2"],
    )


def map_scene(scene: Scene) -> dict[str, Any]:
    """What the map's script has to know of a scene: files to fetch, and all words on the map."""
    addressed = {
        row["territory"]
        for row in scene.zones.values()
        if row["status"] not in ("unaffected", "relinquished")
    }
    return {
        "language": language(),
        "words": _words_on_map(),
        "zones": f"zones/{scene.plan}_{scene.line}",
        "line": f"lines/{scene.line}",
        "bandKm": line_facts(scene.line)["accuracy"].get("band_km"),
        "tips": {zone: _tip(row) for zone, row in scene.zones.items()},
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
    label, side = LOOKS[row["status"]].label, SIDES[row["held_by"]]
    about = _("{status} · held by {side} · {area}").format(
        status=_(label),
        side=_(side),
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
