"""``python -m benchmarks.domain``: zones, ledger, plans, towns and the server's start."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.domain.cold import PIECES, cold, import_ms
from benchmarks.domain.growth import MOST_BEYOND, beyond_n_log_n
from benchmarks.domain.growth_of_zones import cases
from benchmarks.domain.many import of_plans, of_towns
from benchmarks.domain.start import starts
from benchmarks.results import Record, Results
from benchmarks.stats import median

PARTS = ("cold", "start", "growth", "plans", "towns")


def main() -> None:
    """Measure what is asked for and tell it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.domain", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all without")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, help="a file for the JSON")
    asked = parser.parse_args()
    results, record = Results(), Record.begin(asked.out)
    for part in asked.parts or PARTS:
        MEASURED[part](results, asked.rounds)
        contents = record.keep(results.measures(), met=grows_well(results))
    for name, found in contents["measures"].items():
        print(f"{name}: median {found['median']:.1f} {found['unit']}, p95 {found['p95']:.1f}")
    for name, met in contents["met"].items():
        print(f"{name}, at most {MOST_BEYOND:g}: {'met' if met else 'NOT MET'}")


def grows_well(results: Results) -> dict[str, bool]:
    """Of each growth that was measured, whether it is no faster than n log n."""
    return {
        name: median(values) <= MOST_BEYOND
        for name, values in results.values.items()
        if name.partition(".")[0].endswith("_of_n_log_n")
    }


def _cold(results: Results, rounds: int) -> None:
    for _ in range(rounds):
        for name in PIECES:
            results.add(name, "ours", "ms", cold(name))


def _start(results: Results, rounds: int) -> None:
    for module in ("serve", "geo.zones", "streamlit"):
        results.add(f"import_{module}", "ours", "ms", import_ms(module))
    for _ in range(rounds):
        for name, seconds in starts().items():
            results.add(name, "ours", "s", seconds)


def _growth(results: Results, rounds: int) -> None:
    found = list(cases((1, 10, 100), min(rounds, 3)))
    for case in found:
        results.add(f"zones_vertices_x{case.times}", "ours", "ms", *case.zones_ms)
        results.add(f"ledger_vertices_x{case.times}", "ours", "ms", *case.ledger_ms)
    for case in found[1:]:
        sizes = (found[0].vertices, case.vertices)
        times = (median(found[0].zones_ms), median(case.zones_ms))
        beyond = beyond_n_log_n(sizes, times)
        results.add(f"zones_vertices_x{case.times}_of_n_log_n", "ours", "ratio", beyond)


def _plans(results: Results, rounds: int) -> None:
    for times in (1, 10):
        for name, found in of_plans(times, rounds):
            results.add(f"{name}_plans_x{times}", "ours", "ms", *found)


def _towns(results: Results, rounds: int) -> None:
    for name, found in of_towns(rounds):
        results.add(name, "ours", "ms", *found)


MEASURED = {"cold": _cold, "start": _start, "growth": _growth, "plans": _plans, "towns": _towns}


if __name__ == "__main__":
    main()
