"""What was measured, and the file that keeps it.

A file holds ``made`` (day), ``commit``, ``machine``, ``versions`` and ``measures``: by name,
``unit``, ``median``, ``p95`` and all ``values`` in the order they came. A name is that of the
measure and, after a dot, of the target: ``click_clause.ours``.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.machine import commit, machine, versions
from benchmarks.stats import median, p95

FOLDER = Path(__file__).parent / "results"

Measures = dict[str, dict[str, Any]]


class Results:
    """Collects values by measure and target."""

    def __init__(self) -> None:
        self.units: dict[str, str] = {}
        self.values: dict[str, list[float]] = {}

    def add(self, measure: str, target: str, unit: str, *values: float) -> None:
        """Note values; ``unit`` is that of the measure, the same each time."""
        name = f"{measure}.{target}"
        self.units[name] = unit
        self.values.setdefault(name, []).extend(values)

    def measures(self) -> Measures:
        """Every measure with what its values come to."""
        return {
            name: {
                "unit": self.units[name],
                "median": round(median(values), 3),
                "p95": round(p95(values), 3),
                "values": [round(value, 3) for value in values],
            }
            for name, values in self.values.items()
            if values
        }


def document(measures: Measures, chromium: str | None = None) -> dict[str, Any]:
    """The contents of a file of results."""
    return {
        "made": datetime.now(UTC).date().isoformat(),
        "commit": commit(),
        "machine": machine(),
        "versions": versions(chromium),
        "measures": measures,
    }


def write(contents: dict[str, Any], folder: Path = FOLDER) -> Path:
    """Write a file of results under the next free name of its day; gives its path."""
    folder.mkdir(exist_ok=True)
    number = 1
    while (path := folder / f"{contents['made']}-{number}.json").exists():
        number += 1
    path.write_text(json.dumps(contents, indent=1) + "\n", encoding="utf-8")
    return path


def read(path: Path) -> dict[str, Any]:
    """A file of results. Raises ``ValueError`` if it is none."""
    contents: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if "measures" not in contents:
        raise ValueError(f"{path} is no file of results: it has no 'measures'.")
    return contents
