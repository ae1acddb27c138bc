"""Who is in: as many readers as one process serves well, and a place kept for who comes back."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

KEPT_SECONDS = 20.0
"""How long a place is kept for a page that reconnects or is loaded anew."""


@dataclass(eq=False)
class Seat:
    """One page's place, known by its session and by the token that its browser holds."""

    names: frozenset[str]


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

    def take(self, names: frozenset[str]) -> Seat | None:
        """A place for a page with these names: its own if one is kept, else a free one, or none."""
        full = self.full
        kept = next((seat for seat in self.kept if seat.names & names), None)
        if kept:
            del self.kept[kept]
        elif full:
            return None
        seat = Seat(names | kept.names if kept else names)
        self.taken.add(seat)
        return seat

    def leave(self, seat: Seat) -> None:
        """Give a place up; it is kept a while for whoever has its names. Twice is once."""
        if seat in self.taken:
            self.taken.remove(seat)
            if seat.names:
                self.kept[seat] = self.clock() + KEPT_SECONDS

    def knows(self, names: frozenset[str]) -> bool:
        """Whether somebody with one of these names is in, or was just now."""
        return any(seat.names & names for seat in (*self.taken, *self.kept))
