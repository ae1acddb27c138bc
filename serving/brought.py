"""How many bytes readers have brought, so that their files cannot fill the memory."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

from geo.uploads.limits import MEGABYTE
from serving.seats import Seats
from serving.settings import Settings

HELD_SECONDS = 140.0
"""How long a file may be held after its session has lost its place: Streamlit keeps the session of
a page that is gone for two minutes."""


class Brought:
    """Bytes of uploads by session, forgotten some time after the session is gone.

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
        self.bytes: Counter[str] = Counter()
        self.gone: dict[str, float] = {}

    def add(self, session: str, number: int) -> None:
        """Count what has come in."""
        if number:
            self.bytes[session] += number

    def is_too_much_for(self, session: str, more: int = 0) -> bool:
        """Whether this session has no room for so many bytes more."""
        return self.bytes[session] + more > self.most_of_session

    def is_too_much(self, more: int = 0) -> bool:
        """Whether the process has no room for so many bytes more, of whomever."""
        return self.bytes.total() + more > self.most

    def forget(self) -> None:
        """Forget the sessions that have been gone for long enough."""
        now = self.clock()
        left = {session for session in self.bytes if not self.seats.knows(session)}
        self.gone = {session: self.gone.get(session, now) for session in left}
        for session, since in list(self.gone.items()):
            if now - since >= HELD_SECONDS:
                del self.bytes[session], self.gone[session]
