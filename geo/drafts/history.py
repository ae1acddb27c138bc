"""What a text was before each change, and after changes that were undone."""

from __future__ import annotations

import zlib
from sys import getsizeof

from geo.drafts.limits import LARGEST_HISTORY


class History:
    """Texts one after another, and which of them is the present one (``None``: none yet).

    They are kept compressed; the oldest are dropped beyond
    :data:`geo.drafts.limits.LARGEST_HISTORY`.
    """

    def __init__(self, text: str | None = None):
        self.text = text
        """The present text."""
        self._states = [_compressed(text)]
        self._position = 0

    def take(self, text: str | None) -> bool:
        """Go on to ``text``; what was undone is dropped. Says whether that is a change."""
        if text == self.text:
            return False
        del self._states[self._position + 1 :]
        self._states.append(_compressed(text))
        self._forget_the_oldest()
        self._position = len(self._states) - 1
        self.text = text
        return True

    def _forget_the_oldest(self) -> None:
        size, oldest = self.size, 0
        while size > LARGEST_HISTORY and oldest < len(self._states) - 1:
            size -= getsizeof(self._states[oldest])
            oldest += 1
        del self._states[:oldest]

    @property
    def size(self) -> int:
        """Bytes that the texts take."""
        return sum(map(getsizeof, self._states))

    @property
    def is_empty(self) -> bool:
        """Whether there never was a text."""
        return self._states == [None]

    @property
    def can_undo(self) -> bool:
        """Whether there is a text before the present one."""
        return self._position > 0

    @property
    def can_redo(self) -> bool:
        """Whether a change was undone."""
        return self._position < len(self._states) - 1

    def undo(self) -> bool:
        """Go back by one change; says whether there was one."""
        return self.can_undo and self._go(-1)

    def redo(self) -> bool:
        """Make a change again that was undone; says whether there was one."""
        return self.can_redo and self._go(1)

    def _go(self, steps: int) -> bool:
        self._position += steps
        self.text = _text(self._states[self._position])
        return True


def _compressed(text: str | None) -> bytes | None:
    # A browser may hand over half of a character.
    return None if text is None else zlib.compress(text.encode("utf-8", "surrogatepass"))


def _text(state: bytes | None) -> str | None:
    return None if state is None else zlib.decompress(state).decode("utf-8", "surrogatepass")
