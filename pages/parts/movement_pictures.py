"""Pictures of how the line moved, as addresses of images that are in the address itself."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from geo.movement_maps import Frame, held, land, moved
from geo.palette import NEUTRALS
from geo.sizes import Series
from geo.territories import territory_facts
from pages.parts.charts import current_theme
from pages.parts.render import render
from pages.parts.scene import map_name

SMALL, LARGE = Frame(240), Frame(480)
"""For one map among many, and for the one that is looked at."""

CURVE_WIDTH, CURVE_HEIGHT, ROOM = 220, 72, 5
"""Of a zone's curve over the dates, and the room that is left round it, pixels."""


NAME_ROOM = 48
"""How far from the edge of a map the middle of a name stays, pixels."""


def change_picture(since: str, line: str, frame: Frame, named: tuple[str, ...] = ()) -> str:
    """What moved between two days, on a map; ``named``: the territories that get their names."""
    gained, lost = moved(since, line, frame)
    return _address(
        "movement_map.svg",
        frame=frame,
        land=land(frame),
        held=held(since, frame),
        gained=gained,
        lost=lost,
        names=[_name(code, frame) for code in named],
    )


def _name(code: str, frame: Frame) -> dict[str, Any]:
    facts = territory_facts()[code]
    x, y = frame.pixel(facts["label_lon"], facts["label_lat"])
    inside = min(max(x, NAME_ROOM), frame.width - NAME_ROOM)
    return {"x": inside, "y": y, "text": map_name(facts)}


def size_picture(series: Series, marked: str) -> str:
    """A zone's size over the dates, from 0 up, with its range; ``marked``: the day to point out."""
    days = [date.fromisoformat(day).toordinal() for day in series.sizes]
    sizes = list(series.sizes.values())
    tops = [size.interval.high if size.interval else size.area_km2 for size in sizes]
    feet = [size.interval.low if size.interval else size.area_km2 for size in sizes]

    def across(day: int) -> float:
        return ROOM + (CURVE_WIDTH - 2 * ROOM) * (day - days[0]) / (days[-1] - days[0])

    def points(values: list[float]) -> list[str]:
        heights = [CURVE_HEIGHT - (CURVE_HEIGHT - ROOM) * value / max(tops) for value in values]
        return [f"{across(day):.1f},{y:.1f}" for day, y in zip(days, heights, strict=True)]

    return _address(
        "movement_size.svg",
        width=CURVE_WIDTH,
        height=CURVE_HEIGHT,
        curve=points([size.area_km2 for size in sizes]),
        band=[*points(tops), *reversed(points(feet))],
        marked=across(date.fromisoformat(marked).toordinal()),
    )


def _address(template: str, **values: Any) -> str:
    svg = render(template, colours=NEUTRALS[current_theme()], **values)
    return f"data:image/svg+xml,{quote(svg, safe=' ,/:=')}"
