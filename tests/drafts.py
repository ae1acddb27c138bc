"""Small plans of a reader's own, to change and to spoil."""

from __future__ import annotations

from typing import Any

from geo.drafts.start import empty_draft
from geo.drafts.writing import write_yaml


def small(**changed: Any) -> dict[str, Any]:
    """A sound plan: clause 1 cedes the Ukrainian-held part of Donetsk oblast."""
    data = empty_draft("2025-11-21", "2026-11-26")
    data["clauses"][0]["reach"] = "land"
    data["terms"] = [term()]
    return {**data, **changed}


def term(**changed: Any) -> dict[str, Any]:
    return {
        "clause": "1",
        "land": [{"territory": "UA-14", "held_by": "Ukraine"}],
        "status": "ceded",
        "certainty": "stated",
        **changed,
    }


def clause(**changed: Any) -> dict[str, Any]:
    return {**small()["clauses"][0], **changed}


def text(**changed: Any) -> str:
    return write_yaml(small(**changed))
