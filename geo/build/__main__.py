"""Rebuild ``data/``: ``python -m geo.build`` makes everything that is not written by hand.

Name steps to make only those; each reads what the ones before it wrote. Nothing is fetched: the
sources are ``data/reference`` and packages of ``requirements-build.txt``. The same sources give
the same bytes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from geo.build import basemap, catalogues, gazetteer, lines, territories, zones
from geo.line import line_dates
from geo.plan import plan_ids

LINE_DATES = ("2025-11-21",)
"""The dates, of those in the control table, whose line of contact is shipped."""


def _build_lines() -> None:
    for date in LINE_DATES:
        lines.build(date)


def _build_zones() -> None:
    for plan_id in plan_ids():
        for date in line_dates():
            zones.build(plan_id, date)


STEPS: dict[str, Callable[[], None]] = {
    "territories": territories.build,
    "basemap": basemap.build,
    "lines": _build_lines,
    "zones": _build_zones,
    "catalogues": catalogues.build,
    "gazetteer": gazetteer.build,
}


def main() -> None:
    """Run the steps that are named, or all, in their order."""
    parser = argparse.ArgumentParser(prog="python -m geo.build", description=__doc__)
    parser.add_argument("steps", nargs="*", metavar="STEP", help=f"of: {', '.join(STEPS)}")
    chosen = parser.parse_args().steps
    if unknown := set(chosen) - set(STEPS):
        parser.error(f"there is no step {', '.join(sorted(unknown))}; known: {', '.join(STEPS)}")
    for name, step in STEPS.items():
        if not chosen or name in chosen:
            started = time.perf_counter()
            step()
            print(f"{name}: {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
