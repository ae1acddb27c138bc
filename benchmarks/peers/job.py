"""The job that every peer does, made from our own data.

27 oblast outlines on a map, coloured by what the default plan says of them on its own line of
contact; a switch for each status that the plan gives; a click on an outline shows 600 characters
of the clauses that decide it, under the oblast's name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from geo import paths
from geo.answers import answer
from geo.division import load_division
from geo.plan import DEFAULT_PLAN, load_plan
from geo.statuses import LOOKS

INVITATION = "Click any piece of land."
"""What stands beside the map before anything is clicked."""

CENTER = (48.6, 31.2)
"""Latitude and longitude that every map begins with."""

ZOOM = 6

LENGTH = 600
"""So many characters of clause are shown."""

ALWAYS_SHOWN = "unaffected"
"""The status that has no switch."""

DECIMALS = 2
"""Of a slim outline's degrees: some 1.1 km, below a pixel at the zoom where maps begin."""


@dataclass(frozen=True)
class Land:
    """One oblast: its ISO code, name, status, and the clauses that decide it."""

    code: str
    name: str
    status: str
    text: str


@cache
def lands() -> dict[str, Land]:
    """The 27 oblasts by code, each with the status of the part that Russia holds, if any."""
    plan = load_plan(DEFAULT_PLAN)
    pieces = load_division(plan.line).pieces.values()
    held = {(piece.territory, piece.held_by) for piece in pieces}
    words = {clause.id: clause.text["en"] for clause in plan.clauses}
    found = {}
    for feature in _features(raw=True):
        code = feature["properties"]["territory"]
        said = answer(plan, code, "Russia" if (code, "Russia") in held else "Ukraine")
        order = dict.fromkeys([*said.deciding, *said.clauses, *words])
        text = " ".join(f"{number}: {words[number]}" for number in order)[:LENGTH]
        found[code] = Land(code, feature["properties"]["name_en"], said.status, text)
    return found


def switches() -> dict[str, str]:
    """The statuses that have a switch, and their labels."""
    given = {land.status for land in lands().values()} - {ALWAYS_SHOWN}
    return {status: look.label for status, look in LOOKS.items() if status in given}


def colour(status: str) -> str:
    """The fill of a status."""
    return LOOKS[status].light.fill  # type: ignore[index]


def style(feature: Mapping[str, Any]) -> dict[str, Any]:
    """Leaflet's path options for an outline; by its classes a benchmark finds it."""
    code, status = feature["properties"]["code"], feature["properties"]["status"]
    return {
        "className": f"territory territory-{code} status-{status}",
        "color": "#555555",
        "weight": 1,
        "fillColor": colour(status),
        "fillOpacity": 0.7,
    }


def outlines(statuses: frozenset[str] | None = None, *, raw: bool = False) -> dict[str, Any]:
    """GeoJSON of the outlines with ``code``, ``name`` and ``status``; of ``statuses`` or all.

    ``raw``: as in the data file, with every property; otherwise slim.
    """
    features = []
    for feature in _features(raw=raw):
        land = lands()[feature["properties"]["territory"]]
        if statuses is not None and land.status not in statuses:
            continue
        about = {"code": land.code, "name": land.name, "status": land.status}
        properties = {**feature["properties"], **about} if raw else about
        features.append({**feature, "properties": properties})
    return {"type": "FeatureCollection", "features": features}


@cache
def _features(*, raw: bool) -> list[dict[str, Any]]:
    source = paths.TERRITORIES if raw else paths.overview(paths.TERRITORIES)
    features: list[dict[str, Any]] = json.loads(source.read_text(encoding="utf-8"))["features"]
    if not raw:
        for feature in features:
            feature["geometry"]["coordinates"] = _slim(feature["geometry"]["coordinates"])
    return features


def _slim(part: list[Any]) -> list[Any]:
    """Coordinates with fewer decimals; points that fall together become one, specks vanish."""
    if not isinstance(part[0][0], float):
        return [slim for inner in part if (slim := _slim(inner))]
    rounded = [[round(degrees, DECIMALS) for degrees in point] for point in part]
    kept = [point for i, point in enumerate(rounded) if i == 0 or point != rounded[i - 1]]
    return kept if len(kept) > 3 else []
