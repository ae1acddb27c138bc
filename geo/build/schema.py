"""The plan format as a JSON Schema, from the same classes that read plans."""

from __future__ import annotations

import json
from typing import Any

from geo import paths
from geo.plan import Plan

ABOUT = (
    "The format of a plan of Terms of Territory. A plan that fits it can still have names that lead"
    " nowhere or terms that clash; python -m geo check tells of those too."
)


def schema() -> dict[str, Any]:
    """The plan format as a JSON Schema (draft 2020-12)."""
    made = Plan.model_json_schema(by_alias=True)
    made.pop("description", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": "Plan",
        "description": ABOUT,
    }


def build() -> None:
    """Write ``data/plan.schema.json``."""
    text = json.dumps(schema(), ensure_ascii=False, indent=1)
    paths.PLAN_SCHEMA.write_text(text + "\n", encoding="utf-8")
