"""An address that is no page's leads to the nearest one."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from pages.parts.link import read_view
from serving.known_pages import KnownPages


@pytest.fixture(scope="module")
def client():
    served = Starlette(routes=[Route("/{path:path}", lambda _: PlainTextResponse("served"))])
    return TestClient(KnownPages(served), follow_redirects=False)


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    {
        "one level": ("/nopage", "/?no_page=nopage"),
        "below a page": ("/towns/foo", "/towns?no_page=towns%2Ffoo"),
        "with a view": ("/maps?plan=e3&q=a%20b", "/?plan=e3&q=a%20b&no_page=maps"),
        "marks of a query": ("/a%26lang=uk%3F", "/?no_page=a%26lang%3Duk%3F"),
        "another host": ("//example.org/towns", "/?no_page="),
        "broken lines": ("/a%0d%0aSet-Cookie:x", "/?no_page=a%0D%0ASet-Cookie%3Ax"),
    }.values(),
)
def test_what_is_no_page_leads_to_one(client, asked, leads_to):
    answer = client.get(f"http://testserver{asked}")
    assert answer.status_code == 302
    assert answer.headers["location"].startswith(leads_to)
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "asked",
    [
        *("/", "/towns", "/towns/", "/?plan=x"),
        *("/_stcore/health", "/towns/_stcore/health", "/healthz", "/ahead/a/b", "/x.txt"),
    ],
)
def test_what_is_a_page_or_none_at_all_is_served(client, asked):
    assert client.get(asked).text == "served"


def test_the_page_says_what_there_was_not_and_forgets_it():
    view = read_view({"no_page": ["<b>towns/foo"]})
    assert view.notices == ("There is no page “<b>towns/foo”; this one is shown instead.",)
    assert "no_page" not in view.parameters()
