"""What is said to readers of data they bring or ask for: a text and the values put into it.

The English text is the key of the catalogues, so a page translates it first and then puts the
values in; :meth:`Notice.english` does so without a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:  # noqa: N802  (gettext's own name for it)
    """Mark a text that is translated where it is shown."""
    return text


def english_number(value: float) -> str:
    """A number as English writes it, with one decimal if it has any."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


@dataclass(frozen=True)
class Notice:
    """One sentence or more: ``text`` has places such as ``{day}`` for each of ``values``."""

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def said(
        self,
        language: str,
        translate: Callable[[str], str],
        number: Callable[[float], str] = english_number,
    ) -> str:
        """The sentence in a language: ``translate`` gives the text, ``number`` writes numbers."""

        def written(value: Value) -> str:
            if isinstance(value, str):
                return value
            if isinstance(value, Notice):
                return value.said(language, translate, number)
            if isinstance(value, Mapping):
                return value.get(language) or value["en"]
            return number(value)

        values = {name: written(value) for name, value in self.values.items()}
        return translate(self.text).format(**values)

    def english(self) -> str:
        """The sentence in English."""
        return self.said("en", lambda text: text)


Value = str | int | float | Mapping[str, str] | Notice
"""What may stand in a sentence: a mapping holds one text by language, such as a town's name."""


def say(text: str, **values: Value) -> Notice:
    """The sentence ``text`` with these values."""
    return Notice(text, values)
