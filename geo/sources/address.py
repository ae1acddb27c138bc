"""The address that an operator gives for an archive: one file a day, on one host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from string import Formatter
from urllib.parse import urlsplit, urlunsplit

from geo.errors import DataError, Fault

VARIABLE = "TERRITORY_ARCHIVE_URL"
DAY_PARTS = re.compile(r"(%[Ymdyj]|[-_./])*")
"""What may stand after ``{date:``; nothing means 2025-11-21."""

PORTS = {"http": 80, "https": 443}
PRINTABLE = re.compile(r"[!-~]+")


@dataclass(frozen=True)
class Address:
    """``template``: an address with ``{date}`` or, say, ``{date:%Y%m%d}`` where the day goes."""

    template: str

    def on(self, day: date) -> str:
        """The address of the file of ``day``."""
        return self.template.format(date=day)

    def shown(self, day: date) -> str:
        """The same for readers: without the query, which may hold a key."""
        parts = urlsplit(self.on(day))
        return urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))

    @property
    def host(self) -> str:
        """The only host that is asked."""
        return urlsplit(self.template).hostname or ""


def read_address(text: str) -> Address:
    """Read an operator's address. Raises :class:`DataError` with every fault as a sentence."""
    if faults := [Fault(VARIABLE, message) for message in _messages(text)]:
        raise DataError(faults)
    return Address(text)


def _messages(text: str) -> Iterator[str]:
    if not PRINTABLE.fullmatch(text):
        yield "it has a space or a letter outside ASCII; write it as a browser sends it."
        return
    try:
        parts = urlsplit(text)
        _ = parts.port
        fields = [field for field in Formatter().parse(text) if field[1] is not None]
    except ValueError as error:
        yield f"it is no address ({error}); write https://host/path/{{date}}.geojson."
        return
    if parts.scheme not in ("https", "http") or not parts.hostname:
        yield "it has to start with https:// or http:// and a host."
    if parts.username is not None:
        yield "it holds a user name; leave it out, no password is ever sent."
    if parts.fragment:
        yield "it has a part after #, which is never sent; leave it out."
    if "{" in parts.netloc:
        yield "the host has a placeholder; the day goes into the path or the query."
    if not fields:
        yield "it has no {date}; say where the day goes, such as {date} or {date:%Y%m%d}."
    for _, name, form, conversion in fields:
        if name != "date" or conversion or not DAY_PARTS.fullmatch(form or ""):
            yield "a placeholder is not known; the only ones are {date} and {date:%Y%m%d}."
            return
