"""The language a page speaks: its texts, and numbers and dates as that language writes them.

Each run of the script says first which language it speaks (:func:`speak`); runs of other readers
are in other threads and do not hear it. English texts are the keys of the gettext catalogues
under ``data/locale``.
"""

from __future__ import annotations

import gettext as catalogues
import re
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import date
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from geo import paths
from geo.plan import Language

LANGUAGES: dict[Language, str] = {"en": "English", "uk": "Українська", "zh": "中文"}
"""The languages, each by its own name."""

LOCALES: dict[Language, Locale] = {
    "en": Locale("en", "GB"),
    "uk": Locale("uk", "UA"),
    "zh": Locale.parse("zh_Hans_CN"),
}

_spoken: ContextVar[Language] = ContextVar("spoken", default="en")


def speak(language: Language) -> None:
    """From now on this run of the script speaks ``language``."""
    _spoken.set(language)


def language() -> Language:
    """The language that this run of the script speaks."""
    return _spoken.get()


def language_for(locale: str | None) -> Language:
    """The language of ours for a browser's locale such as ``uk-UA``; English if there is none."""
    asked = (locale or "").lower().replace("_", "-").split("-")[0]
    return next((known for known in LANGUAGES if known == asked), "en")


@cache
def _catalogue(spoken: Language) -> catalogues.NullTranslations:
    if spoken == "en":
        return catalogues.NullTranslations()
    return catalogues.translation("dashboard", paths.LOCALE, languages=[spoken])


def gettext(text: str) -> str:
    """An interface text in the language spoken."""
    return _catalogue(language()).gettext(text)


def ngettext(one: str, many: str, number: float) -> str:
    """The same, where its words depend on a number."""
    return _catalogue(language()).ngettext(one, many, int(number))


_ = gettext


def N_(text: str) -> str:  # noqa: N802  (gettext's own name for it)
    """Mark a text that is translated where it is shown."""
    return text


def said(text: Mapping[Language, str]) -> str:
    """A data file's text in the language spoken, in English where it has no other."""
    return text.get(language()) or text["en"]


def named(facts: Mapping[str, Any], what: str = "name") -> str:
    """The name in ``facts`` (``name_en``, ``name_uk``, ``name_zh``) in the language spoken."""
    return str(facts.get(f"{what}_{language()}") or facts[f"{what}_en"])


_ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"


def in_order(name: str) -> list[int]:
    """A key to sort names by, which puts Ukrainian letters in the order of their alphabet."""
    letters = name.lower()
    return [ord("а") + _ALPHABET.index(c) if c in _ALPHABET else ord(c) for c in letters]


def number(value: float, decimals: int = 0) -> str:
    """A number with as many decimals."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, pattern, LOCALES[language()])


def percent(value: float, decimals: int = 0) -> str:
    """A percentage, ``value`` of a hundred."""
    pattern = LOCALES[language()].percent_formats[None].pattern
    if decimals:
        pattern = pattern.replace("#,##0", "#,##0." + "0" * decimals)
    return format_percent(value / 100, pattern, LOCALES[language()])


def day(text: str) -> str:
    """A date of the form 2025-11-21, 2025-11 or 2025 in words."""
    return _written(text, "long")


def short_day(text: str) -> str:
    """The same, short."""
    return _written(text, "medium")


def _written(text: str, length: str) -> str:
    parts = [int(part) for part in text.split("-")]
    whole, locale = date(*[*parts, 1, 1][:3]), LOCALES[language()]
    if len(parts) == 3:
        written = format_date(whole, length, locale)
    elif len(parts) == 2:
        written = format_skeleton("yMMMM" if length == "long" else "yMMM", whole, locale=locale)
    else:
        written = format_skeleton("y", whole, locale=locale)
    return re.sub(r"\s*р\.$", "", written)  # "year", which reads as well without
