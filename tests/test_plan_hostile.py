"""Plans made to break or misuse what reads and shows them: a sentence each, or plain texts."""

from __future__ import annotations

import base64
import json
import re
import unicodedata
import zlib
from difflib import SequenceMatcher
from html.parser import HTMLParser

import pytest

from geo import errors, word_changes
from geo.comparison import Comparison
from geo.drafts.limits import LARGEST_UNPACKED, LONGEST_LINK, LONGEST_TEXT, MOST_VALUES
from geo.drafts.packing import pack, unpack
from geo.drafts.reading import read_own, shaped, text_of_file
from geo.drafts.writing import write_yaml
from geo.errors import MOST_KNOWN, PlanError
from geo.plan_faults import MOST_FAULTS
from geo.yaml_lines import MAX_DEPTH
from pages.parts import compare_clauses, plans, shared
from pages.parts.compare_clauses import MOST_EFFORT, MOST_MATCHED, clauses_of_place
from pages.parts.own import Own
from pages.parts.panel import panel
from pages.parts.plan_words import term_row
from pages.parts.render import render
from pages.parts.scene import current_scene
from pages.parts.view import View, pick
from tests.drafts import clause, small, term, text

EVIL = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3)) **b** {{7*7}}"
)

BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)


def line(**fields: object) -> str:
    """The small plan with other top-level values."""
    return text(**fields)


def of_clause(**fields: object) -> str:
    return text(clauses=[clause(**fields)])


def of_term(**fields: object) -> str:
    return text(terms=[term(**fields)])


def land(**named: object) -> str:
    return of_term(land=[named])


SOURCE = {"publisher": "A paper", "date": "2025-11-21", "class": "A"}

SHIPPED = {
    "kind": "draft",
    "sides": ["US"],
    "sources": {"X": {**SOURCE, "url": "https://example.org"}},
    "clauses": [clause(sources=["X"])],
}

