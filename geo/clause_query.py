"""What a reader typed, understood as words that a plan's clauses have; typing errors forgiven."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from geo.clause_ids import point_of
from geo.clause_index import ClauseIndex
from geo.clause_refs import with_references
from geo.search_text import Token, fold, tokens

LONGEST = 200
"""Characters that are read of a query; the rest is left out."""

SHORTEST_BEGINNING = {"letters": 2, "digits": 3}
"""How much of a word or number must be typed for it to stand for what begins with it."""

ERRORS = ((4, 1), (7, 2), (11, 3))
"""From how many letters how many typing errors are forgiven."""


@dataclass(frozen=True)
class Asked:
    """One word of a query. ``exact``: the term it is; ``begun``: terms of words it begins.

    ``used`` is the word searched for in place of ``typed``, where nothing has that.
    """

    typed: str
    exact: str | None = None
    begun: frozenset[str] = frozenset()
    used: str | None = None

    @property
    def terms(self) -> frozenset[str]:
        """Every term that is searched for."""
        return self.begun | ({self.exact} if self.exact else frozenset())


def readable(query: str) -> str:
    """A query without control characters, marks of direction and the like; at most 200 long."""
    return fold(unicodedata.normalize("NFKC", query[:LONGEST]))[:LONGEST].strip()


def asked(query: str, index: ClauseIndex) -> list[Asked]:
    """The words of a readable query, each once; common ones only if there are no others."""
    found = tokens(with_references(query, set(index.ids)))
    telling = [token for token in found if token.term not in index.common] or found
    return list(dict.fromkeys(word for token in telling for word in _understood(token, index)))


def _understood(token: Token, index: ClauseIndex) -> Iterator[Asked]:
    if token.is_chinese:
        yield from _chinese(token.term, index)
    elif token.term[0].isdigit():
        yield _number(token, index)
    else:
        yield _word(token, index)


def _chinese(run: str, index: ClauseIndex) -> Iterator[Asked]:
    """A run of Chinese cut into the longest pieces that clauses have, of two characters or more.

    What is left between them is unknown; common pieces are dropped where there are others.
    """
    shortest = min(2, len(run))
    pieces = [piece for piece in _pieces(run, index) if piece not in index.common] or [run]
    for piece in pieces:
        known = len(piece) >= shortest and index.has_chinese(piece)
        yield Asked(piece, piece if known else None)


def _pieces(run: str, index: ClauseIndex) -> Iterator[str]:
    """A run cut into pieces that clauses have, or that are common, and the characters between."""
    shortest = min(2, len(run))
    left = at = 0
    while at < len(run):
        ends = range(len(run), at, -1)
        known = (
            end
            for end in ends
            if run[at:end] in index.common
            or (end - at >= shortest and index.has_chinese(run[at:end]))
        )
        end = next(known, at)
        if end > at:
            yield from [run[left:at]] if at > left else []
            yield run[at:end]
            left = at = end
        else:
            at += 1
    yield from [run[left:]] if left < len(run) else []


def _number(token: Token, index: ClauseIndex) -> Asked:
    term = token.term
    begun = _begun(term, index, SHORTEST_BEGINNING["digits"])
    if term in index.ids or term in index.vocabulary or begun:
        return Asked(token.word, term, begun)
    if term != point_of(term) and point_of(term) in index.ids:
        return Asked(token.word, point_of(term), used=point_of(term))
    return Asked(token.word)


def _word(token: Token, index: ClauseIndex) -> Asked:
    """A word as it is, or the word that was probably meant."""
    begun = _begun(token.word, index, SHORTEST_BEGINNING["letters"])
    if token.term in index.terms:
        return Asked(token.word, token.term, begun)
    if begun:
        return Asked(token.word, begun=begun)
    if meant := _meant(token.word, index):
        known = index.vocabulary[meant]
        return Asked(token.word, known.term, used=known.shown)
    return Asked(token.word)


def _begun(word: str, index: ClauseIndex, shortest: int) -> frozenset[str]:
    if len(word) < shortest:
        return frozenset()
    return frozenset(
        known.term for full, known in index.vocabulary.items() if full.startswith(word)
    )


def _meant(word: str, index: ClauseIndex) -> str | None:
    """The word of the clauses that is nearest to this one, if it is near enough."""
    allowed = max((errors for length, errors in ERRORS if len(word) >= length), default=0)
    if not allowed:
        return None
    near = process.extract(
        word, index.vocabulary.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=None
    )
    best = min(near, key=lambda one: (one[1], one[0][0] != word[0], one[2]), default=None)
    return str(best[0]) if best else None
