"""What every measure is given: the browser, and the place for what it finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.results import Results

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@dataclass
class Bench:
    """One run: its browser and its results."""

    browser: Browser
    results: Results = field(default_factory=Results)
