"""What readers are told of an archive: English texts, the keys of the catalogues."""

from __future__ import annotations

from geo.errors import DataError, Fault
from geo.notices import N_, Notice

FIRST_USE = N_(
    "This asks {host} over the network for its map of the day you choose, and nothing else. "
    "Credit: {credit} Licence: {licence}"
)
NO_DAY = N_("{day} is not a day; write it as 2025-11-21.")
FUTURE = N_("{day} has not come yet; choose a day up to {today}.")

LATE = N_("The archive at {host} did not answer in time; try again later.")
UNREACHABLE = N_("The archive at {host} cannot be reached ({reason}); try again later.")
UNTRUSTED = N_(
    "The archive at {host} could not prove that it is that host ({reason}); nothing was read. "
    "Its operator has to mend its certificate."
)
PRIVATE = N_(
    "The name {host} leads to {address}, which is no public address; nothing was asked. "
    "Whoever runs this dashboard has to mend TERRITORY_ARCHIVE_URL."
)
BROKEN = N_("The answer of the archive at {host} is no proper HTTP ({reason}); try again later.")
CUT_OFF = N_("The answer of the archive at {host} broke off before its end; try again.")
TOO_LARGE = N_(
    "The file of the archive at {host} is larger than {limit} MB, more than a map of one day "
    "needs; it was not read to its end."
)
PACKED = N_(
    "The answer of the archive at {host} is packed in a way that cannot be unpacked ({encoding}); "
    "try again later."
)
STATUS = N_("The archive at {host} answered with status {status} instead of a file; try later.")
ELSEWHERE = N_(
    "The archive at {host} sends on to another address ({address}); it was not followed, because "
    "only {host} was named by whoever runs this dashboard."
)
ROUND = N_("The archive at {host} sends on more than {count} times; it was not followed further.")
MISSING = N_("The archive at {host} has no file for {day}; try the day before or after.")
MISSING_NEAR = N_(
    "The archive at {host} has no file for {day}; the nearest day that was fetched before is "
    "{nearest}."
)

WEB_PAGE = N_("The archive at {host} answered with a web page instead of a map for {day}.")
NOT_JSON = N_("The file of {day} from {host} is not whole JSON; it may have been cut off.")
NO_MAP = N_("The file of {day} from {host} is JSON, but no GeoJSON with an area or a line in it.")
NO_PLACE = N_(
    "The file of {day} from {host} has a point at {place}, which is no longitude and latitude in "
    "degrees."
)

UNCHANGED = N_("The archive says that its file has not changed since it was fetched on {since}.")
STALE = N_(
    "What is shown was fetched on {since}, when the archive answered last; it may be out of date."
)
NOT_KEPT = N_("The file could not be kept for next time ({reason}).")
CACHE = N_(
    "The folder for files of the archive, {folder}, cannot be used: {reason}. Whoever runs this "
    "dashboard has to mend it or name another as TERRITORY_ARCHIVE_CACHE."
)

SOURCE = {
    "en": "Map of {day}: {credit} Fetched from {address} on {since}. Licence: {licence}",
    "uk": "Карта за {day}: {credit} Отримано з {address} {since}. Ліцензія: {licence}",
    "zh": "{day}的地图：{credit} 于{since}取自{address}。许可：{licence}",
}
"""Where a map that was fetched is from, by language."""


class ArchiveError(DataError):
    """The archive gave nothing that can be used; ``notice`` says why, for translation."""

    def __init__(self, text: str, **values: str | int | float):
        self.notice = Notice(text, values)
        super().__init__(Fault("archive", self.notice.english()))


class NoSuchDayError(ArchiveError):
    """The archive answers, but has no file for that day."""


class StatusError(ArchiveError):
    """The server answered with a ``status`` that brings no file."""

    def __init__(self, host: str, status: int):
        self.status = status
        super().__init__(STATUS, host=host, status=status)
