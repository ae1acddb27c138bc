"""What every measure is given: the browser, and the place for what it finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.results import Record, Results

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@dataclass
class Bench:
    """One run: its browser, its file, and what it has found by now."""

    browser: Browser
    record: Record
    results: Results = field(default_factory=Results)

    def keep(self) -> dict[str, Any]:
        """Write what is found by now; gives the contents of the file."""
        return self.record.keep(self.results.measures())
