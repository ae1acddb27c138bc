"""A daily archive of maps, one GeoJSON file a day, at an address that the operator names.

Off unless ``TERRITORY_ARCHIVE_URL`` is set; no address is built in. What comes back is bytes with
their provenance, to be read on as a reader's own file is. To read another kind of archive, write
a class with ``fetch`` like this one's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from geo.days import first_day
from geo.errors import DataError, Fault
from geo.notices import Notice
from geo.sources import messages
from geo.sources.address import VARIABLE, Address, read_address
from geo.sources.cache import Cache, Kept, default_folder
from geo.sources.connection import Limits
from geo.sources.geojson import check_map
from geo.sources.messages import ArchiveError, NoSuchDayError, StatusError
from geo.sources.transport import get

LICENCE = "TERRITORY_ARCHIVE_LICENCE"
CREDIT = "TERRITORY_ARCHIVE_CREDIT"
CACHE = "TERRITORY_ARCHIVE_CACHE"
NOT_THERE = (404, 410)


@dataclass(frozen=True)
class Fetched:
    """The map of ``day``: ``data`` is GeoJSON as it came, at ``fetched_at`` (UTC).

    ``stale``: the archive could not be asked now, and this is what it gave before. ``notices``:
    what a reader has to know of this answer. ``source``: credit, address, time and licence, by
    language.
    """

    data: bytes
    day: str
    fetched_at: datetime
    stale: bool
    notices: tuple[Notice, ...]
    source: Mapping[str, str]


@dataclass(frozen=True)
class Archive:
    """The archive at ``address``, with its ``licence`` and ``credit`` in the operator's words."""

    address: Address
    licence: str
    credit: str
    cache: Cache
    limits: Limits = field(default_factory=Limits)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Archive | None:
        """The archive that ``environ`` names, ``None`` if it names none.

        ``TERRITORY_ARCHIVE_URL``: an address with ``{date}`` or, say, ``{date:%Y%m%d}``. Then
        ``TERRITORY_ARCHIVE_LICENCE`` and ``TERRITORY_ARCHIVE_CREDIT`` are needed, which readers
        see first; ``TERRITORY_ARCHIVE_CACHE`` is a folder. Raises :class:`DataError`.
        """
        url = environ.get(VARIABLE, "").strip()
        if not url:
            return None
        words = {name: environ.get(name, "").strip() for name in (LICENCE, CREDIT)}
        if missing := [name for name, text in words.items() if not text]:
            message = (
                "it is missing; readers see it before the archive is asked for the first time."
            )
            raise DataError(Fault(name, message) for name in missing)
        address = read_address(url)
        named = environ.get(CACHE, "").strip()
        folder = Path(named).expanduser() if named else default_folder(environ)
        return cls(address, words[LICENCE], words[CREDIT], Cache(folder, address.template))

    @property
    def first_use(self) -> Notice:
        """What a reader has to see, and agree to, before the archive is asked."""
        values = {"host": self.address.host, "credit": self.credit, "licence": self.licence}
        return Notice(messages.FIRST_USE, values)

    def fetch(self, day: str, today: date | None = None) -> Fetched:
        """The map of ``day`` (such as ``2025-11-21``), from the archive or as kept from before.

        Asks every time, but lets the archive say that nothing changed. ``today`` (UTC) is the
        last day that can be asked for. Raises :class:`ArchiveError`: a :class:`NoSuchDayError`
        if the archive has no file for that day, others if there is no file from before either.
        """
        wanted = _checked(day, today or datetime.now(UTC).date())
        kept = self.cache.find(day)
        try:
            fresh = self._ask(wanted, kept)
        except NoSuchDayError:
            raise
        except ArchiveError as error:
            if kept is None:
                raise
            return self._fetched(kept, error.notice, _since(messages.STALE, kept), stale=True)
        if fresh is kept:
            return self._fetched(fresh, _since(messages.UNCHANGED, fresh))
        try:
            self.cache.keep(fresh)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return self._fetched(fresh, Notice(messages.NOT_KEPT, {"reason": reason}))
        return self._fetched(fresh)

    def _ask(self, day: date, kept: Kept | None) -> Kept:
        """The file of ``day``: ``kept`` itself if it is still the one."""
        host, written = self.address.host, day.isoformat()
        try:
            answer = get(self.address.on(day), kept.conditions() if kept else {}, self.limits)
        except StatusError as error:
            if error.status in NOT_THERE:
                raise self._missing(day) from error
            raise
        if answer.status == 304:
            if kept is None:
                raise StatusError(host, answer.status)
            return kept
        check_map(answer.body, host, written)
        now = datetime.now(UTC).replace(microsecond=0)
        return Kept(written, answer.body, now, answer.etag, answer.modified)

    def _missing(self, day: date) -> NoSuchDayError:
        host, written = self.address.host, day.isoformat()
        others = [kept for kept in self.cache.days() if kept != written]
        if not others:
            return NoSuchDayError(messages.MISSING, host=host, day=written)
        nearest = min(others, key=lambda other: abs(date.fromisoformat(other) - day))
        return NoSuchDayError(messages.MISSING_NEAR, host=host, day=written, nearest=nearest)

    def _fetched(self, kept: Kept, *notices: Notice, stale: bool = False) -> Fetched:
        words = {
            "day": kept.day,
            "credit": self.credit,
            "licence": self.licence,
            "address": self.address.shown(date.fromisoformat(kept.day)),
            "since": _written(kept.fetched_at),
        }
        source = {language: text.format(**words) for language, text in messages.SOURCE.items()}
        return Fetched(kept.data, kept.day, kept.fetched_at, stale, notices, source)


def _checked(day: str, today: date) -> date:
    """``day`` as a date. Raises :class:`ArchiveError` if there is none or it is still to come."""
    try:
        wanted = first_day(day)
    except ValueError as cause:
        raise ArchiveError(messages.NO_DAY, day=day[:40]) from cause
    if wanted.isoformat() != day:
        raise ArchiveError(messages.NO_DAY, day=day[:40])
    if wanted > today:
        raise ArchiveError(messages.FUTURE, day=day, today=today.isoformat())
    return wanted


def _since(text: str, kept: Kept) -> Notice:
    return Notice(text, {"since": _written(kept.fetched_at)})


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
