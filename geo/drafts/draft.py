"""The plan that a reader is writing: its text, its last sound state, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from geo.drafts.history import History
from geo.drafts.reading import read_own, shaped
from geo.drafts.writing import plain
from geo.errors import Fault, PlanError
from geo.plan import Plan


@dataclass
class Draft:
    """A text with its history. ``plan`` is the last sound plan, ``faults`` are the text's own.

    ``data`` is what the text holds, for a form to edit; while a form ``cannot_edit`` the text, it
    is what the text held before.
    ``revision`` grows with every change that the YAML editor did not make.
    """

    history: History = field(default_factory=History)
    plan: Plan | None = None
    data: dict[str, Any] | None = None
    cannot_edit: bool = False
    faults: tuple[Fault, ...] = ()
    revision: int = 0

    @property
    def text(self) -> str | None:
        """The present text, sound or not; ``None`` before a plan is begun."""
        return self.history.text

    def take(self, text: str | None, typed: bool = False) -> None:
        """Go on to ``text``; ``typed``: the editor, where it was written, shows it already."""
        if self.history.take(text):
            self._read(typed)

    def begin_with(self, text: str) -> None:
        """Take ``text`` as the first state there is: nothing can be undone before it."""
        self.history = History([text])
        self._read()

    def undo(self) -> None:
        """Go back by one change."""
        if self.history.undo():
            self._read()

    def redo(self) -> None:
        """Make a change again that was undone."""
        if self.history.redo():
            self._read()

    def _read(self, typed: bool = False) -> None:
        self.revision += not typed
        self.faults, self.cannot_edit = (), False
        if self.text is None:
            self.plan = self.data = None
            return
        try:
            self.plan = read_own(self.text)
        except PlanError as error:
            self.faults = error.faults
        found = plain(self.plan) if self.plan and not self.faults else shaped(self.text)
        self.data, self.cannot_edit = found or self.data, found is None
