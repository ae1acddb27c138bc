"""What the plan does to a town, how sure that is, and others of its name, for the page of towns."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from geo.answers import answer
from geo.coordinates import Point
from geo.gazetteer import search
from geo.ground import sites_near
from geo.lookup import TownAnswer, lookup
from geo.plan import Plan
from geo.territories import place_facts, territory_called, territory_facts
from geo.zone_ids import split_zone_id
from pages.parts.clause_rows import clause_row
from pages.parts.fates import fates
from pages.parts.land_rows import zone_link
from pages.parts.link import shown
from pages.parts.own import division_of
from pages.parts.render import render
from pages.parts.scene import Scene
from pages.parts.speech import N_, _, language, named, number, percent
from pages.parts.view import View
from pages.parts.words import by_line, km, on_line

MOST_FOUND = 13
"""So many places of a name are found; the rest by adding their raion or oblast."""

SITE_KM = 15
"""A site that the plan names is told of with towns so near to it."""

VERDICTS = {
    "Russian-held": N_("Russian-held"),
    "Ukrainian-held": N_("Ukrainian-held"),
    "too close to say": N_("Too close to say"),
}


def answers_for(view: View) -> list[TownAnswer]:
    """What is found for the town that the link names, the best first."""
    return lookup(view.town, view.plan, division_of(view), MOST_FOUND) if view.town else []


def point_of(answers: list[TownAnswer]) -> list[float] | None:
    """Latitude and longitude of the answer that is shown."""
    if not answers or answers[0].lat is None or answers[0].lon is None:
        return None
    return [answers[0].lat, answers[0].lon]


def town_panel(view: View, scene: Scene, answers: list[TownAnswer]) -> str:
    """The answer for the best match, and links to the others, as HTML."""
    best = answers[0] if answers else None
    return render(
        "town.html",
        view=view,
        town=view.town,
        place=_place(view, scene, best) if best else None,
        notes=_notes(view.town or "", best),
        region=_region(view.town or "", best),
        is_link=(view.town or "").startswith("http"),
        others=[
            {
                "name": name_of(other),
                "where": where(other),
                "asked": _asked_for(other),
                "view": replace(view, town=_asked_for(other)),
            }
            for other in answers[1:]
        ],
    )


def _notes(asked: str, best: TownAnswer | None) -> list[str]:
    """What to know of how the place was found: by another spelling, among others of its name."""
    if best is None or best.found_by == "point":
        return []
    notes = []
    if best.found_by in ("prefix", "typo"):
        text = _("No place is called {asked}; shown is one whose name is near to it.")
        notes.append(text.format(asked=shown(asked)))
    namesakes = [match for match in search(asked, None) if match.how == best.found_by]
    if len(namesakes) > 1 and best.kind != "city":
        text = _(
            "{count} places fit; shown is one of them. Choose another below, or add the raion or"
            " oblast after a comma."
        )
        notes.append(text.format(count=number(len(namesakes))))
    return notes


def _region(asked: str, best: TownAnswer | None) -> dict[str, str] | None:
    """The territory that was probably meant, if no town has just that name."""
    code = None if best and best.found_by in ("exact", "point") else territory_called(asked)
    return {"code": code, "name": named(territory_facts()[code])} if code else None


def _sites(scene: Scene, found: TownAnswer) -> list[dict[str, str]]:
    """What the plan names near the place: a power plant, say."""
    if found.lat is None or found.lon is None:
        return []
    near = sites_near(Point(found.lat, found.lon), SITE_KM)
    rows = [scene.places[name] for name in near if name in scene.places]
    return [
        {
            "place": row["place"],
            "name": named(place_facts()[row["place"]]),
            "clauses": ", ".join(row["clauses"]),
        }
        for row in rows
    ]


def _place(view: View, scene: Scene, found: TownAnswer) -> dict[str, Any]:
    torn = found.verdict == "too close to say"
    zones = [found.zone] if found.zone and not torn else list(found.possible_zones)
    if torn and found.territory:
        zones = [row["zone"] for row in scene.zones_of(found.territory)]
    links = [zone_link(scene, scene.zones[zone]) for zone in zones]
    said_by = {"R": VERDICTS["Russian-held"], "U": N_("Not Russian-held")}
    return {
        "name": name_of(found),
        "where": where(found),
        "look": links[0]["look"] if len(links) == 1 else None,
        "verdict": _(VERDICTS[found.verdict]) if found.verdict else None,
        "zone": found.zone,
        "told": told(found, view.line),
        "sites": _sites(scene, found),
        "either": links if len(links) > 1 else [],
        "clauses": [
            clause_row(view.plan, view.plan.clause(name)) for name in _clauses_on(view.plan, zones)
        ],
        "fates": fates(view, [scene.zones[zone] for zone in zones], "map") if zones else [],
        "held_on": [(date, _(said_by[side])) for date, side in found.held_on.items()],
    }


def _clauses_on(plan: Plan, zones: list[str]) -> list[str]:
    """The clauses that reach any of the zones, those that decide its status first."""
    land = [parts for zone in zones if (parts := split_zone_id(zone))]
    found = [answer(plan, territory, side) for territory, side in land]
    deciding = [name for one in found for name in one.deciding]
    return list(dict.fromkeys([*deciding, *(name for one in found for name in one.clauses)]))


def name_of(found: TownAnswer) -> str:
    """The place's name; on a Chinese page with the Ukrainian one, by which maps have it."""
    if language() == "uk":
        return found.name_uk or found.name
    if language() == "zh" and found.name_uk:
        return f"{found.name_zh or found.name}（{found.name_uk}）"
    return found.name


