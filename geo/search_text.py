"""Text as a search sees it: folded, cut into tokens, each with the term it is found under.

A term is what forms of one word share: the stem of ``elections``, ``буферною`` without its ending,
``600000`` for ``600,000`` and ``600 тис``. A run of Chinese is one term, found by its parts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import lru_cache

from snowballstemmer import stemmer  # type: ignore[import-untyped]

from geo.search_numbers import AMOUNT, CLAUSE, RATIO, number_term

CHINESE = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"(?![{CHINESE}])[^\W\d_]"
_WORD = rf"{_LETTER}(?:(?![{CHINESE}])[^\W_]|'(?={_LETTER}))*"
_TOKEN = re.compile(
    rf"(?P<clause>{CLAUSE})|(?P<ratio>{RATIO})|(?P<amount>{AMOUNT})"
    rf"|(?P<chinese>[{CHINESE}]+)|(?P<word>{_WORD})"
)
_CYRILLIC = re.compile("[а-яєії]")

_APOSTROPHES = frozenset("'’‘ʼ`´′")
_LETTERS = {"ґ": "г", "ё": "е", "э": "е", "ы": "и", "ъ": ""}
"""Letters that readers type for one another, among them those of a Russian keyboard."""

_ENDINGS = re.compile(
    r"(?<=\w{3})(?:(?:"
    r"істю|ість|ості|остей|остям|остями|остях|ого|ього|ому|ьому|ими|іми|их|іх|им|ім|ий|ій|ої|ьої"
    r"|ою|ьою|ая|яя|ую|юю|еє|оє|ой|ое|ие|ее"
    r"|ями|ами|іями|ям|ам|іям|ях|ах|іях|ові|еві|єві|ів|їв|ов|ев|ей|єй|ем|єм|ом|ею|єю|ією"
    r"|ії|ію|ія|ии|ию|ия|ти|ть|ає|яє|ають|яють|ує|ує|ують|юють|ить|їть|еть|ла|ло|ли"
    r"|[аеєиіїйоуюьяь])(?:ся|сь)?|ся|сь)$"
)
_DOUBLED = re.compile(r"([бвгджзклмнпрстфхцчшщ])\1$")


@dataclass(frozen=True)
class Token:
    """A word, number or run of Chinese: ``text[start:end]``, and the term it is found under.

    ``word`` is the folded word itself, which a reader may have typed the beginning of.
    """

    start: int
    end: int
    word: str
    term: str

    @property
    def is_chinese(self) -> bool:
        """Whether this is a run of Chinese characters."""
        return is_chinese(self.term)


def is_chinese(term: str) -> bool:
    """Whether a term is a run of Chinese characters, which matches inside longer runs too."""
    return re.match(f"[{CHINESE}]", term) is not None


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    """One character without case, accent and width; nothing if it is invisible."""
    if char in _APOSTROPHES:
        return "'"
    category = unicodedata.category(char)
    if category in ("Cf", "Mn", "Cs"):
        return ""
    if category[0] == "Z" or category == "Cc":
        return " "
    plain = unicodedata.normalize("NFKC", char).casefold()
    base = unicodedata.normalize("NFKD", plain)
    if base[:1].isascii():
        return "".join(c for c in base if unicodedata.category(c) != "Mn")
    return _LETTERS.get(plain, plain)


def fold(text: str) -> str:
    """The text as it is compared: case, accents, width and invisible characters are gone."""
    return "".join(map(_folded, text))


_TOKENS: dict[str, tuple[Token, ...]] = {}
_STEMS: dict[str, str] = {}
"""Of texts that ship with the dashboard; what a reader writes or asks is not kept here."""


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a text in order; their positions are those in the text as given."""
    return _TOKENS[text] if text in _TOKENS else _tokens(text)


def shipped_tokens(text: str) -> tuple[Token, ...]:
    """:func:`tokens` of a text that ships with the dashboard, kept from then on."""
    found = _TOKENS[text] = tokens(text)
    words = (token for token in found if token.word[:1].isalpha() and not token.is_chinese)
    _STEMS.update((token.word, token.term) for token in words)
    return found


def _tokens(text: str) -> tuple[Token, ...]:
    starts = [i for i, char in enumerate(text) for _ in _folded(char)] + [len(text)]
    return tuple(
        Token(
            starts[match.start()],
            max(starts[match.end() - 1] + 1, starts[match.end()]),
            *_word_and_term(str(match.lastgroup), match.group()),
        )
        for match in _TOKEN.finditer(fold(text))
    )


def _word_and_term(kind: str, text: str) -> tuple[str, str]:
    if kind == "chinese":
        return text, text
    if kind == "word":
        return _plain(text), stem(text)
    return (number_term(kind, text),) * 2


def _plain(word: str) -> str:
    """A word without the apostrophe inside it, or the English one at its end."""
    return word.removesuffix("'s").replace("'", "")


def stem(word: str) -> str:
    """What the forms of a folded word share.

    English by Snowball. Ukrainian by cutting the endings of nouns, adjectives and verbs, and one of
    a doubled consonant: амністія, амністією → амніст; визнання, визнань → визнан.
    """
    word = _plain(word)
    if word in _STEMS:
        return _STEMS[word]
    if not _CYRILLIC.match(word):
        return str(stemmer("english").stemWord(word))
    return _DOUBLED.sub(r"\1", _ENDINGS.sub("", word))


def marked(text: str, terms: Set[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the terms; joined they are the text."""
    chinese = [term for term in terms if is_chinese(term)]
    spans: list[tuple[int, int]] = []
    for token in tokens(text):
        if token.term in terms:
            spans.append((token.start, token.end))
        elif token.is_chinese:
            spans += _inside(text, token, chinese)
    return _cut(text, spans)


def _inside(text: str, token: Token, terms: Iterable[str]) -> list[tuple[int, int]]:
    """Where the Chinese terms stand inside a longer run."""
    run = text[token.start : token.end]
    if len(run) != len(token.term):  # invisible characters among it
        return [(token.start, token.end)] if any(term in token.term for term in terms) else []
    return [
        (token.start + found.start(), token.start + found.end())
        for term in terms
        for found in re.finditer(re.escape(term), token.term)
    ]


def _cut(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(spans):
        if start > at:
            pieces.append((text[at:start], False))
        if end > max(start, at):
            pieces.append((text[max(start, at) : end], True))
        at = max(at, end)
    return [*pieces, (text[at:], False)] if at < len(text) else pieces
