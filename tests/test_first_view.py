"""What the page holds before any script has run: the finding and a picture of the map."""

from __future__ import annotations

import asyncio
import re
from contextvars import copy_context
from urllib.parse import parse_qs, quote

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from geo import paths
from geo.division import load_division
from geo.map_picture import outlines
from geo.palette import NEUTRALS
from geo.plan import DEFAULT_PLAN, load_plan
from pages.parts import first_view as module
from pages.parts.first_view import first_view
from pages.parts.head import finding
from pages.parts.scene import scene_of
from pages.parts.speech import LANGUAGES, speak
from pages.parts.view import LAYERS, PARAMETERS, View
from serving.answers import Answer, captured
from serving.compressed import Compressed
from serving.first import PLACING, first_seen
from serving.light_fonts import LightFonts
from serving.page import ELEMENTS, IMPORTED, SCRIPTS, StyledPage, preloaded_scripts
from serving.security import INDEX, Secured, script_hashes

OTHER_PLAN = "russia-memorandum-2025-06"

LINE = load_plan(DEFAULT_PLAN).line

HEADING = re.compile("<h1>.*?</h1>", re.DOTALL)

SHOWN = {
    "": (DEFAULT_PLAN, LINE),
    f"plan={OTHER_PLAN}": (OTHER_PLAN, load_plan(OTHER_PLAN).line),
    "line=2026-08-21": (DEFAULT_PLAN, "2026-08-21"),
    f"plan={OTHER_PLAN}&line=2024-11-21": (OTHER_PLAN, "2024-11-21"),
    "territory=UA-14&held_by=ukraine&utm_source=letter": (DEFAULT_PLAN, LINE),
    f"layers={','.join(LAYERS)}": (DEFAULT_PLAN, LINE),
}
"""Links, and the plan and the line that they show."""

NOT_SHOWN = (
    *("territory=UA-99", "plan=nobodys-plan", "line=1999-01-01", "place=atlantis", "clause=99"),
    *("lang=tlh", "territory=UA-14&territory=UA-23", "held_by=russia", "teritory=UA-14"),
    *("layers=ceded", "layers=none", "layers=line_of_contact,line_band"),
    *("plan=own", "line=own", "beside=own", "step=3"),
)
"""Links with notices, with hidden layers, to what is a reader's own."""

LONG = "A" * 10_000

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "{{ 7 * 7 }}",
    "\0",
    "UA-14\0",
    "../../../etc/passwd",
    LONG,
)


def seen(query: str, otherwise="en") -> str:
    """In a context of its own, as the server asks: the language goes with it."""
    return copy_context().run(first_view, parse_qs(query), otherwise)


