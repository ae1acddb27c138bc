"""Texts that must stand in all three languages of the dashboard."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import AfterValidator

from geo.plan import Language, Text


def _in_all_languages(text: Text) -> Text:
    languages: tuple[Language, ...] = get_args(Language)
    if missing := [language for language in languages if not text.get(language, "").strip()]:
        raise ValueError(f"the text is missing in {', '.join(missing)}; add it")
    return text


ThreeLanguages = Annotated[Text, AfterValidator(_in_all_languages)]
"""A text in English, Ukrainian and Chinese."""
