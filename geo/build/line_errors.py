"""Errors that a line may have: smooth random shifts of it, alike from place to place and date
to date.

At each place a member of the ensemble moves the line's edge by so many km towards one side. The
shifts are logistic, as wide as the left-out settlements ask for
(:func:`geo.build.line_band.fit_scale`), and alike within some tens of km. From one date to the
next the shift stays where the line stood still, and is the more drawn anew the further it moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.ndimage import gaussian_filter, map_coordinates
from scipy.special import log_ndtr

from geo.build.line_accuracy import Floats

CELL = 4_000  # m between the nodes on which the noise is drawn
SEED = 20251121
MARGIN = 60_000  # m; the noise wraps round outside the land


@dataclass(frozen=True)
class Errors:
    """What the shifts are like.

    ``scale_km``: of the logistic distribution of a shift at one place. ``correlation_km``: at
    this distance, along or across, shifts (as normal scores) correlate by exp(-1/2); 0 for shifts
    that have nothing to do with those of their neighbours. ``still``:
    their correlation from one date to the next where the line stood still; where it moved by m
    km, that times exp(-m / ``reach_km``).
    """

    scale_km: float
    correlation_km: float
    still: float
    reach_km: float

    def shifts(self, places: NoisePlaces, moves: list[Floats], member: int) -> Iterator[Floats]:
        """The shift in km at each place, date by date; always the same for the same member.

        ``moves``: for each date but the first, how many km the line came or went there since.
        """
        rng = np.random.default_rng([SEED, member])
        score = places.noise(rng, self.correlation_km)
        yield self._shift(score)
        for moved in moves:
            kept = self.still * np.exp(-moved / self.reach_km)
            fresh = places.noise(rng, self.correlation_km)
            score = kept * score + np.sqrt(1 - kept**2) * fresh
            yield self._shift(score)

    def _shift(self, score: Floats) -> Floats:
        """The logistic value as far out as ``score`` is in a normal distribution."""
        shift: Floats = self.scale_km * (log_ndtr(score) - log_ndtr(-score))
        return shift


class NoisePlaces:
    """Places (metres) at which smooth noise is read off."""

    def __init__(self, xy: Floats):
        low = xy.min(axis=0) - MARGIN
        columns, rows = ((xy.max(axis=0) + MARGIN - low) // CELL).astype(int) + 1
        self._shape = (int(rows), int(columns))
        self._at: Floats = ((xy - low) / CELL).T[::-1]

    def noise(self, rng: np.random.Generator, correlation_km: float) -> Floats:
        """Normal noise of unit variance with a Gaussian correlation, at each place."""
        if not correlation_km:
            return np.asarray(rng.standard_normal(len(self._at[0])), dtype=np.float64)
        sigma = correlation_km * 1_000 / CELL / np.sqrt(2)
        smooth = gaussian_filter(rng.standard_normal(self._shape), sigma, mode="wrap")
        noise: Floats = map_coordinates(smooth / _spread(sigma), self._at, order=1)
        return noise


@cache
def _spread(sigma: float) -> float:
    """The standard deviation that white noise is left with by the filter."""
    impulse = np.zeros((201, 201))
    impulse[100, 100] = 1
    return float(np.sqrt((gaussian_filter(impulse, sigma, mode="wrap") ** 2).sum()))
