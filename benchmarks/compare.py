"""``python -m benchmarks.compare A.json B.json C.json``: medians of several runs in one table."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.report import report
from benchmarks.results import Measures, read
from benchmarks.stats import median


def joined(runs: Sequence[Measures]) -> Measures:
    """Each measure with the median, over the runs that have it, of its median and its p95."""
    names = dict.fromkeys(name for run in runs for name in run)
    return {name: _of_all([run[name] for run in runs if name in run]) for name in names}


def _of_all(found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "unit": found[0]["unit"],
        "values": [value for each in found for value in each["values"]],
        "count": min(each.get("count", len(each["values"])) for each in found),
        "below": any(each.get("below") for each in found),
        **{name: median([each[name] for each in found]) for name in ("median", "p95")},
    }


def main() -> None:
    """Print the table of the files that are named."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    files = parser.parse_args().files
    print(report(joined([read(path)["measures"] for path in files])))


if __name__ == "__main__":
    main()
