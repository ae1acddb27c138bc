"""How alike the errors of two lines of contact are: the same places, the same method, later."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, ndtr, ndtri

from geo.build.line_accuracy import Floats, LeftOut
from geo.build.line_band import IN_DOUBT_KM, chances
from geo.calibration import Chance


@dataclass(frozen=True)
class Outcome:
    """On which side settlements were found, one row each.

    ``limit``: a settlement is Russian-held if a normal score is above minus this, which it is
    with the chance that goes with its distance from the line. ``sign``: 1 if it was found
    Russian-held, -1 if not.
    """

    limit: Floats
    sign: Floats

    def chance(self, common: Floats, own: Floats) -> Floats:
        """The chance of what was found if the score is ``common`` and noise of spread ``own``."""
        share: Floats = ndtr(self.sign * (self.limit + common) / own)
        return share


def fit_between_dates(left: dict[str, LeftOut], chance: Chance) -> tuple[float, float]:
    """``still`` and ``reach_km`` of :class:`geo.build.line_errors.Errors`, by maximum likelihood.

    From each date to the next, over the settlements in doubt on both: two scores that correlate
    by ``still`` * exp(-m / ``reach_km``), where the line moved by m km, decide on which sides they
    are found. Two dates are too few to tell, so this is measured on all of them; what the
    ensemble makes of it is checked in :mod:`geo.build.line_coverage`.
    """
    steps = [_step(left[a], left[b], chance) for a, b in pairwise(sorted(left))]

    def unlikely(parameters: Floats) -> float:
        still, reach = _named(parameters)
        return -sum(
            float(np.log(_both(first, second, still * np.exp(-moved / reach))).sum())
            for first, second, moved in steps
        )

    still, reach = _named(minimize(unlikely, [3, 2], method="Nelder-Mead").x)
    return round(still, 3), round(reach, 1)


def _named(parameters: Floats) -> tuple[float, float]:
    return float(expit(parameters[0])), float(np.exp(parameters[1]))


def _step(first: LeftOut, second: LeftOut, chance: Chance) -> tuple[Outcome, Outcome, Floats]:
    """The settlements in doubt on both dates: what was found, and how far the line moved, km."""
    doubt = (first.away_km < IN_DOUBT_KM) & (second.away_km < IN_DOUBT_KM)
    found = [
        Outcome(
            limit=ndtri(chances(chance, one.signed_km[doubt])),
            sign=np.where(one.russian[doubt], 1.0, -1.0),
        )
        for one in (first, second)
    ]
    return found[0], found[1], np.abs(first.signed_km - second.signed_km)[doubt]


def _both(first: Outcome, second: Outcome, correlation: Floats) -> Floats:
    """The chance of both outcomes: over all values of what their scores have in common."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(30)
    shared, own = np.sqrt(correlation), np.sqrt(1 - correlation)
    parts = [
        weight * first.chance(shared * node, own) * second.chance(shared * node, own)
        for node, weight in zip(nodes, weights / weights.sum(), strict=True)
    ]
    both: Floats = np.maximum(np.sum(parts, axis=0), 1e-12)
    return both
