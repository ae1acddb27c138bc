"""How the plan came about: events in order, sourced, in three languages; broken files explained."""

from __future__ import annotations

import re

import pytest
import yaml

from geo import paths
from geo.check import check_file
from geo.days import first_day
from geo.gazetteer import control_dates
from geo.plan import load_plan
from geo.publications import load_sources, unknown_sources
from geo.timeline import load_timeline

TIMELINE = load_timeline()
EVENTS = TIMELINE.events
PLAN = load_plan("us-28-point-2025-11")
TEXT = paths.TIMELINE.read_text(encoding="utf-8")
NAMES = {event.id for event in EVENTS}


def event(name):
    return next(event for event in EVENTS if event.id == name)


def line_of(text):
    return next(n for n, line in enumerate(TEXT.splitlines(), start=1) if text in line)


def test_the_repository_file_is_sound():
    assert check_file(paths.TIMELINE) == []
    assert check_file(paths.SOURCES) == []


def test_it_runs_from_the_talks_of_august_to_the_last_day_known():
    assert 40 <= len(EVENTS) <= 55
    assert EVENTS[0].date == "2025-08-06"
    assert TIMELINE.known_until == "2026-03-05"
    assert max(event.last_day for event in EVENTS) == first_day("2026-03-05")
    days = [first_day(event.date) for event in EVENTS]
    assert days == sorted(days)
    assert all(first_day(e.date) <= e.last_day <= first_day(TIMELINE.known_until) for e in EVENTS)


@pytest.mark.parametrize(
    "day",
    [
        *("2025-08-06", "2025-08-15", "2025-10", "2025-11-19", "2025-11-20", "2025-11-21"),
        *("2025-11-22", "2025-11-23", "2025-11-24", "2025-11-25", "2025-11-27", "2025-11-28"),
        *("2025-11-30", "2025-12-02", "2025-12-11", "2025-12-14", "2025-12-19", "2025-12-23"),
        *("2025-12-26", "2025-12-28", "2026-01-06", "2026-01-22", "2026-01-23", "2026-01-27"),
        *("2026-02-04", "2026-02-06", "2026-02-11", "2026-02-17", "2026-02-28", "2026-03-03"),
    ],
)
def test_every_known_day_is_told(day):
    assert any(event.date == day for event in EVENTS)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_an_event_is_told_in_three_languages_that_differ(name):
    told = event(name)
    for text in (told.title, told.text):
        assert set(text) == {"en", "uk", "zh"}
        assert len(set(text.values())) == 3
        assert not re.search(r"[А-Яа-яҐґЄєІіЇї一-鿿]", text["en"])
        assert re.search(r"[А-Яа-яҐґЄєІіЇї]", text["uk"])
        assert not re.search(r"[一-鿿ыэъЫЭЪёЁ]", text["uk"]), "Chinese or Russian letters"
        assert re.search(r"[一-鿿]", text["zh"])
        assert not re.search(r"[<>]", "".join(text.values())), "markup"
    assert 15 <= len(told.text["en"].split()) <= 60
    assert 14 <= len(told.text["uk"].split()) <= 60
    assert 25 <= len(told.text["zh"]) <= 140


@pytest.mark.parametrize("name", sorted(NAMES))
def test_numbers_agree_between_languages(name):
    """Counts of three digits or more, and every percent, are the same whatever language is read."""
    text = event(name).text

    def numbers(language):
        plain = re.sub(r"(?<=\d)[,\s](?=\d{3})", "", text[language])
        plain = plain.replace("80万", "800000").replace("60万", "600000")
        plain = re.sub(r"(\d+) тисяч", r"\g<1>000", plain)
        plain = re.sub(r"(\d+)-тисячне", r"\g<1>000", plain)
        plain = plain.replace("1000亿", "100 billion")
        return {n for n in re.findall(r"\d+", plain) if len(n) > 2 and n not in ("2025", "2026")}

    assert numbers("en") == numbers("uk") == numbers("zh")


@pytest.mark.parametrize("name", sorted(NAMES))
def test_what_an_event_refers_to_exists(name):
    told = event(name)
    assert set(told.sources) <= set(load_sources())
    assert set(told.clauses) <= {clause.id for clause in PLAN.clauses}
    assert told.line is None or told.line in control_dates()
    if told.line is not None:
        assert abs((first_day(told.line) - told.last_day).days) <= 10, "a line of another time"


def test_nothing_rests_on_state_media_or_aggregators_alone_and_is_called_verified():
    for told in EVENTS:
        grades = {load_sources()[key].grade for key in told.sources}
        if told.confidence == "verified":
            assert grades != {"C"}, told.id
            assert len(told.sources) >= 2, told.id
        if len(told.sources) == 1:
            assert told.confidence == "single", told.id


