"""Plans in order of likeness: neighbours say the same of most territories."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.matrix import Column


def unlikeness(left: Column, right: Column) -> float:
    """How much two plans differ, 0 to 1: the mean over the cells of the matrix of the share of
    letters that only one of the two has (Jaccard distance).

    The cells are the 27 territories and the nuclear plant. How sure a letter is does not count;
    words ("unverified", "disputed") count as letters do.
    """
    pairs = [
        (set(one.split(", ")), set(other.split(", ")))
        for one, other in zip(left.said, right.said, strict=True)
    ]
    return sum(len(one ^ other) / len(one | other) for one, other in pairs) / len(pairs)


def in_order_of_likeness(columns: Sequence[Column]) -> list[Column]:
    """The columns so that neighbours are alike.

    Method: hierarchical clustering with average linkage over :func:`unlikeness`; the leaves of the
    tree are turned so that the sum of the unlikeness of neighbours is least. Of the two directions
    that remain, the one that begins with the column that came earlier is taken.
    """
    if len(columns) < 3:
        return list(columns)
    # Only who asks for this order waits for the library.
    from scipy.cluster.hierarchy import leaves_list, linkage

    distances = [unlikeness(left, right) for left, right in combinations(columns, 2)]
    order = [int(leaf) for leaf in leaves_list(linkage(distances, "average", True))]
    if order[0] > order[-1]:
        order.reverse()
    return [columns[position] for position in order]
