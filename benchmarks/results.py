"""What was measured, and the file that keeps it.

A file holds ``made`` (day), ``commit``, ``machine``, ``versions``, ``load`` (of the machine, when
the run began and when the file was last written) and ``measures``: by name, ``unit``, ``median``,
``p95`` and all ``values`` in the order they came. A name is that of the measure and, after a dot,
of the target: ``click_clause.ours``. ``below``: only an upper bound is known, which is the value.
A crowd's file has ``asked`` and ``crowd`` as well; of its many waits it keeps ``count``, ``p99``
and ``longest``, and ``values`` are the medians of the minutes.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.machine import commit, load, machine, versions
from benchmarks.stats import FEWEST_FOR_P95, median, p95

FOLDER = Path(__file__).parent / "results"

Measures = dict[str, dict[str, Any]]


class Results:
    """Collects values by measure and target."""

    def __init__(self) -> None:
        self.units: dict[str, str] = {}
        self.values: dict[str, list[float]] = {}
        self.bounds: set[str] = set()

    def add(self, measure: str, target: str, unit: str, *values: float) -> None:
        """Note values; ``unit`` is that of the measure, the same each time."""
        name = f"{measure}.{target}"
        self.units[name] = unit
        self.values.setdefault(name, []).extend(values)

    def add_bound(self, measure: str, target: str, unit: str, value: float) -> None:
        """Note that a measure is below a value, and no more is known of it."""
        self.add(measure, target, unit, value)
        self.bounds.add(f"{measure}.{target}")

    def measures(self) -> Measures:
        """Every measure with what its values come to."""
        return {
            name: {
                "unit": self.units[name],
                "median": round(median(values), 3),
                "p95": round(p95(values), 3),
                "values": [round(value, 3) for value in values],
                **({"below": True} if name in self.bounds else {}),
            }
            for name, values in self.values.items()
            if values
        }


def has_p95(found: dict[str, Any]) -> bool:
    """Whether a measure has so many values that its p95 says more than the largest would."""
    return bool(found.get("count", len(found["values"])) >= FEWEST_FOR_P95)


@dataclass(frozen=True)
class Record:
    """The file of one run; ``head``: what is known before anything is measured.

    It can be written again and again, so that a fault at the end of a run loses little.
    """

    head: dict[str, Any]
    path: Path | None

    @classmethod
    def begin(cls, path: Path | None, chromium: str | None = None) -> Record:
        """At the start of a run; ``path``: of its file, if there is to be one."""
        head = {
            "made": today(),
            "commit": commit(),
            "machine": machine(),
            "versions": versions(chromium),
            "load": [load()],
        }
        return cls(head, path)

    def keep(self, measures: Measures, **more: Any) -> dict[str, Any]:
        """Write what is measured by now; gives the contents of the file."""
        loads = [*self.head["load"], load()]
        contents = {**self.head, "load": loads, **more, "measures": measures}
        if self.path:
            self.path.parent.mkdir(exist_ok=True)
            self.path.write_text(json.dumps(contents, indent=1) + "\n", encoding="utf-8")
        return contents


def today() -> str:
    """The day of a run, in UTC."""
    return datetime.now(UTC).date().isoformat()


def next_path(folder: Path = FOLDER) -> Path:
    """The next free name of a file of today."""
    numbers = itertools.count(1)
    return next(path for n in numbers if not (path := folder / f"{today()}-{n}.json").exists())


def read(path: Path) -> dict[str, Any]:
    """A file of results. Raises ``ValueError`` if it is none."""
    contents: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if "measures" not in contents:
        raise ValueError(f"{path} is no file of results: it has no 'measures'.")
    return contents
