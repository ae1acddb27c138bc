"""Numbers, dates and fixed words as the reader sees them."""

from __future__ import annotations

from datetime import date
from typing import Any

from markupsafe import Markup

NOT_SAID = "The text does not say"

SURENESS = {
    "stated": "Stated in the text",
    "inferred": "Inferred",
    "disputed": "Disputed",
    "unverified": "Unverified",
}

CONFIDENCE = {
    "verified": "Found in two or more outlets that agree",
    "single": "Found in one outlet",
    "text-only": "Found only in re-posts or translations of the text",
    "unverified": "Wording not found",
}

REPOST = "re-post"
"""Said of a source of class B, unless it says better itself."""

LANGUAGES = {
    "bg": "Bulgarian",
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "id": "Indonesian",
    "it": "Italian",
    "lv": "Latvian",
    "ru": "Russian",
    "sr": "Serbian",
    "uk": "Ukrainian",
    "zh": "Chinese",
}
"""What a source is written in, said where it is not English."""

TREATED_AS = {"Russia": "Russian", "Ukraine": "Ukrainian", "open": "Left open"}
HOW = {"de_facto": "de facto", "de_jure": "de jure"}


def km2(area: float) -> str:
    """An area as precisely as the line allows: to the hundred from 1,000 km², else finer."""
    if area >= 1000:
        return f"{round(area, -2):,.0f} km²"
    if area >= 100:
        return f"{round(area, -1):,.0f} km²"
    return f"{area:,.0f} km²" if area >= 1 else "under 1 km²"


def share(part: float, whole: float) -> str:
    """A share in percent, finer where it is near nothing or everything."""
    percent = 100 * part / whole
    return f"{percent:.1f}%" if percent < 10 or 99 < percent < 100 else f"{percent:.0f}%"


def code(text: str) -> Markup:
    """Text as HTML, escaped; what stands between backticks is set as code."""
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if position % 2 else part
        for position, part in enumerate(parts)
    )


def day(text: str) -> str:
    """A date of the form 2025-11-21, 2025-11 or 2025 in words: 21 November 2025."""
    parts = [int(part) for part in text.split("-")]
    whole = date(*[*parts, 1, 1][:3])
    if len(parts) == 3:
        return f"{whole.day} {whole:%B %Y}"
    return f"{whole:%B %Y}" if len(parts) == 2 else str(whole.year)


def short_day(text: str) -> str:
    """The same, short: 21 Nov 2025."""
    long = day(text).split(" ")
    return " ".join([*long[:-2], long[-2][:3], long[-1]]) if len(long) > 1 else text


def part_name(territory: dict[str, Any], held_by: str, whole: bool) -> str:
    """A zone by name: "Donetsk Oblast, the part Ukraine holds", or the territory's name alone."""
    name = str(territory["name_en"])
    return name if whole else f"{name}, the part {held_by} holds"
