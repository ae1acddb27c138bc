"""Layers as they leave a file: shapes, properties, and the CRS as the file words it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass
class RawLayer:
    """One layer. ``shapes`` (without heights) and ``rows`` (properties) go together.

    ``crs``: as the file has it, not yet understood; ``heights``: whether it had any;
    ``unreadable``: features whose geometry makes no sense.
    """

    name: str
    shapes: list[Any]
    rows: list[dict[str, Any]] = field(default_factory=list)
    crs: str | None = None
    heights: bool = False
    unreadable: int = 0
