"""The names of zones: a territory's ISO code and the side that holds that part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.answers import SIDES
from geo.territories import territory_codes

if TYPE_CHECKING:
    from geo.plan import Side


def zone_id(territory: str, held_by: Side) -> str:
    """The stable name of a zone, such as ``UA-14-ukraine``."""
    return f"{territory}-{held_by.lower()}"


def split_zone_id(zone: str) -> tuple[str, Side] | None:
    """The territory and holder that a zone's name stands for, or ``None`` if it names none."""
    for side in SIDES:
        territory = zone.removesuffix(f"-{side.lower()}")
        if territory != zone and territory in territory_codes():
            return territory, side
    return None
