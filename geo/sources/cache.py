"""Files of an archive, kept in a private folder so that they need not be sent again.

Each is one file: a line of JSON (day, when fetched, validators, checksum), then the map itself.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from geo.sources import messages
from geo.sources.messages import ArchiveError

LARGEST = 300_000_000
"""Bytes that are kept in all; beyond that the oldest files go."""


@dataclass(frozen=True)
class Kept:
    """A map as it came: ``data`` for ``day``, when it was fetched, what the server calls it."""

    day: str
    data: bytes
    fetched_at: datetime
    etag: str = ""
    modified: str = ""

    def conditions(self) -> dict[str, str]:
        """Headers that ask for the file only if it is another one."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in headers.items() if value}


@dataclass(frozen=True)
class Cache:
    """The files of the archive at ``template`` under ``folder``."""

    folder: Path
    template: str

    def find(self, day: str) -> Kept | None:
        """What is kept for ``day``. Raises :class:`ArchiveError` if the folder cannot be used."""
        self._open()
        try:
            head, _, data = self._file(day).read_bytes().partition(b"\n")
        except FileNotFoundError:
            return None
        except OSError as cause:
            raise self._unusable(cause.strerror or "it cannot be read") from cause
        try:
            facts = json.loads(head)
            checksum = facts.pop("sha256")
            kept = Kept(data=data, **{**facts, "fetched_at": _moment(facts["fetched_at"])})
        except (ValueError, TypeError, KeyError, AttributeError):
            return None  # not of this version, or damaged: it is fetched anew and written over
        return kept if checksum == sha256(data).hexdigest() and kept.day == day else None

    def keep(self, kept: Kept) -> None:
        """Keep a map in place of the one kept for its day. Raises OSError if it cannot be."""
        facts = {
            "day": kept.day,
            "fetched_at": kept.fetched_at.isoformat(),
            "etag": kept.etag,
            "modified": kept.modified,
            "sha256": sha256(kept.data).hexdigest(),
        }
        handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(json.dumps(facts).encode() + b"\n" + kept.data)
            Path(name).replace(self._file(kept.day))
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        self._make_room()

    def days(self) -> list[str]:
        """The days of which something is kept, oldest first."""
        return sorted(path.stem.partition("_")[2] for path in self.folder.glob(f"{self._name}_*"))

    @property
    def _name(self) -> str:
        return sha256(self.template.encode()).hexdigest()[:16]

    def _file(self, day: str) -> Path:
        return self.folder / f"{self._name}_{day}.map"

    def _open(self) -> None:
        """Make the folder if there is none; nobody else may write to it."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            facts = self.folder.stat()
        except OSError as cause:
            raise self._unusable(cause.strerror or "it cannot be made") from cause
        if hasattr(os, "getuid") and (facts.st_uid != os.getuid() or facts.st_mode & 0o022):
            raise self._unusable("others can write to it")

    def _unusable(self, reason: str) -> ArchiveError:
        return ArchiveError(messages.CACHE, folder=str(self.folder), reason=reason)

    def _make_room(self) -> None:
        files = sorted(self.folder.glob("*.map"), key=lambda path: path.stat().st_mtime)
        total = sum(path.stat().st_size for path in files)
        for path in files[:-1]:
            if total <= LARGEST:
                return
            total -= path.stat().st_size
            path.unlink(missing_ok=True)


def default_folder(environ: Mapping[str, str]) -> Path:
    """The platform's folder for what a user's programs keep."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "terms-of-territory" / "archive"


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
