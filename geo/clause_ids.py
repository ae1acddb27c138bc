"""Clause numbers: their form and their order."""

from __future__ import annotations

import re

CLAUSE_ID = r"^[0-9]{1,2}(\([a-z]\))?$"
"""A numbered point (``21``) or a lettered part of one (``21(d)``)."""


def clause_order(clause_id: str) -> tuple[int, str]:
    """Sort key: 9 before 10, 10 before 10(c)."""
    number = re.match(r"\d+", clause_id)
    return (int(number.group()) if number else 0, clause_id)


def point_of(clause_id: str) -> str:
    """The numbered point that a lettered part belongs to: ``21`` for ``21(d)``, ``9`` for ``9``."""
    return clause_id.partition("(")[0]
