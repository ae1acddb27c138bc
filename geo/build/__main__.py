"""Rebuild ``data/``: ``python -m geo.build`` makes everything that is not written by hand.

Name steps to make only those; each reads what the ones before it wrote. Nothing is fetched: the
sources are ``data/reference`` and packages of ``requirements-build.txt``. The same sources give
the same bytes.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from geo.build import (
    basemap,
    catalogues,
    divisions,
    gazetteer,
    lines,
    movement,
    pieces,
    schema,
    territories,
)
from geo.line import line_dates

LINE_DATES = (
    "2024-11-21",
    "2025-05-21",
    "2025-08-21",
    "2025-11-21",
    "2025-11-27",
    "2026-02-21",
    "2026-05-21",
    "2026-08-21",
)
"""The dates, of those in the control table, whose line of contact is shipped."""


def _build_lines() -> None:
    lines.build(LINE_DATES)


def _build_divisions() -> None:
    for date in line_dates():
        divisions.build(date)


STEPS: dict[str, Callable[[], None]] = {
    "territories": territories.build,
    "basemap": basemap.build,
    "lines": _build_lines,
    "divisions": _build_divisions,
    "catalogues": catalogues.build,
    "gazetteer": gazetteer.build,
    "pieces": pieces.build,
    "movement": movement.build,
    "schema": schema.build,
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
