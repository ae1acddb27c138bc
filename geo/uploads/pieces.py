"""The pieces of a drawn line: where they end inside the country, and what would close the gaps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.notices import say
from geo.uploads import messages
from geo.uploads.ground import METRE, Land, to_degrees, to_metres
from geo.uploads.limits import BRIDGED_KM, MOST_LOOSE_ENDS, SNAPPED_M
from geo.uploads.notices import NotReadError

OVERSHOOT_M = 10
"""How far a bridge goes beyond the border or line it leads to, so that they cross for certain."""
RAYS = 16
BORDER_COSTS = 2
"""An end sooner belongs to another end than to the border, unless that is this much nearer."""

Floats = np.ndarray


@dataclass(frozen=True)
class Gap:
    """A gap between two ends, or an end and the border: ``line`` (degrees) spans it."""

    line: BaseGeometry
    km: float
    closed: bool


@dataclass(frozen=True)
class Pieces:
    """The drawn line (degrees, noded), its gaps, and its ends that nothing is near to.

    ``crossings``: where pieces cross themselves or each other.
    """

    line: BaseGeometry
    gaps: tuple[Gap, ...]
    snapped: int
    ends: Floats
    crossings: Floats


@dataclass(frozen=True)
class _End:
    """A loose end, as the file has it (degrees) and in metres, with the vertex before it (metres).

    ``piece`` and ``length`` (metres): of the piece that it ends.
    """

    place: Floats
    at: Floats
    before: Floats
    piece: int
    length: float


def pieces_of(lines: list[BaseGeometry], land: Land, bridge: bool) -> Pieces:
    """Join what touches, close gaps below 50 m, and those up to 5 km if ``bridge``.

    Raises :class:`NotReadError` for a line in far too many pieces.
    """
    noded = shapely.get_parts(shapely.union_all(lines))
    nodes = shapely.get_coordinates(shapely.get_point(noded, [[0], [-1]]))
    places, times = np.unique(nodes, axis=0, return_counts=True)
    merged = shapely.get_parts(shapely.line_merge(shapely.MultiLineString(list(noded))))
    ends = _loose_ends(merged, {tuple(place) for place in places[times == 1]}, land)
    if len(ends) > MOST_LOOSE_ENDS:
        raise NotReadError(say(messages.TOO_MANY_PIECES, count=len(ends), most=MOST_LOOSE_ENDS))
    gaps, lonely = _gaps(ends, shapely.MultiLineString(list(merged)), land, bridge)
    closed = [gap.line for gap in gaps if gap.closed]
    crossings = places[times > 2]
    real = tuple(gap for gap in gaps if gap.km > SNAPPED_M / 1000)
    return Pieces(
        line=shapely.union_all([*merged, *closed]),
        gaps=real,
        snapped=len(gaps) - len(real),
        ends=np.array([end.place for end in lonely]).reshape(-1, 2),
        crossings=crossings[shapely.intersects(land.shape, shapely.points(crossings))],
    )


def _loose_ends(pieces: Floats, loose: set[tuple[float, ...]], land: Land) -> list[_End]:
    shapely.prepare(land.shape)
    found = []
    for number, piece in enumerate(pieces):
        points = shapely.get_coordinates(piece)
        for run in (points, points[::-1]):
            if tuple(run[-1]) not in loose:
                continue
            if shapely.dwithin(land.shape, shapely.Point(run[-1]), METRE):
                metres = to_metres(shapely.LineString(run))
                at = shapely.get_coordinates(metres)
                found.append(_End(run[-1], at[-1], at[-2], number, metres.length))
    return found


def _gaps(
    ends: list[_End], drawn: BaseGeometry, land: Land, bridge: bool
) -> tuple[list[Gap], list[_End]]:
    """What lies between the ends and what they most likely belong to, nearest first."""
    border, line = shapely.boundary(land.metres), to_metres(drawn)
    gaps: list[Gap] = []
    done: set[int] = set()
    for _, first, second, target in sorted(_candidates(ends, border, line), key=lambda c: c[0]):
        if first in done or second in done:
            continue
        done |= {first} if second is None else {first, second}
        end = ends[first]
        km = float(np.hypot(*(target - end.at))) / 1000
        if second is None:
            goal = _in_degrees([target, _beyond(end, target, land.metres)])
        else:
            goal = np.array([ends[second].place])
        shape = shapely.LineString([end.place, *goal])
        gaps.append(Gap(shape, km, bridge or km * 1000 <= SNAPPED_M))
    return gaps, [end for number, end in enumerate(ends) if number not in done]


def _candidates(
    ends: list[_End], border: BaseGeometry, line: BaseGeometry
) -> list[tuple[float, int, int | None, Floats]]:
    """(how unlikely, end, other end or none, point to join it to) within reach."""
    if not ends:
        return []
    most = BRIDGED_KM * 1000
    places = np.array([end.at for end in ends])
    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    found: list[tuple[float, int, int | None, Floats]] = [
        (float(apart[a, b]), int(a), int(b), places[b])
        for a, b in np.argwhere(np.triu(apart <= most, 1))
        if ends[a].piece != ends[b].piece or apart[a, b] < ends[a].length / 2
    ]
    for number, end in enumerate(ends):
        point = shapely.Point(end.at)
        far = shapely.distance(point, border)
        if far <= most:
            target = shapely.get_coordinates(shapely.shortest_line(point, border))[1]
            found.append((BORDER_COSTS * far, number, None, target))
        side = _nearest_other(end, line)
        if side is not None:
            found.append((float(np.hypot(*(side - end.at))), number, None, side))
    return found


def _nearest_other(end: _End, line: BaseGeometry) -> Floats | None:
    """Where the end all but touches the side of a piece, itself excepted round the end."""
    x, y = end.at
    beside = shapely.clip_by_rect(line, x - SNAPPED_M, y - SNAPPED_M, x + SNAPPED_M, y + SNAPPED_M)
    touching = shapely.get_parts(beside)
    other = [part for part in touching if shapely.distance(part, shapely.Point(end.at)) > 0.01]
    if not other:
        return None
    nearest = shapely.shortest_line(shapely.Point(end.at), shapely.union_all(other))
    return np.asarray(shapely.get_coordinates(nearest)[1])


def _beyond(end: _End, target: Floats, land: BaseGeometry) -> Floats:
    """A point a little beyond ``target``: outside of the country, or straight on inside it."""
    angles = np.linspace(0, 2 * np.pi, RAYS, endpoint=False)
    round_target = target + OVERSHOOT_M * np.column_stack([np.cos(angles), np.sin(angles)])
    outside = shapely.distance(shapely.points(round_target), land)
    if outside.max() > 0:
        return np.asarray(round_target[outside.argmax()])
    way = target - end.at if np.hypot(*(target - end.at)) > 1 else end.at - end.before
    return np.asarray(target + way / np.hypot(*way) * OVERSHOOT_M)


def _in_degrees(points: list[Floats]) -> Floats:
    return np.asarray(shapely.get_coordinates(to_degrees(shapely.LineString(points))))
