"""The plan that a reader is writing: its text, its last sound state, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from geo.answers import Overruled, overruled
from geo.drafts.history import History
from geo.drafts.reading import read_own, shaped
from geo.drafts.writing import plain
from geo.errors import Fault, PlanError
from geo.plan import Plan
from geo.territories import territory_codes


@dataclass(frozen=True)
class LeftInBrowser:
    """A text too long to be taken: its characters, and whether the browser could store it."""

    length: int
    stored: bool


@dataclass
class Draft:
    """A text with its history. ``plan`` is the last sound plan, ``faults`` are the text's own.

    ``data`` is what the text holds, for a form to edit; while a form ``cannot_edit`` the text, it
    is what the text held before. ``left``: what the reader wrote since, and is too long to be
    taken. ``sound`` is the last sound text; ``overruled``: which of its terms decide less
    than they name. ``changes`` counts them; ``revision`` those that the YAML editor did not make.
    """

    history: History = field(default_factory=History)
    plan: Plan | None = None
    data: dict[str, Any] | None = None
    cannot_edit: bool = False
    faults: tuple[Fault, ...] = ()
    left: LeftInBrowser | None = None
    changes: int = 0
    revision: int = 0
    sound: str | None = None
    overruled: tuple[Overruled, ...] = ()

    @property
    def text(self) -> str | None:
        """The present text, sound or not; ``None`` before a plan is begun."""
        return self.history.text

    @property
    def is_sound(self) -> bool:
        """Whether ``plan`` is what the reader wrote last."""
        return self.plan is not None and not self.faults and self.left is None

    def take(self, text: str | None, typed: bool = False) -> None:
        """Go on to ``text``; ``typed``: the editor, where it was written, shows it already."""
        if self.history.take(text) or self.left:
            self._read(typed)

    def leave(self, length: int, stored: bool, typed: bool = False) -> None:
        """The reader wrote a text of ``length`` characters, which is too long to be taken."""
        self.revision += not typed
        self.left, self.cannot_edit = LeftInBrowser(length, stored), True

    def begin_with(self, text: str, sound: str | None = None) -> None:
        """Take ``text`` as the first state there is: nothing can be undone before it.

        ``sound``: the last text before it that was sound, which then comes first.
        """
        self.history = History(text if sound is None else sound)
        self._read()
        self.take(text)

    @property
    def can_undo(self) -> bool:
        """Whether there is something to go back to."""
        return self.history.can_undo or (self.left is not None and self.text is not None)

    @property
    def can_redo(self) -> bool:
        """Whether a change was undone, and nothing written since."""
        return self.history.can_redo and self.left is None

    def undo(self) -> None:
        """Go back by one change; from a text too long to be taken, to the one before it."""
        if self.left or self.history.undo():
            self._read()

    def redo(self) -> None:
        """Make a change again that was undone."""
        if self.history.redo():
            self._read()

    def _read(self, typed: bool = False) -> None:
        self.changes += 1
        self.revision += not typed
        self.faults, self.cannot_edit, self.left = (), False, None
        if self.text is None:
            self.plan = self.data = None
            return
        try:
            self.plan = read_own(self.text)
        except PlanError as error:
            self.faults = error.faults
        else:
            self.sound = self.text
            self.overruled = tuple(overruled(self.plan, territory_codes()))
        found = plain(self.plan) if self.plan and not self.faults else shaped(self.text)
        self.data, self.cannot_edit = found or self.data, found is None
