"""One serving process as a whole: its settings, who is in, and whether it takes more."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import TYPE_CHECKING

from serving.seats import Seats
from serving.settings import Settings

if TYPE_CHECKING:
    from serving.conversation import Conversation


LOOKED_S = 0.005
"""However many wait for the runs to end, all conversations are looked through so often at most."""


class Service:
    """What routes, limits and the end of the process share."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self.seats = Seats(settings.sessions)
        self.conversations: set[Conversation] = set()
        self.addresses: Counter[str] = Counter()
        self.warm = False
        self.draining = False
        self._busy = False
        self._looked = 0.0

    @property
    def why_not(self) -> str | None:
        """Why no reader should be sent here, as a sentence; nothing if one may be.

        Not that it is full: new pages and websockets are refused one by one then, but those who
        are in still send files and come back here.
        """
        if self.draining:
            return "This process is ending; another one serves."
        if not self.warm:
            return "This process is still loading its data."
        return None

    async def runs_have_passed(self, longest: float) -> None:
        """Wait until no page's run goes on, ``longest`` seconds at most."""
        until = time.monotonic() + longest
        while time.monotonic() < until and self._is_busy():
            await asyncio.sleep(LOOKED_S)

    def _is_busy(self) -> bool:
        now = time.monotonic()
        if now >= self._looked + LOOKED_S:
            self._looked = now
            self._busy = any(each.runs.busy for each in self.conversations)
        return self._busy
