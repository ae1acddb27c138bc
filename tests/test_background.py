"""What the news told and what the text leaves open: complete, sourced, in three languages."""

from __future__ import annotations

import re

import pytest
import yaml

from geo import paths
from geo.background import load_background
from geo.check import check_file
from geo.clause_ids import point_of
from geo.plan import load_plan
from geo.publications import load_sources

BACKGROUND = load_background()
PLAN = load_plan("us-28-point-2025-11")
TEXT = paths.BACKGROUND.read_text(encoding="utf-8")

NOT_IN_THE_REPORT = {
    *("1", "3", "4", "9", "11", "12", "15", "17", "20"),
    *("21(c)", "22", "23", "24", "25", "27", "28"),
}
NAMES_LEFT_IN_LATIN = {"Kyiv Independent"}


def texts(value, place="background"):
    """Every text by language in the file, with where it stands."""
    if isinstance(value, dict) and "en" in value:
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, f"{place}/{key}")
    elif isinstance(value, list):
        for row in value:
            name = row.get("id", "") if isinstance(row, dict) else row
            yield from texts(row, f"{place}/{name}")


ALL_TEXTS = dict(texts(yaml.safe_load(TEXT)))


def item(name):
    return next(item for item in BACKGROUND.items if item.id == name)


def section(name):
    return next(section for section in BACKGROUND.sections if section.id == name)


@pytest.mark.parametrize("number", range(1, 51))
def test_every_statement_of_the_report_is_covered(number):
    assert BACKGROUND.report.statements == 50
    assert any(number in item.checklist for item in BACKGROUND.items)


def test_the_points_that_the_report_left_out_are_told():
    told = {clause for item in section("not-in-the-report").items for clause in item.clauses}
    assert told >= NOT_IN_THE_REPORT
    assert {point_of(name) for name in told} == {point_of(name) for name in NOT_IN_THE_REPORT}
    assert not any(item.checklist for item in section("not-in-the-report").items)


def test_every_clause_and_every_source_is_there():
    clauses = {clause.id for clause in PLAN.clauses}
    sources = {*load_sources(), "KI"}
    assert BACKGROUND.plan == PLAN.id
    for row in (*BACKGROUND.items, *BACKGROUND.questions):
        assert set(row.clauses) <= clauses, row.id
        assert set(row.sources) <= sources, row.id
    for row in BACKGROUND.items:
        assert row.differs is None or set(row.differs.sources) <= sources, row.id


def test_what_only_the_report_has_is_single_and_verified_has_two_sources():
    for row in BACKGROUND.items:
        if set(row.sources) == {"KI"}:
            assert row.confidence == "single", row.id
        if row.confidence == "verified":
            assert len(row.sources) >= 2, row.id


def test_what_one_source_alone_says_of_persons_names_who_says_it():
    for row in section("amnesty").items:
        if row.confidence == "single":
            assert row.said_by, row.id
    for name in ("witkoff-and-dmitriev", "neither-ukraine-nor-europe", "putin-alaska", "leavitt"):
        assert item(name).said_by, name


def test_contested_statements_stand_beside_what_is_said_against_them():
    for row in section("differences").items:
        assert row.differs, row.id
    assert "denies" in item("wsj-ukraine-changed-it").differs.text["en"]
    assert "constitution" in item("differs-nato").differs.text["en"]
    assert "NATO agrees" in item("differs-foreign-troops").differs.text["en"]
    assert item("differs-miles").differs.text["en"] == "10 to 15 km is 6 to 9 miles."


def test_miles_are_what_the_kilometres_come_to():
    assert [round(km / 1.609344) for km in (10, 15)] == [6, 9]


@pytest.mark.parametrize("place", ALL_TEXTS)
def test_every_text_stands_in_three_languages(place):
    text = ALL_TEXTS[place]
    assert set(text) == {"en", "uk", "zh"}
    assert len(set(text.values())) == 3 or text["en"] in NAMES_LEFT_IN_LATIN
    if text["en"] not in NAMES_LEFT_IN_LATIN:
        assert re.search("[а-яіїєґ]", text["uk"]), text["uk"]
        assert not re.search("[ыэёъ]", text["uk"]), "Russian letters"
        assert '"' not in text["uk"]
        assert "“" not in text["uk"], "Ukrainian quotes are « »"
    assert re.search("[一-鿿]", text["zh"])
    assert "  " not in "".join(text.values())


