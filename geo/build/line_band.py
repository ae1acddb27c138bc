"""How wide the band round a line is, and how likely ground near it is Russian-held.

Both are measured on settlements that were left out (:mod:`geo.build.line_accuracy`): chosen on
the lines of two dates, :data:`TUNING`, and then only looked at on the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.optimize import isotonic_regression, minimize
from scipy.special import expit

from geo.build.line_accuracy import BINS_KM, Floats, LeftOut, percent
from geo.calibration import Chance

TUNING = ("2024-11-21", "2025-08-21")
"""The dates on which everything is chosen; the line's own method was tuned on the same two."""

SURE_PERCENT = 90
"""At every distance beyond the band at least so many settlements have to fall on their side."""

NEAR_KM = 10
"""Nearer than this a settlement counts as near the line."""

IN_DOUBT_KM = 15
"""Nearer than this a settlement may well be on the other side than the line says."""

FIT_KM = 30
"""Shifts of the line are fitted to settlements nearer than this."""

CHANCE_EDGES = (0, 2, 4, 6, 10, 15, 30, 60)
"""Distances from the line, km, on either side, between which chances are counted."""

CHANCE_STEPS = (0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1)


def pooled(several: Iterable[LeftOut]) -> LeftOut:
    """The left-out settlements of several lines as one table."""
    tables = list(several)
    names = ("xy", "oblast", "russian", "signed_km")
    return LeftOut(*(np.concatenate([getattr(one, name) for one in tables]) for name in names))


def band_km(accuracy: dict[str, Any]) -> float:
    """The least distance, km, beyond which at every one :data:`SURE_PERCENT` fell on their side.

    ``accuracy``: of a line, with ``by_distance_km``. Such a band holds the
    answer where it is asked for: settlements far away, which are never in doubt, do not narrow it.
    """
    filled = [row for row in accuracy["by_distance_km"] if row["left_out"]]
    unsure = [row["to"] for row in filled if row["right_side_percent"] < SURE_PERCENT]
    band: float = max(unsure, default=BINS_KM[1])
    return band


def distance_rows(left: LeftOut, band: float) -> list[dict[str, Any]]:
    """By distance from the line: how many were left out, the percentage on the right side, and
    the percentage that is wrong and outside the band.
    """
    away = left.away_km
    wrong = ~left.right & (away >= band)
    bins = [(low, high, (away >= low) & (away < high)) for low, high in pairwise(BINS_KM)]
    return [
        {
            "from": low,
            "to": high,
            "left_out": int(here.sum()),
            "right_side_percent": percent(left.right[here]),
            "wrong_outside_band_percent": percent(wrong[here]),
        }
        for low, high, here in bins
    ]


def near_line(left: LeftOut, band: float) -> dict[str, Any]:
    """Of the settlements within :data:`NEAR_KM` of the line: how many fell right or in the band.

    ``beyond_band_right_percent`` is of those between the band and that distance.
    """
    near = left.away_km < NEAR_KM
    beyond = near & (left.away_km >= band)
    return {
        "within_km": NEAR_KM,
        "left_out": int(near.sum()),
        "right_side_percent": percent(left.right[near]),
        "right_or_in_band_percent": percent((left.right | (left.away_km < band))[near]),
        "beyond_band": int(beyond.sum()),
        "beyond_band_right_percent": percent(left.right[beyond]),
    }


def fit_chance(left: LeftOut) -> Chance:
    """The share of these settlements that Russia held, by signed distance from the line.

    Shares of the bins between :data:`CHANCE_EDGES`, made to rise steadily (isotonic regression),
    each at the middle of its bin, straight between. No curve of one formula fits: on the
    Ukrainian-held side near the line, about half are Russian-held however near they are.
    """
    edges = sorted({-edge for edge in CHANCE_EDGES} | set(CHANCE_EDGES))
    bins = [(left.signed_km >= low) & (left.signed_km < high) for low, high in pairwise(edges)]
    count = np.array([here.sum() for here in bins])
    held = np.array([left.russian[here].sum() for here in bins])
    # Half a settlement of each side is added, so that no bin claims to be certain.
    shares = isotonic_regression((held + 0.5) / (count + 1), weights=count + 1.0).x
    middles = [(low + high) / 2 for low, high in pairwise(edges)]
    return Chance(tuple(middles), tuple(round(float(share), 4) for share in shares))


def chances(chance: Chance, signed_km: Floats) -> Floats:
    """``chance`` at many distances."""
    shares: Floats = np.interp(signed_km, chance.km, chance.share)
    return shares


def fit_scale(left: LeftOut) -> float:
    """The scale, km, of logistic shifts of the line under which these sides are likeliest.

    By maximum likelihood, over settlements within :data:`FIT_KM`, with a shift towards one side
    and a share of sides that have nothing to do with the line, which are not kept.
    """
    near = left.away_km < FIT_KM
    away, russian = left.signed_km[near], left.russian[near]

    def unlikely(parameters: Floats) -> float:
        shift, scale, lapse = parameters[0], np.exp(parameters[1]), expit(parameters[2])
        share = lapse + (1 - 2 * lapse) * expit((away + shift) / scale)
        return float(-np.log(np.where(russian, share, 1 - share)).sum())

    return round(float(np.exp(minimize(unlikely, [0, 0, -5], method="Nelder-Mead").x[1])), 3)


def reliability(left: LeftOut, chance: Chance) -> list[dict[str, Any]]:
    """Of settlements near the line that the curve gave about the same chance: how many were
    Russian-held, beside the chance that it gave them on average; percent.
    """
    near = left.away_km < FIT_KM
    given, russian = chances(chance, left.signed_km[near]), left.russian[near]
    rows = [(low, high, (given >= low) & (given < high)) for low, high in pairwise(CHANCE_STEPS)]
    return [
        {
            "from_percent": round(100 * low),
            "to_percent": round(100 * high),
            "left_out": int(here.sum()),
            "said_percent": round(100 * float(given[here].mean()), 1) if here.any() else None,
            "found_percent": percent(russian[here]),
        }
        for low, high, here in rows
    ]
