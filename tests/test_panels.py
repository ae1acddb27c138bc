"""The panels that a page fetches to show one before its script has: each is what a pick shows."""

from __future__ import annotations

import json
import re
from html import escape, unescape
from urllib.parse import parse_qs, quote

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.division import load_division
from geo.drafts.reading import read_own
from geo.line import OWN_LINE
from geo.plan import DEFAULT_PLAN, load_plan
from geo.territories import load_territories
from pages.parts.assets import version
from pages.parts.panel import panel
from pages.parts.scene import scene_of
from pages.parts.speech import speak
from pages.parts.view import View, pick
from serving.ahead import AHEAD_ROUTE
from serving.compressed import Compressed
from serving.lasting import YEAR
from tests.drafts import text
from tests.test_own import own_line
from tests.test_pages import opened, said_by, texts

LINE = "2025-11-21"
APP = Starlette(routes=[AHEAD_ROUTE])
CLIENT = TestClient(APP)

ASKED = [
    (DEFAULT_PLAN, LINE, "en"),
    (DEFAULT_PLAN, LINE, "uk"),
    (DEFAULT_PLAN, "2024-11-21", "en"),
    ("istanbul-communique-2022-03", "2026-08-21", "en"),
    ("us-ukraine-20-point-2025-12", "2025-11-27", "zh"),
    ("europe-24-point-2025-11", "2025-05-21", "uk"),
]

ABSENT = {
    "a plan's name cut short": {"plan": "us-28-point"},
    "a reader's own plan": {"plan": "own"},
    "a day without a line": {"line": "2025-11-22"},
    "a reader's own line": {"line": OWN_LINE},
    "a language that is not ours": {"language": "de"},
    "a language in capitals": {"language": "EN"},
    "another version": {"v": "of-another-replica"},
    "something else": {"what": "nothing"},
}

HOSTILE = {
    "the folder above": "..",
    "a file elsewhere": "../../etc/passwd",
    "markup": "<img src=x onerror=alert(1)>",
    "ten thousand characters": "a" * 10_000,
    "a character that ends strings": "\0",
    "nothing": " ",
}


@pytest.fixture(autouse=True)
def english_again():
    yield
    speak("en")


def path(plan=DEFAULT_PLAN, line=LINE, language="en", v=None, what="panels") -> str:
    names = (version() if v is None else v, what, plan, line, language)
    return f"/ahead/{'/'.join(quote(name, safe='') for name in names)}.json"


def fetched(*asked: str) -> dict[str, str]:
    return CLIENT.get(path(*asked)).json()


def own_session(plan: bool = False, line: bool = False, outlines: bool = False):
    """A page of a reader who brought or wrote something, as it opens with our plan and line."""
    app = opened()
    own = app.session_state["own"]
    own.plan = read_own(text()) if plan else None
    own.line = own_line() if line else None
    own.outlines = load_territories() if outlines else None
    return app


def told(app) -> str | None:
    """Where the page is told to find its panels."""
    return json.loads(said_by(app, "panel_bridge"))["panels"]["at"]


def heading(html: str) -> str:
    return re.search(r"<h2>(.*?)</h2>", html)[1]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(("plan", "line", "language"), ASKED)
def test_every_zone_has_the_panel_that_a_pick_of_it_shows(plan, line, language):
    found = fetched(plan, line, language)
    division = load_division(line)
    speak(language)
    view, scene = View(plan=load_plan(plan), line=line), scene_of(load_plan(plan), division)
    assert list(found) == [f"zone:{zone}" for zone in division.pieces]
    for zone in division.pieces:
        shown = found[f"zone:{zone}"]
        assert shown == panel(pick(view, f"zone:{zone}"), scene)
        assert heading(shown) == escape(scene.name(zone))


def test_plan_line_and_language_each_change_what_a_panel_says():
    zone = "zone:UA-14-ukraine"
    usual = fetched()[zone]
    assert heading(usual) == "Donetsk Oblast, the part Ukraine holds"
    assert '<strong class="ink-demilitarized">Demilitarized</strong>' in usual
    assert "by the line of 21 November 2025" in usual
    assert "by the line of 21 November 2024" in fetched(DEFAULT_PLAN, "2024-11-21")[zone]
    assert "Донецька область" in heading(fetched(DEFAULT_PLAN, LINE, "uk")[zone])
    assert "顿涅茨克州" in heading(fetched(DEFAULT_PLAN, LINE, "zh")[zone])
    other = fetched("istanbul-communique-2022-03")[zone]
    assert "Demilitarized" not in re.search(r'<div class="panel-status">.*?</div>', other, re.S)[0]


