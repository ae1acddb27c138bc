"""Dates as far as they are known: 2025-11-20, 2025-11 or 2025."""

from __future__ import annotations

import re
from datetime import date

DAY = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
WHOLE_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def first_day(text: str) -> date:
    """The first day that ``text`` may mean. Raises ValueError if there is no such day."""
    if not re.fullmatch(DAY, text):
        raise ValueError(f"{text!r} is not a date; write 2025-11-20, 2025-11 or 2025")
    try:
        return date.fromisoformat("-".join([*text.split("-"), "01", "01"][:3]))
    except ValueError:
        raise ValueError(f"there is no day {text}; check month and day") from None
