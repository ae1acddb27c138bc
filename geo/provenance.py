"""Where every file of ``data/`` is from, read from the table in ``data/README.md``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from geo import paths
from geo.reading import read_text

README = paths.DATA / "README.md"


@dataclass(frozen=True)
class Provenance:
    """One file of ``data/``: its name there, what it is, and where it is from; plain text."""

    file: str
    what: str
    source: str
    licence: str
    date: str
    rebuilt_by: str

    @property
    def size(self) -> int:
        """Size in bytes."""
        return (paths.DATA / self.file).stat().st_size


@cache
def provenance() -> tuple[Provenance, ...]:
    """Every row of the table, in its order. Raises :class:`geo.errors.DataError`."""
    rows = re.findall(r"^\| `([^`]+)` \|(.+)\|$", read_text(README), re.MULTILINE)
    return tuple(
        Provenance(file, *(cell.strip() for cell in cells.split(" | "))) for file, cells in rows
    )
