"""One serving process as a whole: its settings, who is in, and whether it takes more."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from serving.seats import Seats
from serving.settings import Settings

if TYPE_CHECKING:
    from serving.conversation import Conversation


class Service:
    """What routes, limits and the end of the process share."""

    def __init__(self, settings: Settings):
        self.settings = settings
        self.seats = Seats(settings.sessions)
        self.conversations: set[Conversation] = set()
        self.addresses: Counter[str] = Counter()
        self.warm = False
        self.draining = False

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
