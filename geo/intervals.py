"""Low, central and high values of figures that depend on where the line of contact runs.

They come from an ensemble of plausible lines (``data/ensemble.csv.gz``, made by ``python -m
geo.build lines``; :mod:`geo.build.line_ensemble` says how): a figure's interval goes from the 5th
to the 95th percentile of what the members say. A member says something of all oblasts and dates
at once, so sums and changes have intervals of their own, which are no sums of intervals.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geo import paths
from geo.zone_ids import split_zone_id

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Members = NDArray[np.float64]

FILE = paths.DATA / "ensemble.csv.gz"

COLUMNS = ("date", "member", "territory", "held_km2", "held_people_share", "held_settlements")
"""Of the file. ``held_km2``: Russian-held square kilometres of the oblast; the share, 0 to 1, is
of the people of its settlements; ``held_settlements`` counts those of the control table. Those
further than 1 km from the line are where the table has them in every member."""

FIGURES = COLUMNS[3:]
PERCENTILES = (5, 95)


@dataclass(frozen=True)
class Interval:
    """A figure as the line has it, ``central``, and how far it may be otherwise: nine of ten
    plausible lines give a figure from ``low`` to ``high``.
    """

    low: float
    central: float
    high: float


def area_interval(line_date: str, pieces: Mapping[str, float]) -> Interval | None:
    """The interval of the sum of pieces of land, km².

    ``pieces``: central areas by zone id (``UA-14-russia``). Land that the line of that date does
    not divide is certain, and so is an oblast of which both pieces are given. ``None`` if there is
    no ensemble of the line: a reader's own, for example.
    """
    return _interval(line_date, pieces, "held_km2")


def people_interval(
    line_date: str, pieces: Mapping[str, float], populations: Mapping[str, float]
) -> Interval | None:
    """The interval of a sum of people.

    ``pieces``: central numbers by zone id; ``populations``: by ISO code, what both pieces of a
    divided oblast have together. Raises ``KeyError`` if one is missing.
    """
    return _interval(line_date, pieces, "held_people_share", populations)


def settlements_interval(line_date: str, pieces: Mapping[str, float]) -> Interval | None:
    """The interval of a number of settlements; ``pieces``: central numbers by zone id."""
    return _interval(line_date, pieces, "held_settlements")


def change_interval(from_date: str, to_date: str, territory: str | None = None) -> Interval | None:
    """The interval of how many km² more Russia held on ``to_date``; below 0 for less.

    ``territory``: the ISO code of an oblast, or ``None`` for all land. Land of which neither line
    holds a part that could be otherwise has changed by 0 for certain. ``None`` if there is no
    ensemble of one of the lines.
    """
    import numpy as np

    if not {from_date, to_date} <= ensemble_dates():
        return None
    found = ensemble()
    codes = [code for date, code in found if date == from_date and territory in (None, code)]
    moved = [
        found[to_date, code]["held_km2"] - found[from_date, code]["held_km2"] for code in codes
    ]
    central = sum(
        float(np.median(found[to_date, code]["held_km2"]))
        - float(np.median(found[from_date, code]["held_km2"]))
        for code in codes
    )
    if not moved:
        return Interval(0.0, 0.0, 0.0)
    low, high = np.percentile(np.sum(moved, axis=0), PERCENTILES)
    return _round(central, low, high)


def ensemble_dates() -> set[str]:
    """The dates of the lines that have an ensemble."""
    return {date for date, _ in ensemble()}


@lru_cache(maxsize=1)
def ensemble() -> dict[tuple[str, str], dict[str, Members]]:
    """By date and ISO code: what each member has for each of :data:`FIGURES`, in order."""
    import numpy as np

    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as file:
        rows: dict[tuple[str, str], list[list[float]]] = {}
        for row in csv.DictReader(file):
            key = (row["date"], row["territory"])
            rows.setdefault(key, []).append([float(row[name]) for name in FIGURES])
    return {
        key: dict(zip(FIGURES, np.array(values).T, strict=True)) for key, values in rows.items()
    }


def _interval(
    line_date: str,
    pieces: Mapping[str, float],
    figure: str,
    wholes: Mapping[str, float] | None = None,
) -> Interval | None:
    """The sum of ``pieces`` with what the members add to it or take from it.

    ``wholes``: what a member's figure is a share of, by ISO code, if it is a share.
    """
    import numpy as np

    if line_date not in ensemble_dates():
        return None
    central = float(sum(pieces.values()))
    spread: Members | float = 0.0
    for zone in pieces:
        named = split_zone_id(zone)
        if named is None:
            raise ValueError(f"{zone!r} is no zone")
        territory, side = named
        members = ensemble().get((line_date, territory))
        if members is None or not _divided(members):
            continue
        whole = 1.0 if wholes is None else wholes[territory]
        more = whole * (members[figure] - np.median(members[figure]))
        spread = spread + (more if side == "Russia" else -more)
    low, high = np.percentile(spread, PERCENTILES)
    return _round(central, max(0.0, central + low), central + high)


def _divided(members: Mapping[str, Members]) -> bool:
    """Whether the line itself leaves a part of the oblast to Russia."""
    import numpy as np

    return bool(np.median(members["held_km2"]) > 0)


def _round(central: float, low: float, high: float) -> Interval:
    """An interval that always holds its central value."""
    return Interval(float(min(low, central)), central, float(max(high, central)))
