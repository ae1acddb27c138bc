"""How sure the lines of contact are, as measured on settlements that were left out.

``data/calibration.json`` (made by ``python -m geo.build lines``) holds, as one object:

- ``tuning``, ``checking``: the dates on which the band and the chances were chosen, and those on
  which they were only looked at.
- ``band``: ``km``; ``percent``, which is asked for at every distance beyond it; ``rule``, a
  sentence by language; ``by_distance_km``, rows under ``tuning``, ``checking`` and each date:
  ``from``, ``to`` (km from the line), ``left_out`` (settlements), ``right_side_percent``,
  ``wrong_outside_band_percent``; ``near``, under the same names, the figures for all within 10 km.
- ``chance``: ``km``, ``share`` (see :class:`Chance`); ``reliability``, rows under ``tuning`` and
  ``checking``: settlements by the chance given to them, ``said_percent`` and ``found_percent``.
- ``ensemble``: ``members``, ``seed``, ``scale_km``, ``correlation_km``, ``still``, ``reach_km``
  (see :mod:`geo.build.line_errors`), ``claimed_percent``; ``widened``: how many times wider an
  oblast's interval is than if errors differed from place to place; ``coverage``: how many of the
  true counts of left-out settlements lie in its interval, rows with ``figure`` (of a ``date`` or
  of the ``change`` between two), ``area`` (``block`` of 50 km or ``oblast``), ``dates``
  (``tuning`` or ``checking``), ``along`` (false: if errors differed from place to place),
  ``figures`` (how many), ``found_percent``, ``typical_miss`` (1: errors are as large as claimed)
  and ``mean_width`` (settlements).
- ``displacement_km``: by date, how far the line moved where a block was left out: ``median``,
  ``mean``, ``p90``.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from functools import cache
from typing import Any

from geo import paths
from geo.reading import read_json

FILE = paths.DATA / "calibration.json"


@dataclass(frozen=True)
class Chance:
    """The chance that a place is Russian-held, by its distance from the line.

    ``km``: distances, rising, above 0 on the Russian-held side; ``share``: the chance there, 0 to
    1, never falling. Straight in between, constant beyond.
    """

    km: tuple[float, ...]
    share: tuple[float, ...]

    def at(self, signed_km: float) -> float:
        """The chance ``signed_km`` on the Russian-held side (below 0: on the Ukrainian-held)."""
        after = bisect(self.km, signed_km)
        if after == 0 or after == len(self.km):
            return self.share[max(after - 1, 0)]
        part = (signed_km - self.km[after - 1]) / (self.km[after] - self.km[after - 1])
        return self.share[after - 1] + part * (self.share[after] - self.share[after - 1])


@cache
def calibration() -> dict[str, Any]:
    """The whole of ``data/calibration.json``, as above. Raises ``DataError``."""
    found: dict[str, Any] = read_json(FILE)
    return found


def chance_russian_held(signed_km: float) -> float:
    """The chance, 0 to 1, that a place ``signed_km`` from the line is Russian-held.

    ``signed_km``: km from the line, above 0 on its Russian-held side. For a place that the
    control table does not list; of one that it lists the table knows the holder. Counted on
    settlements left out together with all others of their block of 10 km, on two dates, so it is
    rather too careful than too sure where the table lists the place's neighbours. On the line it
    is above one half: the line is drawn nearer to the Russian-held places, because contested
    ground counts as not Russian-held.
    """
    return _chance().at(signed_km)


@cache
def _chance() -> Chance:
    fitted = calibration()["chance"]
    return Chance(tuple(fitted["km"]), tuple(fitted["share"]))
