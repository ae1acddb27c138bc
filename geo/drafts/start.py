"""How a reader's own plan begins: from another plan, from a file, or empty."""

from __future__ import annotations

from typing import Any

from geo.drafts.limits import LARGEST_UNPACKED
from geo.drafts.writing import plain, write_yaml
from geo.errors import PlanError
from geo.plan import OWN_PLAN, Language, Plan, parse_plan

Data = dict[str, Any]

COMMENT = "# A reader's own plan, made with Terms of Territory. Nobody's proposal.\n"
"""What a file of a reader's plan says of itself."""

_EDITED: dict[Language, str] = {
    "en": "{title} (edited)",
    "uk": "{title} (змінено)",
    "zh": "{title}（已修改）",
}
_AUTHORS: dict[Language, str] = {
    "en": "A reader of Terms of Territory.",
    "uk": "Читач «Terms of Territory».",
    "zh": "Terms of Territory 的一位读者。",
}
_NOTE: dict[Language, str] = {
    "en": "A reader’s own plan: nobody’s proposal.",
    "uk": "Власний план читача: цього ніхто не пропонував.",
    "zh": "读者自己的方案：没有任何一方提出过。",
}
_BEGUN: dict[Language, str] = {
    "en": "Written by a reader, who began with: {title}.",
    "uk": "Написав читач, узявши за основу: {title}.",
    "zh": "由读者编写，以此为基础：{title}。",
}
_TITLE: dict[Language, str] = {"en": "My own plan", "uk": "Мій власний план", "zh": "我自己的方案"}

_NOT_TAKEN_OVER = ("headline", "headline_zone", "summary", "superseded_by", "sides", "publication")
"""What is said of the plan as it was, and may not be so of one that is edited."""


def draft_of(plan: Plan) -> Data:
    """An own plan that begins as a copy of ``plan``."""
    data = plain(plan)
    for key in _NOT_TAKEN_OVER:
        data.pop(key, None)
    origin = plan.based_on if plan.kind == "own" else plan.id
    about = {
        "id": OWN_PLAN,
        "title": _filled(_EDITED, plan.title),
        "short_title": _filled(_EDITED, plan.short_title),
        "date": plan.date,
        "kind": "own",
        "authors": _AUTHORS.copy(),
        **({"based_on": origin} if origin else {}),
        "status_note": _NOTE.copy(),
        "provenance": _filled(_BEGUN, plan.title),
        "line": plan.line,
    }
    return {"schema": 1, **about, **{key: data[key] for key in data if key not in about}}


def empty_draft(line: str, day: str) -> Data:
    """An own plan with one clause that does nothing yet; ``day`` (2026-11-26) is its date."""
    return {
        "schema": 1,
        "id": OWN_PLAN,
        "title": _TITLE.copy(),
        "short_title": _TITLE.copy(),
        "date": day,
        "kind": "own",
        "authors": _AUTHORS.copy(),
        "status_note": _NOTE.copy(),
        "provenance": _AUTHORS.copy(),
        "line": line,
        "clauses": [
            {
                "id": "1",
                "title": {"en": "My first clause", "uk": "Мій перший пункт", "zh": "我的第一条"},
                "text": {
                    "en": "Write here what it says.",
                    "uk": "Напишіть тут, про що він.",
                    "zh": "在此写下其内容。",
                },
                "topic": "territory",
                "reach": "none",
                "confidence": "unverified",
            }
        ],
        "terms": [],
    }


def as_own(text: str) -> str:
    """A reader's file as their own plan: a sound plan by others becomes a copy of it.

    Other text stays as it is, with its faults.
    """
    try:
        plan = parse_plan(text, "file") if len(text) <= LARGEST_UNPACKED else None
    except PlanError:
        return text
    return text if plan is None or plan.is_own else write_yaml(draft_of(plan))


def _filled(form: dict[Language, str], title: dict[Language, str]) -> dict[Language, str]:
    return {spoken: form[spoken].format_map({"title": text}) for spoken, text in title.items()}
