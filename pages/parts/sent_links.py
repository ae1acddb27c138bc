"""Which link the reader is at: a message of the browser may carry one that has been left since."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

Link = dict[str, list[str]]
"""The query parameters of a link and their values."""

UNDERWAY_S = 10.0
"""So long after another link was sent to the browser, a message may still carry the one before:
it was on its way, or the browser has not heard of the new one yet."""


@dataclass
class SentLinks:
    """The link that a session's reader is at, on which page, and those left for it and when."""

    page: str | None = None
    current: Link = field(default_factory=dict)
    left: list[tuple[Link, float]] = field(default_factory=list)

    def send(self, link: Link) -> None:
        """Note that the browser is sent to ``link``."""
        now = time.monotonic()
        recent = [(each, since) for each, since in self.left if now - since < UNDERWAY_S]
        self.left = [*recent, (self.current, now)]
        self.current = link

    def hear(self, link: Link, page: str, from_history: bool) -> Link:
        """The link that a message means which carries ``link``.

        ``from_history``: the reader went back or forward, so an earlier one is meant. Streamlit
        does not say so where something else was done before the run for it began; going back to
        what was left just now is then undone.
        """
        if link == self.current and page == self.page:
            return link
        if not from_history and page == self.page and self._has_just_left(link):
            return self.current
        self.page, self.current = page, link
        return link

    def _has_just_left(self, link: Link) -> bool:
        now = time.monotonic()
        return any(each == link and now - since < UNDERWAY_S for each, since in self.left)