def where(found: TownAnswer) -> str:
    """Hromada, raion and oblast, by which places of one name are told apart."""
    names = (found.hromada, found.raion)
    if language() == "uk":
        names = (found.hromada_uk, found.raion_uk)
    oblast = named(territory_facts()[found.territory]) if found.territory else ""
    return ", ".join(name for name in (*names, oblast) if name)


def told(found: TownAnswer, line: str) -> str:
    """Who holds the place and how sure that is, in a sentence or two."""
    if found.zone is None and not found.possible_zones:
        return _("This lies outside Ukraine, so the plan’s terms do not reach it.")
    if found.distance_km is None:
        return _without_position(found)
    values = {
        "on_line": on_line(line),
        "by_line": by_line(line),
        "km": number(found.distance_km) if found.distance_km >= 1 else _("less than 1"),
        "give": km(found.uncertainty_km or 0),
    }
    if found.uncertainty_km is None:
        texts = {
            "Russian-held": _("Russia held it {on_line}; the line is {km} km off."),
            "Ukrainian-held": _("Ukraine held it {on_line}; the line is {km} km off."),
        }
    else:
        texts = {
            "Russian-held": _(
                "Russia held it {on_line}. The line of contact is {km} km off, give or take {give}."
            ),
            "Ukrainian-held": _(
                "Ukraine held it {on_line}. The line of contact is {km} km off, give or take"
                " {give}."
            ),
            "too close to say": _(
                "The line of contact is {km} km off {by_line}, give or take {give}: too near to"
                " say from the line which side held it."
            ),
        }
    text = texts[found.verdict or "too close to say"].format(**values)
    mapped = {
        "R": _("DeepStateMap.Live had it as Russian-held that day."),
        "U": _("DeepStateMap.Live did not have it as Russian-held that day."),
    }
    if found.verdict == "too close to say" and line in found.held_on:
        text = f"{text} {mapped[found.held_on[line]]}"
    if found.chance_russian_held is not None and found.verdict == "too close to say":
        chance = _(
            "By the method’s own record, such ground was Russian-held in {percent} of cases."
        )
        text = f"{text} {chance.format(percent=percent(100 * found.chance_russian_held))}"
    if found.across_water_km is not None:
        text = f"{text} {_across_water(found)}"
    return text


def _across_water(found: TownAnswer) -> str:
    """How near the other side is where only water lies between."""
    if found.held_by == "Ukraine":
        text = _("Across the water, ground that Russia held is {km} km away.")
    else:
        text = _("Across the water, ground that Ukraine held is {km} km away.")
    return text.format(km=number(found.across_water_km or 0, 1))


def _without_position(found: TownAnswer) -> str:
    if found.verdict == "too close to say":
        return _(
            "Its position is not known here, and its raion reaches too near to the line to say."
        )
    if found.zone:
        return _("Its position is not known here, but all of its raion has this one answer.")
    return _("Its position is not known here, and its raion lies in several zones:")


def _asked_for(found: TownAnswer) -> str:
    """What to look up to get this place and no other of its name."""
    return f"{found.name_uk or found.name} #{found.id}"
