"""What the plan does to a town, how sure that is, and others of its name, for the page of towns."""

from __future__ import annotations

from typing import Any

from geo.answers import answer
from geo.line import load_line
from geo.lookup import Answer, lookup
from geo.plan import Plan
from geo.territories import territory_facts
from geo.zone_ids import split_zone_id
from pages.parts.clause_rows import clause_row
from pages.parts.panel import zone_link
from pages.parts.render import render
from pages.parts.scene import Scene
from pages.parts.speech import N_, _, day, language, named, number
from pages.parts.view import View

MOST_FOUND = 13
"""So many places of a name are found; the rest by adding their raion or oblast."""

VERDICTS = {
    "Russian-held": N_("Russian-held"),
    "Ukrainian-held": N_("Ukrainian-held"),
    "too close to say": N_("Too close to say"),
}


def answers_for(view: View) -> list[Answer]:
    """What is found for the town that the link names, the best first."""
    return lookup(view.town, view.plan, load_line(view.line), MOST_FOUND) if view.town else []


def point_of(answers: list[Answer]) -> list[float] | None:
    """Latitude and longitude of the answer that is shown."""
    if not answers or answers[0].lat is None or answers[0].lon is None:
        return None
    return [answers[0].lat, answers[0].lon]


def town_panel(view: View, scene: Scene, answers: list[Answer]) -> str:
    """The answer for the best match, and links to the others, as HTML."""
    return render(
        "town.html",
        view=view,
        town=view.town,
        place=_place(view, scene, answers[0]) if answers else None,
        others=[
            {"name": name_of(other), "where": where(other), "asked": _asked_for(other)}
            for other in answers[1:]
        ],
    )


def _place(view: View, scene: Scene, found: Answer) -> dict[str, Any]:
    torn = found.verdict == "too close to say"
    zones = [found.zone] if found.zone and not torn else list(found.possible_zones)
    if torn and found.territory:
        zones = [row["zone"] for row in scene.zones_of(found.territory)]
    links = [zone_link(scene, scene.zones[zone]) for zone in zones]
    said_by = {"R": VERDICTS["Russian-held"], "U": VERDICTS["Ukrainian-held"]}
    return {
        "name": name_of(found),
        "where": where(found),
        "look": links[0]["look"] if len(links) == 1 else None,
        "verdict": _(VERDICTS[found.verdict]) if found.verdict else None,
        "zone": found.zone,
        "told": told(found, view.line),
        "either": links if len(links) > 1 else [],
        "clauses": [
            clause_row(view.plan, view.plan.clause(name)) for name in _clauses_on(view.plan, zones)
        ],
        "held_on": [(date, _(said_by[side])) for date, side in found.held_on.items()],
    }


def _clauses_on(plan: Plan, zones: list[str]) -> list[str]:
    """The clauses that reach any of the zones, those that decide its status first."""
    land = [parts for zone in zones if (parts := split_zone_id(zone))]
    found = [answer(plan, territory, side) for territory, side in land]
    deciding = [name for one in found for name in one.deciding]
    return list(dict.fromkeys([*deciding, *(name for one in found for name in one.clauses)]))


def name_of(found: Answer) -> str:
    """The place's name; on a Chinese page in Latin script, with the Ukrainian one."""
    if language() == "uk":
        return found.name_uk or found.name
    if language() == "zh" and found.name_uk:
        return f"{found.name}（{found.name_uk}）"
    return found.name


def where(found: Answer) -> str:
    """Hromada, raion and oblast, by which places of one name are told apart."""
    names = (found.hromada, found.raion)
    if language() == "uk":
        names = (found.hromada_uk, found.raion_uk)
    oblast = named(territory_facts()[found.territory]) if found.territory else ""
    return ", ".join(name for name in (*names, oblast) if name)


def told(found: Answer, line: str) -> str:
    """Who holds the place and how sure that is, in a sentence or two."""
    if found.zone is None and not found.possible_zones:
        return _("This lies outside Ukraine, so the plan’s terms do not reach it.")
    if found.distance_km is None:
        return _without_position(found)
    values = {
        "day": day(line),
        "km": number(found.distance_km) if found.distance_km >= 1 else _("less than 1"),
        "give": number(found.uncertainty_km or 0),
    }
    texts = {
        "Russian-held": _(
            "Russia held it on {day}. The line of contact is {km} km off, give or take {give}."
        ),
        "Ukrainian-held": _(
            "Ukraine held it on {day}. The line of contact is {km} km off, give or take {give}."
        ),
        "too close to say": _(
            "The line of contact of {day} is {km} km off, give or take {give}: too near to say from"
            " the line which side held it."
        ),
    }
    text = texts[found.verdict or "too close to say"].format(**values)
    mapped = {
        "R": _("DeepStateMap.Live had it as Russian-held that day."),
        "U": _("DeepStateMap.Live did not have it as Russian-held that day."),
    }
    if found.verdict == "too close to say" and line in found.held_on:
        text = f"{text} {mapped[found.held_on[line]]}"
    if found.across_water_km is not None:
        text = f"{text} {_across_water(found)}"
    return text


def _across_water(found: Answer) -> str:
    """How near the other side is where only water lies between."""
    if found.held_by == "Ukraine":
        text = _("Across the water, ground that Russia held is {km} km away.")
    else:
        text = _("Across the water, ground that Ukraine held is {km} km away.")
    return text.format(km=number(found.across_water_km or 0, 1))


def _without_position(found: Answer) -> str:
    if found.zone:
        return _("Its position is not known here, but all of its raion has this one answer.")
    return _("Its position is not known here, and its raion lies in several zones:")


def _asked_for(found: Answer) -> str:
    """What to look up to get this place and no other of its name."""
    name = found.name_uk or found.name
    narrower = f"{found.hromada_uk} {found.raion_uk}".strip()
    return f"{name}, {narrower}" if narrower else name
