"""What a text was before each change, and after changes that were undone."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo.drafts.limits import FEWEST_STEPS, LONGEST_HISTORY


@dataclass
class History:
    """Texts one after another, and which of them is the present one (``None``: none yet)."""

    texts: list[str | None] = field(default_factory=lambda: [None])
    position: int = 0

    @property
    def text(self) -> str | None:
        """The present text."""
        return self.texts[self.position]

    def take(self, text: str | None) -> bool:
        """Go on to ``text``; what was undone is dropped. Says whether that is a change."""
        if text == self.text:
            return False
        self.texts = [*self.texts[: self.position + 1], text]
        self._forget_the_oldest()
        self.position = len(self.texts) - 1
        return True

    def _forget_the_oldest(self) -> None:
        length = sum(len(text or "") for text in self.texts)
        while len(self.texts) > FEWEST_STEPS + 1 and length > LONGEST_HISTORY:
            length -= len(self.texts.pop(0) or "")

    @property
    def can_undo(self) -> bool:
        """Whether there is a text before the present one."""
        return self.position > 0

    @property
    def can_redo(self) -> bool:
        """Whether a change was undone."""
        return self.position < len(self.texts) - 1

    def undo(self) -> bool:
        """Go back by one change; says whether there was one."""
        done = self.can_undo
        self.position -= done
        return done

    def redo(self) -> bool:
        """Make a change again that was undone; says whether there was one."""
        done = self.can_redo
        self.position += done
        return done
