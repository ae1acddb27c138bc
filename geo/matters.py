"""What plans say on questions besides land: army, NATO, guarantees, assets and so on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from geo.plan import Matter

if TYPE_CHECKING:
    from geo.plan import Clause, Plan

MATTERS: tuple[Matter, ...] = get_args(Matter)
"""The questions in the order in which they are asked."""

SHORT = 170
"""Characters of a clause that are shown whole."""

_END = re.compile(r"(?<=[.!?])\s+(?=[^\Wa-zа-щьюяґєії\d_])|(?<=[。！？])")


def clauses_on(plan: Plan, matter: Matter) -> tuple[Clause, ...]:
    """The clauses that answer a question, in the plan's order; none if nothing was found."""
    return tuple(clause for clause in plan.clauses if matter in clause.matters)


def opening(text: str) -> str:
    """A text whole if it is short, else its first sentence and an ellipsis.

    >>> opening("Ukraine's army is capped at 600,000.")
    "Ukraine's army is capped at 600,000."
    """
    if len(text) <= SHORT:
        return text
    first = _END.split(text, maxsplit=1)[0]
    return text if first == text else f"{first.rstrip()}\u00a0…"
