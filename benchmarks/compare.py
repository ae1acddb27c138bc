"""``python -m benchmarks.compare A.json B.json C.json``: medians of several runs in one table."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.report import report
from benchmarks.results import Measures, read
from benchmarks.stats import median


def joined(runs: Sequence[Measures]) -> Measures:
    """Each measure with the median, over the runs that have it, of its median and its p95."""
    names = dict.fromkeys(name for run in runs for name in run)
    return {
        name: {
            "unit": next(run[name]["unit"] for run in runs if name in run),
            "values": [value for run in runs if name in run for value in run[name]["values"]],
            **{
                statistic: median([run[name][statistic] for run in runs if name in run])
                for statistic in ("median", "p95")
            },
        }
        for name in names
    }


def main() -> None:
    """Print the table of the files that are named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    files = parser.parse_args().files
    print(report(joined([read(path)["measures"] for path in files])))


if __name__ == "__main__":
    main()
