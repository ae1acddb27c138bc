"""Does the ensemble cover what it claims? Asked of settlements that were left out.

The figure asked about is a count that any error of the line's course shifts: how many more of
the left-out settlements of an area are Russian-held than the line drawn without them says. Each
member of the ensemble foretells one such count; nine tenths of the true ones have to lie between
the 5th and the 95th percentile of those.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from geo.build.line_accuracy import Bools, Floats, LeftOut, Texts, percent
from geo.build.line_band import IN_DOUBT_KM, TUNING
from geo.build.line_errors import Errors, NoisePlaces

MEMBERS = 201
"""An odd number, so that the middle one of them is a member."""

CLAIMED_PERCENT = 90
BLOCK_KM = 50
LEAST = 5
"""An area counts if at least so many of its settlements are nearer to the line than 15 km."""

LENGTHS_KM = tuple(range(5, 65, 5))

Area = Literal["block", "oblast"]
AREAS: tuple[Area, ...] = ("block", "oblast")
Left = dict[str, LeftOut]


@dataclass(frozen=True)
class Counts:
    """By date: of each settlement whether it is Russian-held though drawn otherwise (1) or the
    reverse (-1): as it is, ``true``, and in each member, ``said``.
    """

    true: dict[str, NDArray[np.int8]]
    said: dict[str, NDArray[np.int8]]


@dataclass(frozen=True)
class Found:
    """True counts of several areas beside what the members said: one row each.

    ``inside`` the interval; ``miss``, how far off the members' mean in their standard
    deviations; ``width`` of the interval.
    """

    inside: Bools
    miss: Floats
    width: Floats

    @property
    def covers(self) -> bool:
        """Whether as many lie inside the interval as it claims."""
        return bool(self.inside.mean() >= CLAIMED_PERCENT / 100)

    @property
    def typical_miss(self) -> float:
        """The root mean square of the misses: 1 if errors are as large as the members say."""
        return float(np.sqrt(np.mean(self.miss**2)))


def moves(signed: Sequence[Floats]) -> list[Floats]:
    """By date but the first: how far the line came or went at each place, km."""
    return [np.abs(later - earlier) for earlier, later in pairwise(signed)]


def counts(left: Left, errors: Errors) -> Counts:
    """The true and the foretold errors of every date, in order of dates."""
    dates = sorted(left)
    signed = [left[date].signed_km for date in dates]
    places = NoisePlaces(left[dates[0]].xy)
    drawn = [(one > 0).astype(np.int8) for one in signed]
    said = {date: np.empty((MEMBERS, len(drawn[0])), dtype=np.int8) for date in dates}
    for member in range(MEMBERS):
        shifts = errors.shifts(places, moves(signed), member)
        for date, away, side, shift in zip(dates, signed, drawn, shifts, strict=True):
            said[date][member] = (away + shift > 0) - side
    true = {date: left[date].russian - side for date, side in zip(dates, drawn, strict=True)}
    return Counts(true, said)


def areas(left: LeftOut, kind: Area) -> Texts:
    """The name of the oblast, or of the square block of 50 km, of each settlement."""
    if kind == "oblast":
        return left.oblast
    columns = np.floor(left.xy / (1_000 * BLOCK_KM)).astype(int)
    return np.array([f"{x} {y}" for x, y in columns])


def on_dates(left: Left, found: Counts, dates: Iterable[str], kind: Area) -> Found:
    """The areas of each of some dates."""
    rows = [
        row
        for date in dates
        for row in _rows(left, [date], found.true[date], found.said[date], kind)
    ]
    return _as_table(rows)


def between_dates(left: Left, found: Counts, dates: Iterable[str], kind: Area) -> Found:
    """The change of the count of each area between any two of some dates."""
    rows = [
        row
        for first, second in combinations(sorted(dates), 2)
        for row in _rows(
            left,
            [first, second],
            found.true[second] - found.true[first],
            found.said[second] - found.said[first],
            kind,
        )
    ]
    return _as_table(rows)


def _rows(
    left: Left, dates: list[str], true: NDArray[np.int8], said: NDArray[np.int8], kind: Area
) -> Iterable[tuple[bool, float, float]]:
    names = areas(left[dates[0]], kind)
    doubt = np.any([left[date].away_km < IN_DOUBT_KM for date in dates], axis=0)
    for name in np.unique(names):
        here = names == name
        if (here & doubt).sum() < LEAST:
            continue
        count, foretold = true[here].sum(dtype=int), said[:, here].sum(axis=1, dtype=int)
        low, high = np.percentile(foretold, [5, 95])
        # Counts are whole numbers: members that all say the same still leave half of one open.
        miss = (count - foretold.mean()) / max(foretold.std(), 0.5)
        yield low <= count <= high, miss, high - low


def _as_table(rows: list[tuple[bool, float, float]]) -> Found:
    inside, miss, width = (np.array(column) for column in zip(*rows, strict=True))
    return Found(inside, miss, width)


def fit_correlation(left: Left, errors: Errors) -> Errors:
    """``errors`` with the least correlation length, in steps of 5 km, at which both the blocks
    and the oblasts of the tuning dates are covered. A dozen oblasts are too few for a percentage
    alone, so their typical miss must not be above what the members say either.
    """
    tuning = {date: left[date] for date in TUNING}
    for length in LENGTHS_KM:
        longer = replace(errors, correlation_km=float(length))
        found = counts(tuning, longer)
        blocks, oblasts = (on_dates(tuning, found, TUNING, kind) for kind in AREAS)
        if blocks.covers and oblasts.covers and oblasts.typical_miss <= 1:
            return longer
    message = f"no correlation length up to {LENGTHS_KM[-1]} km covers the tuning dates."
    raise ValueError(message)


def widening(left: Left, errors: Errors) -> float:
    """How many times wider the intervals of the oblasts of the tuning dates are than with errors
    that differ from each place to the next.
    """
    tuning = {date: left[date] for date in TUNING}
    widths = [
        on_dates(tuning, counts(tuning, replace(errors, correlation_km=length)), TUNING, "oblast")
        for length in (errors.correlation_km, 0.0)
    ]
    return round(float(widths[0].width.mean() / widths[1].width.mean()), 1)


def coverage_rows(left: Left, errors: Errors) -> list[dict[str, Any]]:
    """How many true counts lie inside the interval, with errors alike along the line (``along``
    true) and, for comparison, with errors that differ from each place to the next.

    ``figure``: ``date`` or ``change`` (between any two dates); ``area``: ``block`` (50 km) or
    ``oblast``; ``dates``: ``tuning`` or ``checking``; ``figures``: how many; ``found_percent``:
    how many of them inside; ``typical_miss``: 1 if errors are as large as the members say;
    ``mean_width`` of the interval, in settlements.
    """
    checking = sorted(set(left) - set(TUNING))
    rows = []
    for along in (False, True):
        found = counts(left, errors if along else replace(errors, correlation_km=0.0))
        for figure, table in (("date", on_dates), ("change", between_dates)):
            for kind in AREAS:
                for name, dates in (("tuning", TUNING), ("checking", checking)):
                    one = table(left, found, dates, kind)
                    rows.append(
                        {
                            "figure": figure,
                            "area": kind,
                            "dates": name,
                            "along": along,
                            "figures": len(one.inside),
                            "found_percent": percent(one.inside),
                            "typical_miss": round(one.typical_miss, 2),
                            "mean_width": round(float(one.width.mean()), 1),
                        }
                    )
    return rows
