"""A drawn line of the reader's: the ground it divides off, and what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import shapely

from geo.notices import Notice, say
from geo.uploads import messages
from geo.uploads.areas import TOLD_KM2
from geo.uploads.faces import divide
from geo.uploads.ground import Land, area_shape, km2, workable
from geo.uploads.limits import BRIDGED_KM, SNAPPED_M
from geo.uploads.notices import NotReadError
from geo.uploads.pieces import Gap, Pieces, pieces_of
from geo.uploads.preview import Sketch
from geo.uploads.spots import spots

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Wish:
    """What the reader asks for: gaps bridged, the other side taken."""

    bridge: bool
    flip: bool


def held_by_line(
    lines: list[BaseGeometry], land: Land, wish: Wish, sketch: Sketch
) -> tuple[BaseGeometry, list[Notice]]:
    """The ground (degrees) that Russia holds by the lines (degrees), and what was done to them.

    Raises :class:`NotReadError` if they do not divide the land.
    """
    sketch.add("raw", [shapely.MultiLineString(lines)])
    lines, notices = workable(lines)
    drawn = pieces_of(lines, land, wish.bridge)
    sketch.add("crossing", shapely.points(drawn.crossings))
    sketch.add("bridge", [gap.line for gap in drawn.gaps if gap.closed])
    sketch.add("gap", [gap.line for gap in drawn.gaps if not gap.closed])
    sketch.add("loose_end", shapely.points(drawn.ends))
    notices += _of_pieces(drawn)
    found = divide(drawn.line, land)
    if found.mixed:
        first, second = sorted(found.mixed, key=lambda city: city.holder)
        raise NotReadError(
            say(messages.DOES_NOT_DIVIDE, russian=first.name, ukrainian=second.name), *notices
        )
    if found.held.is_empty:
        raise NotReadError(say(messages.OUTSIDE), *notices)
    if found.pockets:
        sketch.add("pocket", found.pockets)
        size = km2(shapely.MultiPolygon(found.pockets))
        if size > TOLD_KM2:
            notices.append(say(messages.POCKETS, count=len(found.pockets), area=round(size, 1)))
    if not wish.flip:
        return area_shape(found.held), notices
    rest = area_shape(shapely.difference(land.shape, found.held))
    return rest, [*notices, say(messages.FLIPPED)]


def _of_pieces(drawn: Pieces) -> list[Notice]:
    """What there is to say of gaps, ends and crossings."""
    notices = []
    if drawn.snapped:
        notices.append(say(messages.SNAPPED, count=drawn.snapped, metres=SNAPPED_M))
    bridged = [gap for gap in drawn.gaps if gap.closed]
    open_gaps = [gap for gap in drawn.gaps if not gap.closed]
    if bridged:
        notices.append(say(messages.BRIDGED, **_of_gaps(bridged)))
    if open_gaps:
        notices.append(say(messages.GAPS, **_of_gaps(open_gaps)))
    if len(drawn.ends):
        notices.append(
            say(
                messages.LOOSE_ENDS, count=len(drawn.ends), where=spots(drawn.ends), most=BRIDGED_KM
            )
        )
    if len(drawn.crossings):
        notices.append(
            say(messages.CROSSED_LINE, count=len(drawn.crossings), where=spots(drawn.crossings))
        )
    return notices


def _of_gaps(gaps: list[Gap]) -> dict[str, Any]:
    lengths = [gap.km for gap in gaps]
    middles = shapely.get_coordinates([shapely.centroid(gap.line) for gap in gaps])
    return {
        "count": len(gaps),
        "total": round(sum(lengths), 1),
        "longest": round(max(lengths), 1),
        "where": spots(middles),
    }
