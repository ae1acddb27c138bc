"""Which words of one text are not in another: what two plans' clauses say differently."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

Marked = tuple[tuple[str, bool], ...]
"""A text in order as ``(text, changed)``; together they are the whole text."""

LEAST_LIKE = 0.3
"""Likeness (0 to 1) under which two texts are different ones, and marking words tells nothing."""

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_HAN}]|[^\W{_HAN}]+(?:['’ʼ.,-][^\W{_HAN}]+)*|\s+|[^\w\s]")
"""A Chinese character, a word or number, white space, or any other sign."""


@dataclass(frozen=True)
class Changes:
    """Two texts, with what is in one only marked; ``likeness`` is 1 for the same words."""

    left: Marked
    right: Marked
    likeness: float

    @property
    def comparable(self) -> bool:
        """Whether the texts are alike enough for the marks to tell something."""
        return self.likeness >= LEAST_LIKE


def likeness(left: str, right: str) -> float:
    """How many words two texts have in common, in whatever order: 0 none, 1 all."""
    one, two = (Counter(w.casefold() for w in words_of(t) if w[0].isalnum()) for t in (left, right))
    both = one.total() + two.total()
    return 2 * (one & two).total() / both if both else 1.0


def effort(left: str, right: str) -> int:
    """How much work it is to mark two texts: pairs of words."""
    return len(words_of(left)) * len(words_of(right))


def words_of(text: str) -> list[str]:
    """A text in words, numbers, Chinese characters, signs and spaces; joined they are the text."""
    return _WORD.findall(text)


def word_changes(left: str, right: str) -> Changes:
    """The words of ``left`` that ``right`` does not have there, and the other way round.

    Capital letters make no difference. Words are compared in their order, so a word that moved is
    marked in both texts; a lone word that both have amid others is marked with them.
    """
    words = words_of(left), words_of(right)
    before, after = ([word.casefold() for word in side] for side in words)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    marks = [True] * len(words[0]), [True] * len(words[1])
    for first, second, size in matcher.get_matching_blocks():
        if _is_lone(words[0], words[1], first, second, size):
            continue
        marks[0][first : first + size] = [False] * size
        marks[1][second : second + size] = [False] * size
    return Changes(_runs(words[0], marks[0]), _runs(words[1], marks[1]), matcher.ratio())


def _is_lone(left: list[str], right: list[str], first: int, second: int, size: int) -> bool:
    """Whether words in common are one word at most, with other words on all sides of it."""
    told = [word for word in left[first : first + size] if word[0].isalnum()]
    inside = min(first, second) > 0 and first + size < len(left) and second + size < len(right)
    return inside and len(told) <= 1 and not any(word.isnumeric() for word in told)


def _runs(words: list[str], marks: list[bool]) -> Marked:
    """Words that are marked alike, joined; a space between two marked words is marked too."""
    runs: list[tuple[str, bool]] = []
    for position, (word, marked) in enumerate(zip(words, marks, strict=True)):
        on = marked
        if word.isspace():
            around = marks[max(position - 1, 0) : position + 2]
            on = all((around[0], around[-1])) and 0 < position < len(words) - 1
        if runs and runs[-1][1] == on:
            runs[-1] = (runs[-1][0] + word, on)
        else:
            runs.append((word, on))
    return tuple(runs)
