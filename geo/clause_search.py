"""Find clauses of a plan by words and numbers, in any of its languages; mark what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz, process

from geo.clause_ids import point_of
from geo.clause_index import ClauseIndex, index_of
from geo.clause_query import Asked, asked, readable
from geo.plan import Clause, Language, Plan, Text
from geo.search_text import is_chinese, marked, tokens

Where = Literal["title", "text", "readings", "silent", "elsewhere"]

NUMBER, PART_OF_NUMBER, NAME, WHOLE_WORD, BEGINNING = range(5)
"""How well a word fits a clause, best first."""

ALIKE, ALIKE_IN_CHINESE = 60, 40
"""Likeness (0 to 100) from which a name is near a query. Chinese says in two characters what other
languages say in ten, so one that is the same already means something."""


@dataclass(frozen=True)
class Hit:
    """A clause that was found. ``where``: the first part of it, as shown, that has a match;
    ``elsewhere`` if only its number, its other languages or its other names have one.
    """

    clause: str
    marks: frozenset[str] = frozenset()
    where: Where = "elsewhere"


@dataclass(frozen=True)
class Found:
    """What a search found, best first. ``words``: what was searched for; ``corrected``: typed word
    and the one used instead; ``unknown``: words that no clause has and that were left out.

    ``hidden``: how many more clauses filters keep back. ``nearest``: up to three clauses with a
    name like the query, if nothing was found. ``marks`` are the terms that :func:`mark` marks.
    """

    hits: tuple[Hit, ...]
    words: tuple[str, ...] = ()
    corrected: dict[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    hidden: int = 0
    marks: frozenset[str] = frozenset()


def search(  # noqa: PLR0913
    plan: Plan,
    query: str,
    language: Language = "en",
    *,
    topics: Collection[str] = (),
    reaches: Collection[str] = (),
    confidences: Collection[str] = (),
) -> Found:
    """The clauses that have all words of ``query``, or if none has, those that have most of them.

    An empty query finds every clause, in the plan's order. ``language`` is the one that clauses are
    shown in; it bears on ``where`` only. Each filter lets through any of its values, or all if it
    has none. Any text is safe; what is beyond 200 characters is not read.
    """
    text = readable(query)
    index = index_of(plan)
    words = asked(text, index) if text else []
    ranked = _ranked(words, index) if text else index.ids
    shown = [
        clause
        for clause in map(plan.clause, ranked)
        if _lets_through(topics, clause.topic)
        and _lets_through(reaches, clause.reach)
        and _lets_through(confidences, clause.confidence)
    ]
    marks = frozenset(term for word in words for term in word.terms)
    return Found(
        hits=tuple(Hit(clause.id, marks, _where(clause, language, marks)) for clause in shown),
        words=tuple(dict.fromkeys(word.used or word.typed for word in words)),
        corrected={word.typed: word.used for word in words if word.used},
        unknown=tuple(dict.fromkeys(word.typed for word in words if not word.terms)),
        nearest=() if ranked else _nearest(text, index),
        hidden=len(ranked) - len(shown),
        marks=marks,
    )


def mark(text: str, found: Found | Hit | Iterable[str]) -> list[tuple[str, bool]]:
    """``text`` in pieces, each with whether it is to be marked; joined they are ``text`` again.

    What is marked is what a search found, or every form of the given words.
    """
    if isinstance(found, Found | Hit):
        return marked(text, found.marks)
    words = [found] if isinstance(found, str) else found
    return marked(text, {token.term for word in words for token in tokens(word)})


def _lets_through(allowed: Collection[str], value: str) -> bool:
    return not allowed or value in allowed


def _ranked(words: list[Asked], index: ClauseIndex) -> list[str]:
    """The clauses that have the most words: those that go by just that name, then the best fit."""
    have: Counter[str] = Counter()
    rank: Counter[str] = Counter()
    score: dict[str, float] = dict.fromkeys(index.ids, 0.0)
    for word in words:
        for clause, (fit, points) in _fits(word, index).items():
            have[clause] += 1
            rank[clause] += fit
            score[clause] += points
    most = max(have.values(), default=0)
    named = index.names.get(index.name(word.exact for word in words if word.exact), set())
    best = [clause for clause in index.ids if most and have[clause] == most]
    return sorted(best, key=lambda clause: (clause not in named, rank[clause], score[clause]))


def _fits(word: Asked, index: ClauseIndex) -> dict[str, tuple[int, float]]:
    """The clauses that a word finds, each with how it fits and FTS5's score (less is better)."""
    fits = {clause: (BEGINNING, points) for clause, points in index.scores(word.begun).items()}
    if word.exact is None:
        return fits
    named = index.names.get((word.exact,), set())
    for clause, points in index.scores([word.exact]).items():
        fits[clause] = (NAME if clause in named else WHOLE_WORD, points)
    for clause in index.ids:
        if clause == word.exact:
            fits[clause] = (NUMBER, 0.0)
        elif point_of(clause) == word.exact:
            fits[clause] = (PART_OF_NUMBER, 0.0)
    return fits


def _where(clause: Clause, language: Language, marks: frozenset[str]) -> Where:
    parts: dict[Where, list[Text]] = {
        "title": [clause.title],
        "text": [clause.text],
        "readings": [reading.text for reading in clause.readings],
        "silent": list(clause.silent),
    }
    for part, texts in parts.items():
        for text in texts:
            if any(hit for _, hit in marked(text.get(language, text["en"]), marks)):
                return part
    return "elsewhere"


def _nearest(query: str, index: ClauseIndex) -> tuple[str, ...]:
    """Up to three clauses with a title or another name like the query."""
    alike = ALIKE_IN_CHINESE if any(map(is_chinese, query)) else ALIKE
    near = process.extract(
        query, index.spellings.keys(), scorer=fuzz.ratio, score_cutoff=alike, limit=12
    )
    return tuple(dict.fromkeys(index.spellings[name] for name, _, _ in near))[:3]
