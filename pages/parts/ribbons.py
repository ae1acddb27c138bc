"""Ribbons between two columns of nodes: how much goes from each on the left to each on the right.

Pure geometry, in the units of a drawing: x from 0 (left) to 1, y downwards from 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

STEPS = 24
"""How many straight pieces a ribbon's edge is drawn in."""


@dataclass(frozen=True)
class Node:
    """A stretch of one column: its name, and where it begins and ends."""

    name: str
    side: int
    """0 on the left, 1 on the right."""
    top: float
    bottom: float
    amount: float


@dataclass(frozen=True)
class Ribbon:
    """One flow, and its edges: points ``(x, top, bottom)`` from left to right."""

    flow: tuple[str, str, str]
    amount: float
    points: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True)
class Drawing:
    """All nodes and ribbons; nothing reaches below ``height``."""

    nodes: tuple[Node, ...]
    ribbons: tuple[Ribbon, ...]


def draw(
    flows: Mapping[tuple[str, str, str], float],
    order: tuple[Sequence[str], Sequence[str]],
    height: float,
    gap: float,
) -> Drawing:
    """Lay out ``flows``: amounts by left node, right node and kind.

    ``order``: the nodes of either column from the top; those that nothing flows from or to are
    left out. Above each node ``gap`` is left free, for its name. Thickness is to scale, the same on
    both ends and for all ribbons.
    """
    amounts = {flow: amount for flow, amount in flows.items() if amount > 0}
    columns = [
        [name for name in order[side] if any(flow[side] == name for flow in amounts)]
        for side in (0, 1)
    ]
    most = max(map(len, columns))
    scale = (height - gap * most) / sum(amounts.values()) if amounts else 0.0
    nodes, starts = [], []
    for side in (0, 1):
        column, begins = _column(amounts, columns, side, scale, gap)
        nodes += column
        starts.append(begins)
    ribbons = [
        Ribbon(flow, amount, _edges(starts[0][flow], starts[1][flow], amount * scale))
        for flow, amount in amounts.items()
    ]
    return Drawing(tuple(nodes), tuple(ribbons))


def _column(
    amounts: Mapping[tuple[str, str, str], float],
    columns: Sequence[Sequence[str]],
    side: int,
    scale: float,
    gap: float,
) -> tuple[list[Node], dict[tuple[str, str, str], float]]:
    """The nodes of one column from the top, and where each flow begins in it."""
    nodes: list[Node] = []
    begins: dict[tuple[str, str, str], float] = {}
    others, at = columns[1 - side], 0.0
    for name in columns[side]:
        at += gap
        top = at
        mine = [flow for flow in amounts if flow[side] == name]
        for flow in sorted(mine, key=lambda flow: (others.index(flow[1 - side]), flow[2])):
            begins[flow] = at
            at += amounts[flow] * scale
        nodes.append(Node(name, side, top, at, sum(amounts[flow] for flow in mine)))
    return nodes, begins


def _edges(left: float, right: float, thickness: float) -> tuple[tuple[float, float, float], ...]:
    """A smooth step from one height to another, level at both ends."""
    points = []
    for step in range(STEPS + 1):
        x = step / STEPS
        top = left + (right - left) * (3 * x**2 - 2 * x**3)
        points.append((x, top, top + thickness))
    return tuple(points)
