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
    """Files of ``data/``: their name there, what they are, and where they are from; plain text.

    A ``*`` in the name stands for what differs between several files of one kind.
    """

    name: str
    what: str
    source: str
    licence: str
    date: str
    rebuilt_by: str

    @property
    def files(self) -> list[str]:
        """The files that the row is about, sorted; relative to ``data/``."""
        folder, _, name = self.name.rpartition("/")
        # What a star stands for has no dot, so that dates.geojson are not dates.overview.geojson.
        pattern = re.escape(name).replace(r"\*", r"[^.]+")
        found = (path for path in (paths.DATA / folder).iterdir() if path.is_file())
        named = (path for path in found if re.fullmatch(pattern, path.name))
        return sorted(str(path.relative_to(paths.DATA)) for path in named)

    def varying(self, file: str) -> str:
        """What the star of the name stands for in one of the files."""
        before, _, after = self.name.partition("*")
        return file.removeprefix(before).removesuffix(after)

    @property
    def size(self) -> int:
        """Size in bytes, of all together."""
        return sum((paths.DATA / file).stat().st_size for file in self.files)


@cache
def provenance() -> tuple[Provenance, ...]:
    """Every row of the table, in its order. Raises :class:`geo.errors.DataError`."""
    rows = re.findall(r"^\| `([^`]+)` \|(.+)\|$", read_text(README), re.MULTILINE)
    return tuple(
        Provenance(name, *(cell.strip() for cell in cells.split(" | "))) for name, cells in rows
    )
