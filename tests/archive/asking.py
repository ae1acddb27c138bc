"""An archive to ask, with limits that tests can wait for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from geo.sources.archive import Archive
from geo.sources.connection import Limits
from tests.archive.server import sound_map

DAY, TODAY = "2025-11-21", date(2025, 11, 25)
LIMITS = Limits(connect=0.5, read=0.3, whole=0.8, largest=50_000)
MAP = sound_map()


def configured(server, tmp_path, path="/{date}.geojson", limits=LIMITS, **more) -> Archive:
    environ = {
        "TERRITORY_ARCHIVE_URL": server.url + path,
        "TERRITORY_ARCHIVE_LICENCE": "Free with credit.",
        "TERRITORY_ARCHIVE_CREDIT": "Drawn by {someone}.",
        "TERRITORY_ARCHIVE_CACHE": str(tmp_path / "cache"),
        **more,
    }
    return replace(Archive.from_environment(environ), limits=limits)


def kept_files(archive) -> list[str]:
    folder = archive.cache.folder
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def age(archive) -> str:
    """Make what is kept an old answer; give back when it was fetched, as readers are told."""
    kept = archive.cache.find(DAY)
    archive.cache.keep(replace(kept, fetched_at=datetime(2025, 11, 22, 9, 30, tzinfo=UTC)))
    return "2025-11-22 09:30 UTC"


def ask(archive, day=DAY):
    return archive.fetch(day, TODAY)
