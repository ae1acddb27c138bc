"""What can be wrong with data, each as a sentence for the person who has to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from geo.characters import lookalike

MOST_KNOWN = 300
"""So many names at most are searched for one that may have been meant."""

NEAR = 0.6
"""Likeness (0 to 1) from which a name may have been meant."""

LONGEST_NAME = 80
"""Characters of a wrong name that are compared and shown; comparing takes long for long ones."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in one file: where it is and, in ``message``, how to mend it."""

    file: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{place}: {self.message}"


class DataError(Exception):
    """Data that cannot be used. ``faults`` holds every fault found, ``str()`` one sentence each."""

    def __init__(self, faults: Fault | Iterable[Fault]):
        self.faults = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class PlanError(DataError):
    """A plan that does not follow the plan format, or whose terms cannot all hold."""


class LineError(DataError):
    """A line of contact that does not divide the land cleanly."""


class OutlineError(DataError):
    """Outlines of territories that are not a clean cover of the country."""


class NotFoundError(DataError):
    """A plan, line or territory that this repository does not hold."""


def nearest(wrong: str, known: Iterable[str]) -> str | None:
    """The name of ``known`` that was probably meant, if one is near enough.

    Of very many names none is looked for: that would take too long.
    """
    known = sorted(set(known))
    if len(known) > MOST_KNOWN:
        return None
    wrong = wrong[:LONGEST_NAME]
    likeness: dict[str, float] = {}
    for name in known:
        alike = SequenceMatcher(None, wrong, name)
        if alike.real_quick_ratio() >= NEAR and alike.quick_ratio() >= NEAR:  # no less than ratio()
            likeness[name] = alike.ratio()
    near = max(likeness, key=likeness.__getitem__, default="")
    return near if near and likeness[near] >= NEAR else None


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """The end of a sentence: ``"; did you mean X?"`` for the nearest of ``known``, else ``"."``."""
    near = nearest(wrong, known)
    return (f"; did you mean {near}?" if near else ".") + lookalike(wrong)
