"""``data/movement.geojson``: the ground gained and lost between each two of the shipped lines."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from geo.build.files import write_collection
from geo.division import load_division
from geo.line import line_dates
from geo.movement import change, change_shapes
from geo.movements import FILE
from geo.territories import CREDIT

KM2_DECIMALS = 3


def build() -> None:
    """Write two features for each two dates, the earlier one first: ``gained`` and ``lost``.

    Each has its square kilometres by territory, and what is large enough to be drawn as geometry.
    """
    rows = [row for pair in combinations(line_dates(), 2) for row in _features(*pair)]
    write_collection(FILE, rows, credit=CREDIT)


def _features(since: str, line: str) -> list[dict[str, Any]]:
    before, after = load_division(since), load_division(line)
    parts = change(before, after).parts
    km2 = {
        "gained": {part.territory: round(part.gained_km2, KM2_DECIMALS) for part in parts},
        "lost": {part.territory: round(part.lost_km2, KM2_DECIMALS) for part in parts},
    }
    return [
        {
            "type": "Feature",
            "properties": {"since": since, "line": line, "kind": kind, "km2": km2[kind]},
            "geometry": shape,
        }
        for kind, shape in change_shapes(before, after).items()
    ]
