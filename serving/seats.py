"""Who is in: as many readers as one process serves well, and a place kept for who comes back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

KEPT_SECONDS = 20.0
"""How long a place is kept for a page that reconnects or is loaded anew."""


@dataclass(eq=False)
class Seat:
    """One page's place, known by the token that its browser holds and by its session.

    ``session`` is only ever what the server named it, never what a page says it is.
    """

    browser: str | None = None
    session: str | None = None


class Seats:
    """At most ``limit`` places, those that are kept included."""

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic):
        self.limit = limit
        self.clock = clock
        self.taken: set[Seat] = set()
        self.kept: dict[Seat, float] = {}

    @property
    def full(self) -> bool:
        """Whether a reader who was not in before has to wait."""
        now = self.clock()
        self.kept = {seat: until for seat, until in self.kept.items() if until > now}
        return len(self.taken) + len(self.kept) >= self.limit

    def take(self, browser: str | None = None, claimed: str | None = None) -> Seat | None:
        """A place for a page: its own if one is kept, else a free one, or none.

        ``claimed``: the session that the page says it had; a kept place is looked up by it.
        """
        full = self.full
        kept = self._kept(browser, claimed)
        if kept:
            del self.kept[kept]
        elif full:
            return None
        seat = Seat(browser)
        if kept and kept.session == claimed:
            seat = Seat(browser or kept.browser, claimed)
        self.taken.add(seat)
        return seat

    def leave(self, seat: Seat) -> None:
        """Give a place up; one that had a session is kept a while for it. Twice is once."""
        if seat in self.taken:
            self.taken.remove(seat)
            # Else Streamlit refused the page, or it never said a word: nobody comes back to that.
            if seat.session:
                self.kept[seat] = self.clock() + KEPT_SECONDS

    def knows(self, name: str) -> bool:
        """Whether the browser or the session of this name is in, or was just now."""
        return any(name in (seat.browser, seat.session) for seat in (*self.taken, *self.kept))

    def _kept(self, browser: str | None, claimed: str | None) -> Seat | None:
        """The place that is kept for this session, else one for this browser."""
        by_session = (seat for seat in self.kept if claimed and seat.session == claimed)
        by_browser = (seat for seat in self.kept if browser and seat.browser == browser)
        return next(chain(by_session, by_browser), None)
