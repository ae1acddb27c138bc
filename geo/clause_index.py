"""The full-text index over a plan's clauses: SQLite's FTS5, in memory, in all languages at once.

What is indexed are terms (:mod:`geo.search_text`), so SQLite sees neither endings nor the reader's
own characters; a run of Chinese is indexed character by character and asked for as a phrase.
"""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from geo.plan import Clause, Plan
from geo.search_text import fold, is_chinese, shipped_tokens, tokens
from geo.search_words import search_words

COLUMNS = {"title": 8.0, "keywords": 5.0, "text": 3.0, "readings": 1.0, "silent": 1.0}
"""The columns of the index, and how much a match in each weighs."""

BREAK = " . "
"""Between two texts: a term that nobody can ask for, so that no phrase runs across."""

Name = tuple[str, ...]
"""A title or keyword as the terms of its words, without common ones."""


@dataclass(frozen=True)
class Known:
    """A word that the clauses have: as it stands there, and the term it is found under."""

    shown: str
    term: str


class ClauseIndex:
    """One plan's clauses, ready to be searched from any thread."""

    def __init__(self, plan: Plan):
        words = search_words()
        self._tokens = tokens if plan.is_own else shipped_tokens
        self.ids = [clause.id for clause in plan.clauses]
        self.common = {
            token.term
            for shared in words.common.values()
            for token in shipped_tokens(" ".join(shared))
        }
        self.terms: set[str] = set()
        self.vocabulary: dict[str, Known] = {}
        self.names: dict[Name, set[str]] = {}
        self.spellings: dict[str, str] = {}
        self._chinese = "\n"
        self._lock = Lock()
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        tokenizer = "tokenize=\"unicode61 remove_diacritics 0 tokenchars '().:'\""
        columns = ", ".join(["id UNINDEXED", *COLUMNS, tokenizer])
        self._db.execute(f"CREATE VIRTUAL TABLE clauses USING fts5({columns})")
        for clause in plan.clauses:
            self._add(clause, words.of_clause(plan, clause.id))
        self._db.execute("PRAGMA query_only = ON")

    def _add(self, clause: Clause, keywords: list[str]) -> None:
        """Index one clause and learn its words, and the names that it goes by."""
        texts = {
            "title": list(clause.title.values()),
            "keywords": keywords,
            "text": list(clause.text.values()),
            "readings": [text for reading in clause.readings for text in reading.text.values()],
            "silent": [text for question in clause.silent for text in question.values()],
        }
        row = [BREAK.join(map(self._learn, texts[column])) for column in COLUMNS]
        marks = ", ".join("?" * (len(row) + 1))
        self._db.execute(f"INSERT INTO clauses VALUES ({marks})", [clause.id, *row])
        for name in [*texts["title"], *keywords]:
            self.names.setdefault(self.name(token.term for token in self._tokens(name)), set()).add(
                clause.id
            )
            self.spellings.setdefault(fold(name), clause.id)

    def _learn(self, text: str) -> str:
        """The terms of a text as they are indexed; its words join the vocabulary."""
        found = self._tokens(text)
        for token in found:
            if token.is_chinese:
                self._chinese += token.term + "\n"
                continue
            self.terms.add(token.term)
            if token.term not in self.common:
                known = Known(text[token.start : token.end], token.term)
                self.vocabulary.setdefault(token.word, known)
        return " ".join(_indexed(token.term) for token in found)

    def name(self, terms: Iterable[str]) -> Name:
        """The terms that tell one name from another."""
        every = tuple(terms)
        return tuple(term for term in every if term not in self.common) or every

    def has_chinese(self, run: str) -> bool:
        """Whether some clause has these Chinese characters in a row."""
        return run in self._chinese

    def scores(self, terms: Iterable[str]) -> dict[str, float]:
        """The clauses that have one of the terms, and how well they fit: less is better."""
        phrases = " OR ".join(f'"{_indexed(term)}"' for term in sorted(terms))
        if not phrases:
            return {}
        weights = ", ".join(str(weight) for weight in COLUMNS.values())
        query = f"SELECT id, bm25(clauses, 0, {weights}) FROM clauses WHERE clauses MATCH ?"
        with self._lock:
            return dict(self._db.execute(query, [phrases]).fetchall())


def _indexed(term: str) -> str:
    """A term as FTS5 gets it: a letter, digit or Chinese character is never an operator."""
    return " ".join(term) if is_chinese(term) else term


class _Same:
    """A plan compared by identity: plans never change, and cannot be hashed."""

    def __init__(self, plan: Plan):
        self.plan = plan

    def __hash__(self) -> int:
        return id(self.plan)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.plan is self.plan


@lru_cache(maxsize=24)
def _index(same: _Same) -> ClauseIndex:
    return ClauseIndex(same.plan)


_OWN: dict[int, ClauseIndex] = {}
"""By the identity of a reader's own plan, as long as there is that plan."""


def index_of(plan: Plan) -> ClauseIndex:
    """The index of a plan, built the first time it is asked for (in some 80 ms).

    That of a reader's own plan goes with the plan.
    """
    if not plan.is_own:
        return _index(_Same(plan))
    if (key := id(plan)) not in _OWN:
        weakref.finalize(plan, _OWN.pop, key, None)
        _OWN[key] = ClauseIndex(plan)
    return _OWN[key]
