"""Characters that a text must not hold, and letters that only look like others."""

from __future__ import annotations

import unicodedata

_HIDDEN = frozenset(
    [
        *("\u061c", "\u200e", "\u200f", "\ufeff", "\u2028", "\u2029"),
        *(chr(code) for code in range(0x202A, 0x202F)),
        *(chr(code) for code in range(0x2060, 0x2070)),
    ]
)
"""Marks that turn the direction of writing, or are not seen."""


def is_plain(character: str) -> bool:
    """Whether a character may stand in a text: no control, no mark that turns or hides words."""
    if character in "\n\t":
        return True
    return character not in _HIDDEN and unicodedata.category(character) not in ("Cc", "Cs", "Cn")


def described(character: str) -> str:
    """A character by its number and name: "U+0410 CYRILLIC CAPITAL LETTER A"."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".strip()


def only_plain(text: str) -> str:
    """``text`` itself. Raises ValueError, which names the first character that is not plain."""
    for position, character in enumerate(text, start=1):
        if not is_plain(character):
            raise ValueError(
                f"character {position} is {described(character)}, which cannot be seen or turns"
                " the words around; remove it"
            )
    return text


def lookalike(text: str) -> str:
    """A remark on the first letter of a name that is not a Latin one; empty if all are."""
    for character in text[:80]:
        if ord(character) > 126 and is_plain(character):
            return f" “{character}” in it is {described(character)}, not a Latin letter or digit."
    return ""
