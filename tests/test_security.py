"""What the dashboard's answers tell a browser that it may do, and who may frame it."""

from __future__ import annotations

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from serving import security
from serving.answers import Answer, captured
from serving.errors import SettingError
from serving.first import PLACING
from serving.security import INDEX, Secured, frame_ancestors, script_hashes
from serving.settings import read_settings

FRAME_ANCESTORS = "TERRITORY_FRAME_ANCESTORS"

PAGE, FRAME, DOWNLOAD, DATA = "/clauses", "/component/m/index.html", "/media/a.html", "/data"


def ask(path: str, ancestors: str = "'self'", kind: str | None = None) -> Answer:
    """The answer for ``path``; of type ``kind``, if it is given."""
    html = [Route(each, lambda _: HTMLResponse("<p>")) for each in (PAGE, FRAME, DOWNLOAD)]
    routes = [*html, Route(DATA, lambda _: PlainTextResponse("1"))]
    if kind:
        routes = [Route(path, lambda _: Response(b"1", headers={"Content-Type": kind}))]
    app = Secured(Starlette(routes=routes), ancestors)
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    return asyncio.run(captured(app, scope))


def policy(answer: Answer) -> dict[str, list[str]]:
    directives = answer.header("content-security-policy").split("; ")
    return {name: sources for name, *sources in map(str.split, directives)}


@pytest.mark.parametrize("path", [PAGE, FRAME, DOWNLOAD, DATA, "/nowhere"])
def test_no_answer_is_guessed_at_and_all_is_denied_that_is_not_allowed(path):
    answer = ask(path)
    assert answer.header("x-content-type-options") == "nosniff"
    assert policy(answer)["default-src"] == ["'none'"]


@pytest.mark.parametrize("kind", ["text/javascript; charset=utf-8", "text/css", "font/woff2"])
def test_what_is_text_at_most_needs_no_policy_unless_a_reader_made_it(kind):
    at_most_text = ask("/static/js/a", kind=kind)
    assert at_most_text.header("content-security-policy") == ""
    assert at_most_text.header("x-content-type-options") == "nosniff"
    assert policy(ask(DOWNLOAD, kind=kind))["sandbox"] == []


@pytest.mark.parametrize("path", [PAGE, FRAME])
def test_page_and_frame_tell_other_sites_nothing_and_use_no_device(path):
    answer = ask(path)
    assert answer.header("referrer-policy") == "same-origin"
    assert answer.header("cross-origin-opener-policy") == "same-origin"
    assert answer.header("x-frame-options") == "SAMEORIGIN"
    abilities = answer.header("permissions-policy").split(", ")
    assert {"camera=()", "microphone=()", "geolocation=()"} <= set(abilities)


def test_what_a_browser_kept_keeps_its_headers():
    """Chromium puts the headers of a 304 in their place: a page would be blank when loaded anew."""

    async def known(scope, receive, send):
        await send({"type": "http.response.start", "status": 304, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    scope = {"type": "http", "method": "GET", "path": PAGE, "query_string": b"", "headers": []}
    assert asyncio.run(captured(Secured(known), scope)).headers == ()


@pytest.mark.parametrize("path", [PAGE, FRAME])
def test_no_document_may_load_from_another_host_or_turn_text_into_script(path):
    directives = policy(ask(path))
    for name, sources in directives.items():
        hosts = [source for source in sources if not source.startswith("'")]
        assert set(hosts) <= {"data:", "blob:"}, name
        assert "'unsafe-eval'" not in sources, name
    assert directives["base-uri"] == directives["form-action"] == ["'none'"]
    assert "data:" not in directives["script-src"]
    assert "object-src" not in directives


def test_script_inside_a_page_runs_only_if_it_is_streamlits_or_ours():
    scripts = policy(ask(PAGE))["script-src"]
    assert "'unsafe-inline'" not in scripts
    hashes = [source for source in scripts if source.startswith("'sha256-")]
    streamlits = script_hashes(INDEX.read_text(encoding="utf-8")).split()
    assert len(streamlits) == 1, "Streamlit's page has another number of scripts inside it"
    assert hashes == [*streamlits, script_hashes(f"<script>{PLACING}</script>")]


def test_script_written_as_text_runs_in_the_maps_frame_only():
    assert "'unsafe-inline'" in policy(ask(FRAME))["script-src"]


@pytest.mark.parametrize("path", [DOWNLOAD, DATA])
def test_what_is_no_document_of_ours_can_do_nothing_if_it_is_opened_as_one(path):
    assert policy(ask(path)) == {"default-src": ["'none'"], "sandbox": []}


@pytest.mark.parametrize("path", [PAGE, FRAME])
def test_other_sites_may_frame_page_and_map_only_if_the_operator_names_them(path):
    assert policy(ask(path))["frame-ancestors"] == ["'self'"]
    answer = ask(path, frame_ancestors("https://news.example  https://*.example.org:8443"))
    named = ["'self'", "https://news.example", "https://*.example.org:8443"]
    assert policy(answer)["frame-ancestors"] == named
    assert answer.header("x-frame-options") == "", "it cannot name other sites, so it must be gone"


@pytest.mark.parametrize("setting", ["", "   "])
def test_an_empty_setting_allows_no_other_site(setting):
    sites = read_settings({FRAME_ANCESTORS: setting}).frame_ancestors
    assert frame_ancestors(sites) == "'self'"


@pytest.mark.parametrize(
    "setting",
    [
        "news.example",
        "*",
        "'none'",
        "https://",
        "https://news.example/path",
        "https://a.example, https://b.example",
        "https://a.example; script-src *",
        "javascript:alert(1)",
    ],
)
def test_a_bad_setting_is_explained(setting):
    with pytest.raises(SettingError, match=f"{FRAME_ANCESTORS}.* is not the address of a site"):
        read_settings({FRAME_ANCESTORS: setting})


def test_a_sound_setting_is_read_from_the_environment():
    sites = read_settings({FRAME_ANCESTORS: "https://news.example"}).frame_ancestors
    assert frame_ancestors(sites) == "'self' https://news.example"


def test_what_streamlit_is_told_is_what_the_headers_rest_on():
    from streamlit import config

    config.get_config_options(force_reparse=True)
    assert config.get_option("server.enableXsrfProtection") is True
    assert config.get_option("server.enableCORS") is True
    assert config.get_option("server.enableAgentApi") is False
    assert config.get_option("client.showErrorDetails") == "none"
    assert config.get_option("browser.gatherUsageStats") is False


def test_no_message_is_left_to_the_browsers_memory():
    from streamlit import config

    config.get_config_options(force_reparse=True)
    largest = config.get_option("server.maxMessageSize") * 1_000_000
    assert config.get_option("global.minCachedMessageSize") > largest


def test_no_larger_file_is_received_than_can_be_read():
    from streamlit import config

    from geo.uploads.limits import LARGEST_FILE_MB

    config.get_config_options(force_reparse=True)
    assert config.get_option("server.maxUploadSize") == LARGEST_FILE_MB


def test_policies_name_no_directive_twice():
    for each in (security.PAGE, security.FRAME, security.REST):
        written = security.written(each, frame_ancestors="'self'").split("; ")
        names = [directive.split()[0] for directive in written]
        assert len(names) == len(set(names))