def rows_of(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<path class="([^"]+)" d="([^"]+)"/>', html)


def found(plan: str, line: str, language="en") -> tuple[str, list[tuple[str, str]]]:
    """The headline, and class and outline of every zone, as page and map have them."""

    def made():
        speak(language)
        division = load_division(line)
        scene = scene_of(load_plan(plan), division)
        heading = HEADING.search(finding(View(load_plan(plan), line), scene))[0]
        rows = [
            (f"zone zone-{row['status']} held-{row['held_by'].lower()}", outlines(division)[zone])
            for zone, row in scene.zones.items()
        ]
        return heading, rows

    return copy_context().run(made)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", SHOWN)
def test_the_finding_is_the_pages_and_every_zone_has_its_status_and_holder(query, language):
    html = seen(query, language)
    heading, rows = found(*SHOWN[query], language)
    assert HEADING.findall(html) == [heading]
    assert rows_of(html) == rows
    assert len(rows) in (33, 35)


def test_plans_lines_and_languages_are_told_apart():
    asked = [(query, language) for query in list(SHOWN)[:4] for language in LANGUAGES]
    assert len({seen(query, language) for query, language in asked}) == len(asked)


def test_a_link_speaks_its_own_language_whatever_the_browser_speaks():
    assert seen("lang=uk", "zh") == seen("", "uk") != seen("", "zh")


@pytest.mark.parametrize("query", NOT_SHOWN)
def test_what_is_not_shown_as_it_stands_waits_for_the_page(query):
    assert seen(query) == ""


@pytest.mark.parametrize("name", [*PARAMETERS, "utm_source", "<b>", "a\0"])
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_of_a_hostile_link_gets_into_the_page(name, value):
    assert seen(f"{quote(name)}={quote(value)}") in ("", seen(""))


@given(
    st.dictionaries(
        st.sampled_from(PARAMETERS) | st.text(), st.lists(st.text(), max_size=3), max_size=4
    )
)
def test_whatever_is_asked_the_view_is_a_known_one_or_none(parameters):
    known = {"", *(seen("", language) for language in LANGUAGES)}
    assert copy_context().run(first_view, parameters, "en") in known


def test_data_that_cannot_be_read_is_left_to_the_page_to_tell(monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "DIVISIONS", tmp_path)
    load_division.cache_clear()
    module._first_view.cache_clear()
    assert seen("") == ""


@pytest.fixture(scope="module")
def served():
    """Streamlit's page behind the middleware that completes, compresses and secures it."""

    async def page(_request):
        return HTMLResponse(INDEX.read_text(encoding="utf-8"))

    app = Starlette(routes=[Route("/", page), Route("/{name}", page)])
    app = Secured(Compressed(LightFonts(StyledPage(app))))

    def ask(path: str, **headers: str) -> Answer:
        path, _, query = path.partition("?")
        pairs = [(name.replace("_", "-").encode(), v.encode()) for name, v in headers.items()]
        scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode()}
        return asyncio.run(captured(app, {**scope, "headers": pairs}))

    return ask


def test_the_maps_page_has_it_once_and_at_its_very_beginning(served):
    page = served("/").body.decode()
    assert page.count('id="first-view"') == page.count(seen("")) == page.count(PLACING) == 1
    assert re.search(r'<body>\s*<style>[^<]*</style>\s*<div id="first-view" lang="en">', page)
    assert page.index(PLACING) < page.index('id="root"')


@pytest.mark.parametrize("path", ["/clauses", "/towns", "/write", *(f"/?{q}" for q in NOT_SHOWN)])
def test_other_pages_and_links_that_wait_have_none_of_it(served, path):
    answer = served(path)
    assert answer.status == 200
    assert b"first-view" not in answer.body.partition(b"</head>")[2]
    assert PLACING.encode() not in answer.body


@pytest.mark.parametrize(
    ("path", "browser", "language"),
    [
        ("/", "uk-UA,uk;q=0.9,en;q=0.8", "uk"),
        ("/", "zh", "zh"),
        ("/", "fr-FR,uk;q=0.5", "en"),
        ("/?lang=zh", "uk", "zh"),
    ],
)
def test_the_page_is_answered_in_the_language_of_link_or_browser(served, path, browser, language):
    assert seen("", language) in served(path, accept_language=browser).body.decode()


def test_two_links_to_the_same_page_get_each_its_own_though_pages_are_kept(served):
    queries = ["", f"plan={OTHER_PLAN}", "line=2026-08-21", ""]
    answers = [served(f"/?{query}", accept_encoding="br") for query in queries]
    for query, answer in zip(queries, answers, strict=True):
        assert seen(query) in brotli.decompress(answer.body).decode()
    first, *others, again = [answer.header("etag") for answer in answers]
    assert first == again
    assert first not in others


def test_a_link_with_more_parameters_than_anyone_needs_is_answered(served):
    answer = served("/?" + "&".join(f"a{number}=1" for number in range(5_000)))
    assert answer.status == 200
    assert b'id="first-view"' not in answer.body


def test_the_policy_lists_every_script_inside_the_page_and_no_other(served):
    answer = served("/")
    directives = answer.header("content-security-policy").split("; ")
    (scripts,) = [each.split()[1:] for each in directives if each.startswith("script-src ")]
    listed = {source for source in scripts if source.startswith("'sha256-")}
    inside = script_hashes(answer.body.decode()).split()
    assert script_hashes(f"<script>{PLACING}</script>") in inside
    assert len(inside) == len(set(inside)) == 2
    assert listed == set(inside)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_has_the_colours_of_both_themes(theme):
    scope = {"type": "http", "query_string": b"", "headers": []}
    style = first_seen(scope).partition("</style>")[0]
    light, _, dark = style.partition("@media (prefers-color-scheme: dark)")
    of_theme = {"light": light, "dark": dark}[theme]
    for name, colour in NEUTRALS[theme].items():
        assert f"--{name}:{colour}" in of_theme
    assert ".picture .zone-ceded.held-russia{fill:var(--ceded-fill)}" in style
    assert ".picture .zone-ceded.held-ukraine{fill:var(--ceded-tint)}" in style


def told_ahead() -> list[str]:
    links = re.findall(r"<link [^>]*>", preloaded_scripts())
    assert links
    return [re.search(r' href="\./static/js/([\w.-]+\.js)"', link)[1] for link in links]


def test_scripts_told_ahead_exist_each_once_and_streamlit_tells_none_of_them():
    names = told_ahead()
    assert len(names) == len(set(names))
    assert [name for name in names if not (SCRIPTS / name).is_file()] == []
    page = INDEX.read_text(encoding="utf-8")
    assert [name for name in names if name in page] == []


def test_scripts_of_all_elements_and_what_they_import_are_told_ahead():
    names, page = told_ahead(), INDEX.read_text(encoding="utf-8")
    for element in ELEMENTS:
        assert len([name for name in names if name.startswith(f"{element}.")]) == 1, element
    for name in names:
        for imported in IMPORTED.findall((SCRIPTS / name).read_text(encoding="utf-8")):
            assert imported in names or imported in page, (name, imported)


def test_the_page_tells_of_them_in_its_head(served):
    for path in ("/", "/clauses"):
        assert preloaded_scripts().encode() in served(path).body.partition(b"</head>")[0]
