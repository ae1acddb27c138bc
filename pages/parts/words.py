"""Areas, shares and fixed words as the reader sees them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from geo.line import OWN_LINE
from geo.statuses import LOOKS
from pages.parts.speech import N_, _, day, named, number, percent, short_day

NOT_SAID = N_("The text does not say")

SURENESS = {
    "stated": N_("Stated in the text"),
    "inferred": N_("Inferred"),
    "disputed": N_("Disputed"),
    "unverified": N_("Unverified"),
}

CONFIDENCE = {
    "verified": N_("Found in two or more outlets that agree"),
    "single": N_("Found in one outlet"),
    "text-only": N_("Found only in re-posts or translations of the text"),
    "unverified": N_("Wording not found"),
}

CONFIDENCE_SHORT = {
    "verified": N_("Two outlets or more"),
    "single": N_("One outlet"),
    "text-only": N_("Re-posts only"),
    "unverified": N_("Not found"),
}

REACH = {
    "land": N_("Touches land"),
    "country": N_("Applies to the whole of Ukraine"),
    "none": N_("Names no territory"),
}

ACTORS = {
    "US": N_("United States"),
    "Ukraine": N_("Ukraine"),
    "Russia": N_("Russia"),
    "Europe": N_("Europe"),
    "other": N_("Others"),
}

EVENT_KINDS = {
    "meeting": N_("Meeting"),
    "talks": N_("Talks"),
    "document": N_("Document"),
    "statement": N_("Statement"),
    "report": N_("Report"),
    "decision": N_("Decision"),
    "deadline": N_("Deadline"),
}

TOPICS = {
    "sovereignty": N_("Sovereignty"),
    "security": N_("Security"),
    "military": N_("Military"),
    "economy": N_("Economy"),
    "sanctions": N_("Sanctions"),
    "assets": N_("Assets"),
    "nuclear": N_("Nuclear arms"),
    "energy": N_("Energy"),
    "territory": N_("Territory"),
    "implementation": N_("Implementation"),
    "political": N_("Politics"),
    "humanitarian": N_("Humanitarian"),
    "justice": N_("Justice"),
}

REPOST = N_("re-post")
"""Said of a source of class B, unless it says better itself."""

LANGUAGES = {
    "ar": N_("in Arabic"),
    "bg": N_("in Bulgarian"),
    "bs": N_("in Bosnian"),
    "de": N_("in German"),
    "en": N_("in English"),
    "es": N_("in Spanish"),
    "fr": N_("in French"),
    "id": N_("in Indonesian"),
    "it": N_("in Italian"),
    "lv": N_("in Latvian"),
    "ro": N_("in Romanian"),
    "ru": N_("in Russian"),
    "sr": N_("in Serbian"),
    "uk": N_("in Ukrainian"),
    "zh": N_("in Chinese"),
}
"""What a source is written in, said where that is not the page's own language."""

SIDES = {"Russia": N_("Russia"), "Ukraine": N_("Ukraine")}
TREATED_AS = {
    "Russia": N_("Russian"),
    "Ukraine": N_("Ukrainian"),
    "open": N_("Left open"),
}
HOW = {"de_facto": N_("de facto"), "de_jure": N_("de jure")}


NAMED_ONLY = N_("No status given")
"""Of land that clauses reach without saying what becomes of it."""

BOUNDARIES = {
    "line_of_contact": N_("As far as the line of contact"),
    "line_2022_02_23": N_(
        "As far as the line of 23 February 2022; no such line is drawn here, shown is the ground"
        " held on the map’s own line"
    ),
    "administrative": N_("As far as the oblast’s administrative border"),
    "recognised": N_("As far as Ukraine’s internationally recognised border"),
}

REGIMES = {
    "demilitarized": N_("A demilitarized zone"),
    "economic_zone": N_("A free or special economic zone"),
}

KINDS = {
    "draft": N_("Draft"),
    "offer": N_("Offer"),
    "speech": N_("Terms set in a speech"),
    "communique": N_("Communiqué"),
    "framework": N_("Framework"),
    "own": N_("A reader’s own plan"),
}

PUBLICATIONS = {
    "official": N_("Published or read out by its authors"),
    "leaked": N_("Obtained and published by newsrooms, not by its authors"),
    "reported": N_("Never published; known from reports about it"),
}


def status_name(row: Mapping[str, Any]) -> str:
    """A zone's status in words; land that is only named has none, or one nobody has verified."""
    if row["status"] != "unaffected" or not row["clauses"]:
        return _(LOOKS[row["status"]].label)
    return _(SURENESS["unverified"] if row["certainty"] == "unverified" else NAMED_ONLY)


def km2(area: float) -> str:
    """An area as precisely as the line allows: to the hundred from 1,000 km², else finer."""
    if area < 1:
        return _("under {area} km²").format(area=number(1))
    digits = -2 if area >= 1000 else -1 if area >= 100 else 0
    return _("{area} km²").format(area=number(round(area, digits)))


def km(distance: float) -> str:
    """Kilometres without the unit, with a decimal where there is one."""
    return number(distance, 0 if float(distance).is_integer() else 1)


def share(part: float, whole: float) -> str:
    """A share in percent, finer where it is near nothing or everything."""
    value = 100 * part / whole
    return percent(value, 1 if value < 10 or 99 < value < 100 else 0)


def code(text: str) -> Markup:
    """Text as HTML, escaped; what stands between backticks is set as code."""
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if position % 2 else part
        for position, part in enumerate(parts)
    )


def part_name(territory: dict[str, Any], held_by: str, whole: bool) -> str:
    """A zone by name: "Donetsk Oblast, the part Ukraine holds", or the territory's name alone."""
    name = named(territory)
    if whole:
        return name
    if held_by == "Russia":
        return _("{name}, the part Russia holds").format(name=name)
    return _("{name}, the part Ukraine holds").format(name=name)


def by_line(line: str) -> str:
    """By which line something is told: "by the line of 21 November 2025", "by your line"."""
    if line == OWN_LINE:
        return _("by your line")
    return _("by the line of {day}").format(day=day(line))


def on_line(line: str) -> str:
    """When somebody held something: "on 21 November 2025", "on your line"."""
    return _("on your line") if line == OWN_LINE else _("on {day}").format(day=day(line))


def line_name(line: str) -> str:
    """A line where there is little room: its day, or that it is the reader's."""
    return _("Your line") if line == OWN_LINE else short_day(line)
