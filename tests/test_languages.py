"""Three languages: nothing missing, nothing left in English by mistake, nothing said wrongly."""

from __future__ import annotations

import gettext
import re
import string

import pytest
import yaml

from geo import paths
from geo.build.catalogues import (
    LANGUAGES,
    catalogue_file,
    compiled,
    read_catalogue,
    texts_to_translate,
)
from geo.line import line_dates, line_facts
from geo.territories import place_facts, territory_facts
from pages.parts import speech
from pages.parts.words import km2

NAMES = re.compile(r"CC BY|MIT|BibTeX|CSL|Natural Earth|OPORA|Kyiv Independent|kB$")
"""Licences, formats, sources and units, which stand as they are."""


def may_stay(text: str) -> bool:
    """Whether a text may be the same in another language: it has only numbers, code and names."""
    bare = re.sub(r"`[^`]*`|%\(\w+\)s|\{\w+\}", "", text).strip()
    return not re.search("[A-Za-z]", bare) or bool(NAMES.match(bare))


@pytest.fixture(autouse=True)
def english_again():
    yield
    speech.speak("en")


def placeholders(text: str) -> set[str]:
    percent = set(re.findall(r"%\(\w+\)[sd]", text))
    return percent | {name for _, name, _, _ in string.Formatter().parse(_braces(text)) if name}


def _braces(text: str) -> str:
    """``text`` with nothing in braces but names of places, for ``Formatter.parse``."""
    return text if re.fullmatch(r"[^{}]*(\{\w+\}[^{}]*)*", text) else ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_pages_is_translated(language):
    wanted = {message.id for message in texts_to_translate() if message.id}
    catalogue = read_catalogue(language)
    found = {message.id: message for message in catalogue if message.id}
    assert wanted - set(found) == set(), "run python -m geo.build catalogues, then translate"
    assert set(found) - wanted == set(), "texts that no page has"
    for key, message in found.items():
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms), f"no {language} for {key!r}"
        assert not message.fuzzy, key
        english = key if isinstance(key, tuple) else (key,)
        for form in forms:
            if not may_stay(english[0]):
                assert form not in english, f"{key!r} is left in English"
            assert placeholders(form) == placeholders(english[-1]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_written_one(language):
    path = catalogue_file(language)
    assert path.with_suffix(".mo").read_bytes() == compiled(read_catalogue(language))
    translations = gettext.translation("dashboard", paths.LOCALE, languages=[language])
    assert translations.gettext("Map") != "Map"


DATA_TEXTS = sorted([*paths.PLANS.glob("*.yaml"), *paths.DATA.glob("*.yaml")])


def texts_by_language(value: object, place: str) -> list[tuple[str, dict[str, str]]]:
    """Every text that stands in several languages, and where."""
    if isinstance(value, dict):
        if isinstance(value.get("en"), str):
            return [(place, value)]
        return [
            row for key, item in value.items() for row in texts_by_language(item, f"{place}/{key}")
        ]
    if isinstance(value, list):
        rows = enumerate(value)
        return [row for at, item in rows for row in texts_by_language(item, f"{place}/{at}")]
    return []


@pytest.mark.parametrize("path", DATA_TEXTS, ids=lambda path: path.name)
def test_every_text_of_the_data_is_in_three_languages(path):
    for place, text in texts_by_language(yaml.safe_load(path.read_text("utf-8")), path.name):
        assert set(text) == {"en", "uk", "zh"}, place
        for language, letters in (("uk", "[а-яіїєґА-ЯІЇЄҐ]"), ("zh", "[\u4e00-\u9fff]")):
            written = re.search(letters, text[language]) or may_stay(text["en"])
            assert written, f"{place}: {text[language]}"
            assert placeholders(text[language]) == placeholders(text["en"]), place


@pytest.mark.parametrize("date", line_dates())
def test_a_line_speaks_three_languages(date):
    facts = line_facts(date)
    for text in (facts["source"], facts["method"], facts["accuracy"]["summary"], *facts["limits"]):
        assert set(text) == {"en", "uk", "zh"}
        assert len(set(text.values())) == 3


def test_land_and_places_have_names_in_three_languages():
    for facts in [*territory_facts().values(), *place_facts().values()]:
        assert len({facts[f"name_{language}"] for language in ("en", "uk", "zh")}) == 3, facts


@pytest.mark.parametrize(
    ("language", "area", "day", "month", "share"),
    [
        ("en", "6,300 km²", "21 November 2025", "November 2025", "7.5%"),
        ("uk", "6\u00a0300 км²", "21 листопада 2025", "листопад 2025", "7,5%"),
        ("zh", "6,300平方公里", "2025年11月21日", "2025年11月", "7.5%"),
    ],
)
def test_numbers_and_dates_are_written_as_the_language_does(language, area, day, month, share):
    speech.speak(language)
    assert km2(6299) == area
    assert speech.day("2025-11-21") == day
    assert speech.day("2025-11") == month
    assert speech.percent(7.46, 1) == share


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("uk-UA", "uk"),
        ("uk", "uk"),
        ("zh-CN", "zh"),
        ("zh_Hans", "zh"),
        ("de-DE", "en"),
        (None, "en"),
    ],
)
def test_the_browsers_language_is_taken_where_it_is_one_of_ours(locale, language):
    assert speech.language_for(locale) == language


def test_ukrainian_names_come_in_the_order_of_their_alphabet():
    names = ["Яготин", "Ізюм", "Ґанок", "Гайсин", "Єнакієве", "Ірпінь", "Їжакове", "Житомир"]
    ordered = ["Гайсин", "Ґанок", "Єнакієве", "Житомир", "Ізюм", "Ірпінь", "Їжакове", "Яготин"]
    assert sorted(names, key=speech.in_order) == ordered
