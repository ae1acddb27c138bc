"""How far to trust a rebuilt line: settlements are left out, and the line drawn without them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import KDTree
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Texts = NDArray[np.str_]

STEP = 250  # m between the points at which the line's displacement is measured
HOW = (
    "Settlements of the eight partly held oblasts were left out, all those of a square block at "
    "once, and the line was drawn without them. A left-out settlement is right if it falls on its "
    "true side of that line; distances are from that line."
)
DISPLACEMENT = (
    "How far the line lies, inside the blocks left out, from the line drawn without them. It says "
    "how much the line leans on the settlements beside it, not how far it is from the true line."
)
WITHIN_KM = (30, 15, 5)
BINS_KM = (0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 30)


@dataclass(frozen=True)
class Blocks:
    """How settlements are left out: squares of ``side`` metres, dealt to ``folds`` by ``seed``.

    In squares of 10 km a settlement mostly goes together with its neighbours, so that the answer
    is not read off the village next door; larger ones ask about gaps that the table does not have.
    """

    side: int = 10_000
    folds: int = 10
    seed: int = 20251121

    def deal(self, xy: Floats) -> dict[tuple[int, int], int]:
        """The fold of each block, named by column and row, that holds a settlement of ``xy``."""
        names = sorted({(int(x), int(y)) for x, y in np.floor(xy / self.side)})
        dealt = np.random.default_rng(self.seed).permutation(len(names)) % self.folds
        return {name: int(fold) for name, fold in zip(names, dealt, strict=True)}

    def fold_of(self, xy: Floats, dealt: dict[tuple[int, int], int]) -> NDArray[np.int64]:
        """The fold of the block in which each point lies; -1 in one without settlements."""
        names = np.floor(xy / self.side).astype(int)
        return np.array([dealt.get((int(x), int(y)), -1) for x, y in names], dtype=np.int64)


@dataclass(frozen=True)
class Places:
    """Settlements on a date: one row each.

    ``xy``: metres; ``russian``: held by Russia; ``town``: of 3,000 people or more; ``oblast``:
    ISO code; ``counted``: whether accuracy counts it (settlements where the answer is never in
    doubt do not).
    """

    xy: Floats
    russian: Bools
    town: Bools
    oblast: Texts
    counted: Bools

    @cached_property
    def other_side(self) -> Floats:
        """Metres from each settlement to the nearest one of the other side."""
        result = np.empty(len(self.xy))
        for side in (self.russian, ~self.russian):
            result[side] = KDTree(self.xy[~side]).query(self.xy[side])[0]
        return result

    def only(self, mask: Bools) -> Places:
        """The settlements where ``mask`` is true."""
        return Places(
            self.xy[mask],
            self.russian[mask],
            self.town[mask],
            self.oblast[mask],
            self.counted[mask],
        )


@dataclass(frozen=True)
class LeftOut:
    """Settlements that a line was drawn without, and where it left them: one row each.

    ``xy``: metres; ``oblast``: ISO code; ``russian``: held by Russia; ``signed_km``: km to the
    line drawn without the settlement, above 0 where that line calls the ground Russian-held.
    """

    xy: Floats
    oblast: Texts
    russian: Bools
    signed_km: Floats

    @property
    def right(self) -> Bools:
        """Which of them fell on the side they belong to."""
        sides: Bools = (self.signed_km > 0) == self.russian
        return sides

    @property
    def away_km(self) -> Floats:
        """How far they are from the line."""
        away: Floats = np.abs(self.signed_km)
        return away


def edge_inside(ground: BaseGeometry, area: BaseGeometry) -> BaseGeometry:
    """The edge of ``ground`` within ``area``: the line that it draws there."""
    return ground.boundary.intersection(area)


def points_along(line: BaseGeometry, step: float = STEP) -> Floats:
    """Points on ``line``, one for every ``step`` metres of it."""
    parts = shapely.get_parts(shapely.line_merge(line))
    along = [shapely.line_interpolate_point(p, np.arange(step / 2, p.length, step)) for p in parts]
    points: Floats = shapely.get_coordinates(np.concatenate(along))
    return points


def leave_out(
    places: Places,
    rebuild: Callable[[Places], BaseGeometry],
    area: BaseGeometry,
    blocks: Blocks,
) -> tuple[LeftOut, Floats]:
    """Draw the line once without each fold's blocks of settlements.

    ``rebuild`` makes Russian-held ground from settlements, ``area`` is where the line is looked
    at, both in metres. The first result has the ``counted`` settlements, in their order. The
    second is for points all along the full line, where there are settlements in the block: the
    distance to the line drawn without them, in km.
    """
    dealt = blocks.deal(places.xy)
    line = points_along(edge_inside(rebuild(places), area))
    of_place, of_line = blocks.fold_of(places.xy, dealt), blocks.fold_of(line, dealt)
    signed = np.zeros(len(places.xy))
    moved = np.full(len(line), np.nan)
    for fold in range(blocks.folds):
        left, beside = of_place == fold, of_line == fold
        without = rebuild(places.only(~left))
        edge = edge_inside(without, area)
        shapely.prepare([without, edge])
        points = shapely.points(places.xy[left])
        side = np.where(shapely.contains(without, points), 1, -1)
        signed[left] = side * shapely.distance(edge, points) / 1_000
        moved[beside] = shapely.distance(edge, shapely.points(line[beside])) / 1_000
    seen = places.counted
    left_out = LeftOut(places.xy[seen], places.oblast[seen], places.russian[seen], signed[seen])
    return left_out, moved[~np.isnan(moved)]


def measure_accuracy(left: LeftOut, moved: Floats, blocks: Blocks) -> dict[str, Any]:
    """Say how often settlements that the line has not seen fall on their true side.

    ``left`` and ``moved`` are the results of ``leave_out`` with ``blocks``. Distances are from
    the line drawn without the settlement, in kilometres; shares in percent, ``None`` of none.
    """
    right, away = left.right, left.away_km
    return {
        "how": HOW,
        "block_km": blocks.side / 1_000,
        "folds": blocks.folds,
        "seed": blocks.seed,
        "left_out": len(right),
        "wrong": int((~right).sum()),
        "right_side_percent": percent(right),
        "within_km": [_share(right, away, 0, far) for far in WITHIN_KM],
        "by_distance_km": [_share(right, away, low, high) for low, high in pairwise(BINS_KM)],
        "wrong_miss_km": _spread(away[~right]),
        "displacement": DISPLACEMENT,
        "displacement_km": _spread(moved),
    }


def _share(right: Bools, away: Floats, low: float, high: float) -> dict[str, Any]:
    """The share on the right side among settlements ``low`` to ``high`` km from the line."""
    here = right[(away >= low) & (away < high)]
    return {"from": low, "to": high, "left_out": len(here), "right_side_percent": percent(here)}


def percent(right: Bools) -> float | None:
    """The share that is true, in percent to one decimal; ``None`` of none."""
    return round(100 * float(right.mean()), 1) if len(right) else None


def _spread(values: Floats) -> dict[str, float | None]:
    if not len(values):
        return {"median": None, "mean": None, "p90": None}
    spread = {"median": np.median(values), "mean": values.mean(), "p90": np.percentile(values, 90)}
    return {name: round(float(value), 2) for name, value in spread.items()}
