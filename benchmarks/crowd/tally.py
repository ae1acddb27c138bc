"""What a crowd's run counts: waits by kind of act, errors by kind, reconnects."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from benchmarks.stats import median, p95, quantile

Waits = dict[int, list[float]]
"""By minute, in ms."""


@dataclass
class Tally:
    """Waits by act and minute since ``begun`` (monotonic seconds), errors, reconnects.

    What happens before ``begun``, while the crowd comes in, counts as an error if it is one, but
    not as a wait.
    """

    begun: float = field(default_factory=time.monotonic)
    waits: dict[str, Waits] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    errors: Counter[str] = field(default_factory=Counter)
    reconnects: int = 0
    opened: int = 0

    def wait(self, act: str, milliseconds: float) -> None:
        """An act was answered rightly."""
        now = time.monotonic()
        if now >= self.begun:
            self.waits[act][int((now - self.begun) // 60)].append(milliseconds)

    def acts(self) -> int:
        """How many acts were answered rightly, but openings and reconnects."""
        waits = {name: each for name, each in self.waits.items() if name not in ("open", "return")}
        return sum(len(minute) for each in waits.values() for minute in each.values())

    def line(self, minute: int) -> str:
        """The clicks of one minute in a line."""
        waits = self.waits["click"].get(minute, [])
        errors = ", ".join(f"{kind}: {count}" for kind, count in sorted(self.errors.items()))
        return (
            f"minute {minute + 1}: {len(waits)} clicks, median {quantile(waits, 0.5):.0f} ms, "
            f"p95 {p95(waits):.0f}, p99 {quantile(waits, 0.99):.0f}; "
            f"{self.reconnects} reconnects; errors: {errors or 'none'}"
        )


def measure(by_minute: Waits) -> dict[str, Any]:
    """The waits of one act as a result file has them; ``values``: the median of each minute.

    All waits of a big crowd would be megabytes.
    """
    waits = [wait for minute in by_minute.values() for wait in minute]
    return {
        "unit": "ms",
        "median": round(median(waits), 2),
        "p95": round(p95(waits), 2),
        "p99": round(quantile(waits, 0.99), 2),
        "longest": round(max(waits), 2),
        "count": len(waits),
        "values": [round(median(by_minute[minute]), 2) for minute in sorted(by_minute)],
    }
