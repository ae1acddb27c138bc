"""How many bytes readers have brought, so that their files cannot fill the memory."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from geo.uploads.limits import MEGABYTE
from serving.seats import Seats
from serving.settings import Settings

HELD_SECONDS = 140.0
"""How long a file may be held after its session has lost its place: Streamlit keeps the session of
a page that is gone for two minutes."""


class FileName(NamedTuple):
    """What Streamlit knows a reader's file by."""

    session: str
    file: str


@dataclass
class OfSession:
    """Bytes of one session: ``sent`` in all, kept or not, and ``held`` in memory, by file."""

    sent: int = 0
    held: dict[str, int] = field(default_factory=dict)


class Brought:
    """Bytes of uploads, forgotten some time after their session is gone.

    What a session may send is limited in all, what the process holds only while it holds it: an
    upload until it has ended, a file that Streamlit took until it is replaced or deleted.

    There is an entry only for sessions whose files Streamlit reads, so as many as there are places
    within ``HELD_SECONDS``.
    """

    def __init__(
        self, settings: Settings, seats: Seats, clock: Callable[[], float] = time.monotonic
    ):
        self.most_of_session = settings.upload_mb_of_session * MEGABYTE
        self.most = settings.upload_mb * MEGABYTE
        self.seats = seats
        self.clock = clock
        self.sessions: defaultdict[str, OfSession] = defaultdict(OfSession)
        self.under_way = 0
        self.gone: dict[str, float] = {}

    def add(self, session: str, number: int) -> None:
        """Count what has come in of an upload under way."""
        if number:
            self.sessions[session].sent += number
            self.under_way += number

    def end(self, name: FileName, number: int, taken: bool) -> None:
        """Count an upload of ``number`` bytes as ended: ``taken`` as a file, or given up."""
        self.under_way -= number
        if taken:
            self.sessions[name.session].held[name.file] = number

    def delete(self, name: FileName) -> None:
        """Count a file no more: Streamlit has deleted it."""
        if name.session in self.sessions:
            self.sessions[name.session].held.pop(name.file, None)

    @property
    def held(self) -> int:
        """Bytes in the memory of the process."""
        files = (number for each in self.sessions.values() for number in each.held.values())
        return self.under_way + sum(files)

    def is_too_much_for(self, session: str, more: int = 0) -> bool:
        """Whether this session may not send so many bytes more."""
        sent = self.sessions[session].sent if session in self.sessions else 0
        return sent + more > self.most_of_session

    def is_too_much(self, more: int = 0) -> bool:
        """Whether the process has no room for so many bytes more, of whomever."""
        return self.held + more > self.most

    def forget(self) -> None:
        """Forget the sessions that have been gone for long enough."""
        now = self.clock()
        left = {session for session in self.sessions if not self.seats.knows(session)}
        self.gone = {session: self.gone.get(session, now) for session in left}
        for session, since in list(self.gone.items()):
            if now - since >= HELD_SECONDS:
                del self.sessions[session], self.gone[session]
