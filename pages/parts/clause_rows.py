"""Clauses, sources and published figures as plain data for templates, in the language spoken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from geo.plan import Clause, Plan, Source, Text
from geo.published import Figure
from pages.parts import words
from pages.parts.speech import _, language, said, short_day


def clause_row(plan: Plan, clause: Clause) -> dict[str, Any]:
    """A clause with its sources resolved."""
    return {
        "id": clause.id,
        "title": said(clause.title),
        "text": said(clause.text),
        "sources": source_rows(plan.sources, clause.sources),
        "confidence": confidence_of(plan, clause),
        "doubted": clause.confidence != "verified" and not is_readers(plan, clause),
        "readings": [
            {"text": said(reading.text), "sources": source_rows(plan.sources, reading.sources)}
            for reading in clause.readings
        ],
        "silent": [said(text) for text in clause.silent],
    }


def is_readers(plan: Plan, clause: Clause) -> bool:
    """Whether a clause is the reader's own writing, which nothing confirms or doubts."""
    return plan.is_own and not clause.sources


def confidence_of(plan: Plan, clause: Clause) -> str:
    """How well sources confirm the wording of a clause, in words."""
    if is_readers(plan, clause):
        return _("Your own words")
    return _(words.CONFIDENCE[clause.confidence])


def source_rows(sources: Mapping[str, Source], keys: Iterable[str]) -> list[dict[str, Any]]:
    """The sources of those keys, the strongest class first, with what to know of each."""
    return [
        {
            "name": source.publisher.split(",")[0].split(" / ")[0],
            "url": source.url,
            "publisher": source.publisher,
            "about": ", ".join(_about(source)),
        }
        for source in sorted((sources[key] for key in keys), key=lambda s: s.grade)
    ]


def _about(source: Source) -> Iterator[str]:
    """Date, language where it is not the page's, and standing where it is no newsroom's own."""
    yield short_day(source.date) if source.date else _("undated")
    if source.language != language():
        # A reader's own plan may name any other.
        yield _(words.LANGUAGES.get(source.language, source.language))
    if source.standing:
        yield said(source.standing)
    elif source.grade == "B":
        yield _(words.REPOST)


def figure_row(figure: Figure) -> dict[str, Any]:
    """A published figure with what it counts and why it differs."""
    return {
        "rounded": said(figure.rounded),
        "publisher": figure.publisher,
        "as_of": figure.as_of,
        "url": figure.url,
        "counts": said(figure.counts),
        "differs": said(figure.differs),
    }


def distinct(texts: Iterable[Text | None]) -> list[str]:
    """The texts that there are, each once."""
    return list(dict.fromkeys(said(text) for text in texts if text))
