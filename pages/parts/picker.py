"""The list of everything that can be picked on the map, for keyboard and screen reader."""

from __future__ import annotations

from functools import lru_cache

from geo.plan import Language
from geo.territories import place_facts, territory_facts
from pages.parts.scene import Scene
from pages.parts.speech import in_order, language, named, speak
from pages.parts.view import View, pick


def options(scene: Scene) -> dict[str, str]:
    """Every pick and its name: zones, divided territories as a whole, sites and rivers."""
    if scene.shipped:
        return _shipped_options(scene, language())
    return _options(scene)


@lru_cache(maxsize=256)
def _shipped_options(scene: Scene, spoken: Language) -> dict[str, str]:
    speak(spoken)
    return _options(scene)


def _options(scene: Scene) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, facts in sorted(territory_facts().items(), key=lambda item: in_order(named(item[1]))):
        zones = scene.zones_of(code)
        if len(zones) > 1:
            found[f"territory:{code}"] = named(facts)
        for row in zones:
            found[f"zone:{row['zone']}"] = scene.name(row["zone"])
    for place in scene.places:
        found[f"place:{place}"] = named(place_facts()[place])
    return found


def option_of(view: View, scene: Scene) -> str | None:
    """The entry that stands for what is selected, if one does."""
    picked, known = view.picked, options(scene)
    if view.territory and len(zones := scene.zones_of(view.territory)) == 1:
        picked = f"zone:{zones[0]['zone']}"
    elif view.territory and picked not in known:
        picked = pick(view, f"territory:{view.territory}").picked
    return picked if picked in known else None