@pytest.mark.parametrize("place", ALL_TEXTS)
def test_figures_are_the_same_in_every_language(place):
    text = ALL_TEXTS[place]
    english = set(re.findall(r"\d+\([a-d]\)|\d+:\d+|\b(?:45|81|398)\b", text["en"]))
    for language in ("uk", "zh"):
        assert english <= set(re.findall(r"\d+\([a-d]\)|\d+:\d+|\d+", text[language])), language


def test_an_item_is_one_to_three_sentences():
    for row in BACKGROUND.items:
        sentences = re.findall(r"[.!?](?= [A-Z“]|$)", row.text["en"])
        assert 1 <= len(sentences) <= 4, row.id
        assert len(row.text["en"].split()) <= 70, row.id


OPEN = {
    "who-governs-the-zone": "21(d)",
    "who-monitors-the-zone": "21(d)",
    "luhansk-pocket": "21(a)",
    "is-sevastopol-meant": "21(a)",
    "which-oblasts-are-given-back": "21(c)",
    "who-runs-the-plant": "19",
    "when-the-100-days-start": "25",
    "recognised-by-whom": "21(a)",
    "which-line-of-which-day": "21(b)",
    "whose-breach": "22",
    "who-gives-guarantees": "5",
    "who-decides-on-invasion": "10(c)",
    "people-who-live-there": "24",
    "kinburn-spit": "23",
    "withdrawal-before-ceasefire": "28",
    "limits-on-russian-forces": "6",
    "rebuilding-occupied-land": "12",
    "territorial-integrity": "1",
}


@pytest.mark.parametrize("name", OPEN)
def test_what_the_text_leaves_open_is_asked(name):
    question = next(row for row in BACKGROUND.questions if row.id == name)
    assert OPEN[name] in question.clauses
    assert question.question["en"].endswith("?")
    assert question.question["zh"].endswith("？")
    said = question.answer["en"]
    assert re.search(r"\b(not|no|neither|nobody|none|names no)\b", said, re.IGNORECASE), said


def test_the_report_says_why_it_has_no_link():
    assert (BACKGROUND.report.key, BACKGROUND.report.date) == ("KI", "2025-11-22")
    assert "not confirmed" in BACKGROUND.report.address["en"]


def test_names_of_places_follow_the_ukrainian_romanisation():
    assert "Kostyantynivka" not in TEXT
    assert "Kostiantynivka" in item("photographs-of-the-war").text["en"]
    assert "Kiev" not in TEXT


# what is replaced (the first time it stands), by what, words of the sentence
BROKEN = {
    "unknown clause": ('["21(a)", "21(d)"]', '["21(a)", "21(e)"]', "no clause|does not have"),
    "unknown source": ("sources: [LIGA, KI-19", "sources: [LIGB, KI-19", "did you mean LIGA"),
    "no source": ("sources: [LIGA, KI-19, BELGA]", "sources: []", "is empty; give it at least one"),
    "statement not covered": (
        "checklist: [27, 31]",
        "checklist: [31]",
        "no item covers statement 27",
    ),
    "no such statement": ("checklist: [27, 31]", "checklist: [27, 31, 51]", "number 51 is none"),
    "id twice": ("- id: how-it-became-known", "- id: a-draft", "'a-draft' is given twice"),
    "confidence": ("confidence: verified", "confidence: verifyed", "did you mean verified"),
    "key": ("said_by:", "said_bi:", "check its spelling"),
    "language missing": ('zh: "由谁起草，如何起草"', 'zh: ""', "is empty|missing in zh"),
    "no Ukrainian": ('uk: "Хто і як його писав", ', "", "missing in uk; add it"),
    "unknown source of a contrast": (
        "sources: [KI, RBCU-WSJ]",
        "sources: [KI, RBCU-WSX]",
        "RBCU-WSJ",
    ),
    "no such plan": ("plan: us-28-point-2025-11", "plan: us-29", "there is no plan 'us-29'"),
    "a list": (TEXT, "- 1\n", "mapping of keys"),
    "empty": (TEXT, "", "the file is empty"),
    "tag": ("schema: 1", "schema: !!python/name:os.system 1", "plain value"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_gets_a_sentence(name, tmp_path):
    old, new, words = BROKEN[name]
    assert old in TEXT
    path = tmp_path / "background.yaml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    sentences = [str(fault) for fault in check_file(path)]
    assert any(re.search(words, sentence) for sentence in sentences), sentences
    assert all(sentence.endswith((".", "?")) for sentence in sentences), sentences


def test_the_file_is_sound():
    assert check_file(paths.BACKGROUND) == []