def test_its_links_stay_with_the_plan_and_the_line():
    plan, line = "us-ukraine-20-point-2025-12", "2025-08-21"
    for shown in fetched(plan, line).values():
        links = re.findall(r'href="\?([^"]*)" data-(?:pick|show)="([^"]*)"', shown)
        assert len(links) > 10
        for link, picked in links:
            asked = parse_qs(unescape(link))
            other = picked.removeprefix("plan:").partition("/")[0] if "plan:" in picked else plan
            assert asked["plan"] == [other], picked
            assert asked["line"] == [line], picked
            assert set(asked) <= {"plan", "line", "territory", "held_by", "place", "clause"}
    clause = (
        '<a class="pick " href="?plan=us-28-point-2025-11&amp;line=2025-11-21&amp;clause=21%28d%29"'
    )
    assert clause in fetched()["zone:UA-14-ukraine"]


@pytest.mark.parametrize("zone", ["UA-14-ukraine", "UA-43-russia", "UA-46-ukraine"])
def test_a_page_that_opens_with_a_zone_shows_what_was_fetched(zone):
    territory, held_by = zone.rsplit("-", 1)
    app = opened(territory=territory, held_by=held_by)
    assert fetched()[f"zone:{zone}"].strip() in texts(app)


@pytest.mark.parametrize("language", ["uk", "zh"])
def test_a_page_in_another_language_says_what_was_fetched(language):
    app = opened(territory="UA-14", held_by="ukraine", lang=language)
    shown = words(fetched(DEFAULT_PLAN, LINE, language)["zone:UA-14-ukraine"])
    assert len(shown) > 500
    assert shown in words(texts(app))


def test_they_are_json_for_every_reader():
    answer = CLIENT.get(path())
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == YEAR
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("asked", ABSENT.values(), ids=ABSENT)
def test_what_there_is_not_is_told_in_a_sentence(asked):
    answer = CLIENT.get(path(**asked))
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")
    assert re.fullmatch(r"There .*\. Reload the page\.", answer.text)
    assert "cache-control" not in answer.headers


@pytest.mark.parametrize("place", ["what", "plan", "line", "language", "v"])
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_is_not_found_and_not_repeated(place, hostile):
    answer = CLIENT.get(path(**{place: hostile}))
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")
    assert len(answer.text) < 100
    assert hostile.strip(" .") not in answer.text or not hostile.strip(" .")


@pytest.mark.parametrize(("plan", "line", "language"), ASKED)
def test_a_page_is_told_where_its_panels_are(plan, line, language):
    address = told(opened(plan=plan, line=line, lang=language))
    assert address == path(plan, line, language)
    answer = CLIENT.get(address)
    assert (answer.status_code, len(answer.json())) == (200, len(load_division(line).pieces))


@pytest.mark.parametrize("plan", ["own", DEFAULT_PLAN])
def test_who_has_written_a_plan_waits_for_the_script(plan):
    """Under whatever plan: theirs stands in every panel, in the row of plans."""
    app = own_session(plan=True)
    app.query_params["plan"] = plan
    assert told(app.run()) is None
    assert app.selectbox(key="plan_picker").value == plan


def test_who_looks_at_a_line_of_their_own_waits_for_the_script():
    app = own_session(line=True)
    assert told(app.run()) == path()
    app.query_params["line"] = OWN_LINE
    assert told(app.run()) is None
    assert not app.exception
    app.query_params["line"] = "2025-08-21"
    assert told(app.run()) == path(line="2025-08-21")


def test_who_brought_outlines_waits_for_the_script():
    app = own_session(outlines=True)
    assert told(app.run()) is None
    assert not app.exception


def through_compression(*asked: str, accept: str = "br"):
    """What one server that compresses answers, in turn."""
    with TestClient(Compressed(APP)) as client:
        return [client.get(each, headers={"Accept-Encoding": accept}) for each in asked]


def test_they_are_compressed_and_kept_for_a_year():
    (answer,) = through_compression(path())
    assert answer.status_code == 200
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["cache-control"] == YEAR
    assert int(answer.headers["content-length"]) < 40_000
    assert answer.json() == fetched()
    (plain,) = through_compression(path(), accept="identity")
    assert "content-encoding" not in plain.headers
    assert plain.json() == fetched()


def test_another_version_is_not_found_before_this_one_is_kept_and_after():
    other = path(v="of-another-replica")
    answers = through_compression(other, path(), other)
    assert [answer.status_code for answer in answers] == [404, 200, 404]
    assert [answer.headers.get("cache-control") for answer in answers] == [None, YEAR, None]