# name: (the text, words that one of its sentences has)
REFUSED = {
    "empty": ("", "the file is empty"),
    "only blanks": (" \n\n  \n", "the file is empty"),
    "only a comment": ("# nothing\n", "the file is empty"),
    "a list on top": ("- a\n- b\n", "a plan is a mapping"),
    "a word on top": ("hello", "a plan is a mapping"),
    "two documents": (text() + "---\n" + text(), "not YAML"),
    "a bomb of aliases": (BOMB, "anchors (&) and aliases (*)"),
    "an alias of itself": ("a: &a [*a]\n", "anchors (&) and aliases (*)"),
    "a merged mapping": ("a: &a {b: c}\nd: {<<: *a}\n", "anchors (&) and aliases (*)"),
    "a Python tag": ("a: !!python/object/apply:os.system [id]\n", "is not read"),
    "a Python name": ("a: !!python/name:os.system\n", "is not read"),
    "a custom tag": ("a: !mine b\n", "is not read"),
    "a long tag": (f"a: !{'x' * 100_000} b\n", "is not read"),
    "a binary": ("a: !!binary aGVsbG8=\n", "is not read"),
    "too large": ("# " + "x" * LONGEST_TEXT + "\n" + text(), "an own plan may have 200 KB"),
    "ten megabytes": ("x: " + "y" * 10_000_000, "an own plan may have 200 KB"),
    "deep lists": ("a: " + "[" * 50_000, f"more than {MAX_DEPTH} deep"),
    "deep mappings": ("a: " + "{a: " * 9_000, f"more than {MAX_DEPTH} deep"),
    "deep indents": (
        "".join(" " * n + "a:\n" for n in range(200)),
        f"more than {MAX_DEPTH} deep",
    ),
    "a key twice": (text() + "kind: own\n", "'kind' is given twice"),
    "a list as key": ("? [a, b]\n: c\n", "a key is a list or a mapping"),
    "a tab as indent": ("a:\n\tb: c\n", "not YAML"),
    "an open quote": ('a: "b\n', "not YAML"),
    "a null byte": (text() + "note: \0\n", "not YAML"),
    "a control character": (text() + "note: \x07\n", "not YAML"),
    "half a surrogate": ('schema: "\\ud800"\n', "not YAML"),
    "an escaped control": (of_clause(text={"en": "a\x1b[31mb"}), "U+001B"),
    "letters from right to left": (of_clause(title={"en": "safe\u202eelif"}), "U+202E"),
    "an isolate": (line(title={"en": "a\u2066b"}), "U+2066 LEFT-TO-RIGHT ISOLATE"),
    "an unseen space": (line(title={"en": "a\u200bb\u2060c"}), "U+2060 WORD JOINER"),
    "a Cyrillic letter in a code": (land(territory="U\u0410-14"), "CYRILLIC CAPITAL LETTER A"),
    "a Cyrillic letter in a clause": (
        of_term(clause="21(\u0430)"),
        "CYRILLIC SMALL LETTER A, not a Latin letter",
    ),
    "a Cyrillic letter in a status": (of_term(status="c\u0435ded"), "did you mean ceded?"),
    "a Cyrillic letter in a key": (
        text().replace("kind: own", "k\u0456nd: own"),
        "is not a key of the plan format",
    ),
    "full-width digits": (of_clause(id="\uff12\uff11"), "FULLWIDTH DIGIT TWO"),
    "Arabic digits in a date": (line(date="\u0662\u0660\u0662\u0665"), "write a date"),
    "an unknown code": (land(territory="UA-99"), "is not one of the 27 codes"),
    "a long code": (land(territory="UA-14" * 30_000), "longer than 60 characters"),
    "an unknown site": (land(site="../../etc/passwd"), "is not one of those in"),
    "a path as id": (line(id="../own"), "write the form used elsewhere"),
    "the id of a shipped plan": (line(id="us-28-point-2025-11"), "so write id: own"),
    "the kind of a shipped plan": (line(**SHIPPED), "so write kind: own"),
    "based on a file": (line(based_on="etc-passwd"), "is no plan in data/plans"),
    "a line that nobody has": (line(line="2099-01-01"), "there is no line of contact"),
    "a line that is a path": (line(line="../../x"), "write the date of a line of contact"),
    "no such day": (line(date="2025-02-31"), "there is no day"),
    "two fates": (
        text(terms=[term(), term(status="demilitarized")]),
        "gives another status (demilitarized)",
    ),
    "a clause that is not there": (of_term(clause="9"), "which the plan does not have"),
    "a clause twice": (text(clauses=[clause(), clause()]), "is given twice"),
    "a huge number": (text().replace("schema: 1", "schema: " + "9" * 100_000), "schema"),
    "infinity": (text().replace("schema: 1", "schema: .inf"), "schema"),
    "numbers for texts": (of_clause(text={"en": 10**30}), "write text in quotes"),
    "a list for a text": (of_clause(text=["x"]), "write a text by language"),
    "a text for a list": (line(terms="none"), "write a list"),
    "mappings for everything": (
        write_yaml({key: {"a": {"b": "c"}} for key in small()}),
        "title, a is 'a', not one of en, uk, zh",
    ),
    "a language that is none": (of_clause(text={"en": "a", "xx": EVIL}), "not one of en, uk, zh"),
    "no English": (of_clause(text={"uk": "a"}), "an English text (en) is missing"),
    "a long text": (of_clause(text={"en": "x" * 5_000}), "longer than 4,000 characters"),
    "a script as address": (
        line(sources={"X": {**SOURCE, "url": "javascript:alert(1)"}}),
        "write a web address",
    ),
    "data as address": (
        line(sources={"X": {**SOURCE, "url": "data:text/html,<script>"}}),
        "write a web address",
    ),
    "a turned address": (
        line(sources={"X": {**SOURCE, "url": "https://example.org/\u202egpj.exe"}}),
        "U+202E",
    ),
    "ten thousand terms": (
        text() + '  - {clause: "1", land: [{territory: UA-14}], certainty: stated}\n' * 10_000,
        "an own plan may have 200 KB",
    ),
    "thousands of wrong terms": (
        text() + "  - {clause: x, land: [], certainty: y}\n" * 4_000,
        "more faults follow; mend these first.",
    ),
    "thousands of clashes": (
        text(terms=[])[: -len(" []\n")]
        + "\n"
        + "".join(
            '  - {clause: "1", land: [{territory: UA-14}], certainty: stated, '
            f"status: {status}}}\n"
            for status in ("ceded", "frozen_line") * 1_000
        ),
        "more faults follow; mend these first.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_each_is_refused_in_sentences_that_fit_a_screen(name):
    spoilt, words = REFUSED[name]
    with pytest.raises(PlanError) as refused:
        read_own(spoilt)
    told = [fault.message for fault in refused.value.faults]
    assert any(words in sentence for sentence in told), told
    assert len(told) <= MOST_FAULTS + 1
    assert all(len(sentence) < 700 for sentence in told)
    assert all(sentence.rstrip().endswith((".", "?", "”")) for sentence in told), told
    assert not any(unicodedata.category(c) == "Cc" for sentence in told for c in sentence)


FILES = {
    "UTF-16": ("plan.yaml", text().encode("utf-16"), "save it as UTF-8"),
    "Latin-1": ("plan.yml", "title: K\xf6ln".encode("latin-1"), "save it as UTF-8"),
    "a large file": ("plan.yaml", b"#" * (LARGEST_UNPACKED + 1), "larger than 400 KB"),
    "no JSON": ("plan.json", b"{", "not JSON"),
    "an empty JSON file": ("plan.json", b"", "not JSON"),
    "a JSON list": ("plan.json", b"[]", "a plan is a mapping"),
    "deep JSON": ("plan.json", b'{"a":' + b"[" * 100_000, "nested too deep"),
    "less deep JSON": ("plan.json", b'{"a":' + b"[" * 50 + b"]" * 50 + b"}", "nested more than"),
    "a long number in JSON": ("plan.json", b'{"a": ' + b"9" * 9_999 + b"}", "a number too long"),
    "long JSON": ("plan.json", json.dumps({"a": "x" * LONGEST_TEXT}).encode(), "may have 200 KB"),
    "JSON of many values": (
        "plan.json",
        json.dumps({"a": [1] * MOST_VALUES}).encode(),
        "more than 20,000 values",
    ),
    "JSON that is longer as YAML": (
        "plan.json",
        json.dumps({"a": [[[[[[[[1] * 18_000]]]]]]]}).encode(),
        "may have 200 KB",
    ),
    "a key twice in JSON": ("plan.json", b'{"a": 1, "a": 2}', "given twice"),
}


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_refused_in_a_sentence(name):
    file, content, words = FILES[name]
    with pytest.raises(PlanError, match=re.escape(words)):
        text_of_file(file, content)


def packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")


SOUND = pack(read_own(text()))

LINKS = {
    "nothing": ("", "characters that no such link has"),
    "markup": ("<script>alert(1)</script>", "characters that no such link has"),
    "a single letter": ("A", "damaged or cut off"),
    "no zlib": ("AAAAAAAA", "damaged or cut off"),
    "cut off": (SOUND[:-20], "its end is missing"),
    "a letter changed": (SOUND[:40] + "AAAA" + SOUND[44:], "damaged or cut off"),
    "too long": ("A" * (LONGEST_LINK + 1), "longer than 60,000 characters"),
    "a bomb": (packed(b" " * 30_000_000), "unpacks to more than 400 KB"),
    "a small bomb": (packed(b'{"a":"' + b"x" * 390_000 + b'"}'), "may have 200 KB"),
    "a bomb of values": (packed(b'{"a":[' + b"1," * 60_000 + b"1]}"), "more than 20,000 values"),
    "no text": (packed(b"\xff\xfe"), "it holds no text"),
    "a list": (packed(b"[]"), "a plan is a mapping"),
    "deep lists": (packed(b'{"a":' + b"[" * 100_000), "nested too deep"),
}


@pytest.mark.parametrize("name", LINKS)
def test_each_link_is_refused_in_a_sentence(name):
    letters, words = LINKS[name]
    with pytest.raises(PlanError) as refused:
        unpack(letters)
    assert any(words in fault.message for fault in refused.value.faults)


def test_a_byte_order_mark_and_carriage_returns_are_read():
    content = b"\xef\xbb\xbf" + text().replace("\n", "\r\n").encode()
    assert read_own(text_of_file("plan.yaml", content)) == read_own(text())


def test_half_a_character_in_json_becomes_a_mark():
    content = json.dumps(small(title={"en": "a \ud83d b"})).encode()
    assert read_own(text_of_file("plan.json", content)).title == {"en": "a ? b"}


def test_what_cannot_be_read_has_no_data_for_the_form():
    assert shaped(BOMB) is None
    assert shaped(text())["terms"] == small()["terms"]


def evil_plan():
    """A sound plan with markup in every text that may hold words."""
    words = {"en": EVIL}
    about = ("title", "short_title", "authors", "status_note", "provenance", "headline")
    source = {**SOURCE, "publisher": EVIL, "language": EVIL, "standing": words}
    source["url"] = "https://example.org/\"onmouseover='alert(4)'><script>"
    return small(
        **dict.fromkeys(about, words),
        sources={"<b>X</b>": source},
        summary=[{"text": words, "emphasis": words, "clauses": ["1"]}],
        clauses=[
            clause(
                title=words,
                text=words,
                sources=["<b>X</b>"],
                readings=[{"text": words, "sources": ["<b>X</b>"]}],
                silent=[words],
            )
        ],
        terms=[
            term(recognised_by=words, forces=words, conditions=words, note=words, silent=[words])
        ],
    )


class Elements(HTMLParser):
    """Every element and address that a page would have."""

    def __init__(self, html: str):
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes += attrs


@pytest.mark.parametrize("picked", ["", "zone:UA-14-ukraine", "territory:UA-14", "clause:1"])
def test_markup_in_a_plan_is_shown_as_text(picked, monkeypatch):
    plan = read_own(write_yaml(evil_plan()))
    brought = Own(plan=plan)
    for module in (plans, shared):
        monkeypatch.setattr(module, "own", lambda: brought)
    view = pick(View(plan=plan, line=plan.line), picked)
    html = panel(view, current_scene(view))
    found = Elements(html)
    assert "alert(1)" in html
    assert not found.names & {"script", "img", "b"}
    assert not any(name.startswith("on") for name, _value in found.attributes)
    assert not any(
        "javascript:" in (value or "") for name, value in found.attributes if name == "href"
    )


def test_markup_in_a_plan_is_shown_as_text_where_it_is_written():
    data = evil_plan()
    rows = render("write_term.html", overruled=[], term=term_row(data["terms"][0])) + render(
        "write_clause.html", clause=data["clauses"][0], terms=""
    )
    broken = write_yaml({**data, "kind": EVIL[:40], EVIL[:30]: EVIL})
    with pytest.raises(PlanError) as refused:
        read_own(broken)
    said = {"faults": refused.value.faults, "plan": None, "asleep": True}
    found = Elements(rows + render("write_messages.html", **said))
    assert not found.names & {"script", "img", "b"}
    assert found.names >= {"div", "li"}


@pytest.fixture
def compared(monkeypatch):
    """The lengths of every two texts that are compared in detail."""
    found = []

    class Counting(SequenceMatcher):
        def __init__(self, isjunk=None, a="", b="", autojunk=True):
            found.append((len(a), len(b)))
            super().__init__(isjunk, a, b, autojunk)

    monkeypatch.setattr(errors, "SequenceMatcher", Counting)
    monkeypatch.setattr(word_changes, "SequenceMatcher", Counting)
    return found


@pytest.mark.parametrize(("words", "marked"), [(100, True), (800, False)])
def test_many_equal_clauses_beside_themselves_are_compared_in_bounds(
    words, marked, compared, monkeypatch
):
    numbers = [str(number) for number in range(1, 91)]
    long = {"en": "a b " * (words // 2)}
    plan = read_own(
        text(
            clauses=[clause(id=number, text=long) for number in numbers],
            terms=[term(clause=n, land=[{"river": "dnipro"}], status="ceded") for n in numbers],
        )
    )
    likened = []

    def counted(one: str, two: str) -> float:
        likened.append((one, two))
        return word_changes.likeness(one, two)

    monkeypatch.setattr(compare_clauses, "likeness", counted)
    found = clauses_of_place(Comparison(plan, plan.line, plan, plan.line, ()), "dnipro")
    assert len(found["pairs"]) >= len(numbers)
    assert {pair["same"] for pair in found["pairs"]} >= {True}
    assert bool(compared) == marked
    assert sum(one * two for one, two in compared) <= MOST_EFFORT
    assert len(likened) <= MOST_MATCHED**2


@pytest.mark.parametrize("count", [MOST_KNOWN, 2_000])
def test_wrong_citations_are_told_in_bounds_however_many_sources_there_are(compared, count):
    source = {"publisher": "A", "class": "A", "url": "http://a.b"}
    sources = {f"S{number:04}": source for number in range(count)}
    wrong = [f"s{number:04}x" for number in range(300)]
    with pytest.raises(PlanError) as refused:
        read_own(text(sources=sources, clauses=[clause(sources=wrong)]))
    told = [fault.message for fault in refused.value.faults]
    assert len(told) == MOST_FAULTS + 1
    assert all("is not under 'sources'" in sentence for sentence in told[:-1])
    assert len(compared) <= MOST_KNOWN * (MOST_FAULTS + 1)


def test_many_sound_terms_are_read():
    many = [term(land=[{"territory": "UA-14"}], status=None) for _ in range(1_500)]
    plan = read_own(text(terms=[{k: v for k, v in each.items() if v} for each in many]))
    assert len(plan.terms) == 1_500
