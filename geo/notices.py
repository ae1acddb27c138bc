"""What is said to readers of data they bring or ask for: a text and the values put into it.

The English text is the key of the catalogues, so a page translates it first and then puts the
values in; :meth:`Notice.english` does so without a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Notice:
    """One sentence or more: ``text`` has places such as ``{day}`` for each of ``values``."""

    text: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)

    def english(self) -> str:
        """The sentence in English."""
        return self.text.format(**self.values)


def N_(text: str) -> str:  # noqa: N802  (gettext's own name for it)
    """Mark a text that is translated where it is shown."""
    return text