def test_both_sides_of_what_is_contested_stand_together():
    amnesty = event("who-changed-the-audit-clause").text["en"]
    assert "Umerov denied" in amnesty
    assert "A US official said" in amnesty
    assert "denied" in event("guarantees-tied-to-donbas").text["en"]
    assert "19 points" in event("trump-22-points-no-deadline").text["en"]


def test_the_deadline_is_told_as_passing_without_a_decision_found():
    assert "No decision by Ukraine" in event("thursday-passes").text["en"]


def test_the_note_sends_the_reader_to_check_again():
    assert "5 March 2026" in TIMELINE.note["en"]
    assert "check the state of the talks again" in TIMELINE.note["en"]


def test_lines_are_those_of_the_control_table():
    assert control_dates()[0] == "2024-11-21"
    assert control_dates()[-1] == "2026-08-21"
    assert len(control_dates()) == 8


def test_class_c_publications_say_what_they_are_in_three_languages():
    for key, source in load_sources().items():
        assert (source.grade == "C") == (source.standing is not None), key
        if source.standing:
            assert set(source.standing) == {"en", "uk", "zh"}, key


def test_publications_of_the_plan_are_the_same_here():
    assert {key: load_sources()[key] for key in PLAN.sources} == PLAN.sources


def test_an_unknown_source_is_told_with_the_nearest():
    assert unknown_sources(["LIGA", "TASS-22"])[0].startswith(
        "there is no source 'TASS-22' in data/sources.yaml; did you mean TASS-2"
    )


# name: (what is replaced, by what, the text whose line is named, words of the sentence)
BROKEN = {
    "unknown source": ("sources: [BLUE]", "sources: [BLEU]", "sources: [BLUE]", "'BLEU'"),
    "no source": ("sources: [BLUE]", "sources: []", "sources: [BLUE]", "is empty; give it"),
    "bad date": ('date: "2025-08-06"', 'date: "2025-08-32"', "2025-08-06", "there is no day"),
    "date in words": ('date: "2025-08-06"', 'date: "6 August"', "2025-08-06", "such as 2025-11-20"),
    "unknown actor": ("actors: [Ukraine, US]", "actors: [Ukrane]", "", "did you mean Ukraine?"),
    "no actor": ("actors: [US, Russia]", "actors: []", "actors: [US, Russia]", "is empty"),
    "unknown kind": ("kind: deadline", "kind: dedline", "kind: deadline", "did you mean deadline?"),
    "unknown clause": (
        'clauses: ["26"]',
        'clauses: ["29"]',
        'clauses: ["26"]',
        "names clause '29', which the plan does not have",
    ),
    "no clause number": ('clauses: ["26"]', 'clauses: ["x"]', 'clauses: ["26"]', "a clause number"),
    "unknown line": (
        'line: "2025-08-21"',
        'line: "2025-08-22"',
        'line: "2025-08-21"',
        "no line of contact is of 2025-08-22",
    ),
    "wrong order": ('date: "2025-08-15"', 'date: "2025-09-15"', "2025-08-16", "move it above it"),
    "ends before it starts": (
        'until: "2025-08-18"',
        'until: "2025-08-16"',
        "anchorage-terms",
        "is not after date",
    ),
    "half a last day": (
        'until: "2025-08-18"',
        'until: "2025-08"',
        'until: "2025-08-18"',
        "not a whole date",
    ),
    "later than known": (
        'known_until: "2026-03-05"',
        'known_until: "2026-03-04"',
        "next-round-put-off",
        "is later than known_until",
    ),
    "unknown confidence": ("confidence: single", "confidence: sure", "", "not one of verified"),
    "language missing": (', zh: "威特科夫在莫斯科会见普京"', "", "title", "missing in zh"),
    "unknown key": (
        "    kind: deadline",
        "    kind: deadline\n    who: US",
        "",
        "check its spelling",
    ),
    "id twice": (
        "id: anchorage-summit",
        "id: witkoff-in-moscow",
        "anchorage-summit",
        "given twice",
    ),
    "unknown plan": ("plan: us-28-point-2025-11", "plan: us-29", "", "there is no plan 'us-29'"),
    "no events": (TEXT[TEXT.index("events:") :], "events: []\n", "events:", "is empty"),
    "a list": (TEXT, "- 1\n", "", "a mapping of keys"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_in_a_sentence(name, tmp_path):
    old, new, named, words = BROKEN[name]
    assert old in TEXT, "the sound file has changed"
    path = tmp_path / "timeline.yaml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    faults = check_file(path)
    found = [fault for fault in faults if words in fault.message]
    assert found, [str(fault) for fault in faults]
    assert found[0].file == "timeline.yaml"
    assert found[0].message.rstrip().endswith((".", "?"))
    if named:
        assert found[0].line is not None
        assert abs(found[0].line - line_of(named)) <= 3


def test_nothing_in_the_file_is_written_as_markup_or_read_as_a_tag():
    assert yaml.safe_load(TEXT)["plan"] == PLAN.id
    assert not re.search(r"<\w", TEXT)
