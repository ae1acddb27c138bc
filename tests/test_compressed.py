"""Files and pages compressed once, kept, and told apart by what may change."""

from __future__ import annotations

import asyncio
import gzip
import random

import brotli
import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from geo.paths import DATA
from serving.answers import Answer, captured
from serving.compressed import Compressed
from serving.encodings import THOROUGH, best_encoding, encoded
from serving.kept import Kept
from serving.lasting import ASK_AGAIN, YEAR

IMMUTABLE = "public, immutable, max-age=31536000"
SCRIPT = b"export const land = 'Donetsk oblast';\n" * 200
OUTLINES = (DATA / "territories.overview.geojson").read_bytes()
NOISE = random.Random(1).randbytes(4000)


class Served:
    """A small app as Streamlit's, behind the middleware; it counts what it was asked for."""

    def __init__(self, **options):
        self.asked: list[str] = []
        self.cookie = ""
        self.page = b"<html>" + b"<p>Terms of Territory</p>" * 100
        routes = [
            Route("/static/app.js", self.answering(SCRIPT, "text/javascript", IMMUTABLE)),
            Route("/static/text.woff2", self.answering(NOISE, "font/woff2", IMMUTABLE)),
            Route("/static/gone.js", self.answering(self.page, "text/html", "no-cache")),
            Route("/component/m/map.geojson", self.answering(OUTLINES, "application/json")),
            Route("/component/m/main.521860b0.js", self.answering(SCRIPT, "text/javascript")),
            Route("/component/m/index.html", self.answering(self.page, "text/html", "no-cache")),
            Route("/_stcore/health", lambda _: PlainTextResponse("ok" * 1000)),
            Route("/{page}", lambda _: HTMLResponse(self.page, headers=self.of_page())),
        ]
        self.app = Compressed(Starlette(routes=routes), version=lambda: "now", **options)

    def of_page(self) -> dict[str, str]:
        return {"cache-control": "no-cache", **({"set-cookie": self.cookie} if self.cookie else {})}

    def answering(self, body: bytes, kind: str, said: str = "public"):
        async def answer(request):
            self.asked.append(request.url.path)
            await asyncio.sleep(0)  # others may come in between, as while a file is read
            span = request.headers.get("range")
            headers = {"cache-control": said, "etag": '"plain"', "last-modified": "yesterday"}
            shown = body[:10] if span else body
            return Response(shown, 206 if span else 200, headers, media_type=kind)

        return answer

    def ask(self, path: str, **headers: str) -> Answer:
        return asyncio.run(self.asking(path, **headers))

    async def asking(self, path: str, method="GET", **headers: str) -> Answer:
        pairs = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
        path, _, query = path.partition("?")
        scope = {"type": "http", "method": method, "path": path, "query_string": query.encode()}
        return await captured(self.app, {**scope, "headers": [(b"host", b"here"), *pairs]})


@pytest.fixture
def served():
    return Served()


@pytest.mark.parametrize(
    ("accept", "taken"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("GZIP", "gzip"),
        ("*", "br"),
        ("*;q=0", None),
        ("br;q=nonsense", None),
        ("identity", None),
        ("", None),
    ],
)
def test_an_encoding_is_taken_only_where_it_is_not_refused(accept, taken):
    assert best_encoding(accept) == taken


@pytest.mark.parametrize(
    ("encoding", "undone"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_what_is_compressed_comes_back(served, encoding, undone):
    for path, body in [("/static/app.js", SCRIPT), ("/component/m/map.geojson", OUTLINES)]:
        answer = served.ask(path, accept_encoding=encoding)
        assert answer.header("content-encoding") == encoding
        assert answer.header("vary") == "Accept-Encoding"
        assert int(answer.header("content-length")) == len(answer.body) < len(body)
        assert undone(answer.body) == body
        assert encoded(body, encoding) == encoded(body, encoding)


def test_who_takes_no_encoding_gets_the_file_and_shared_caches_know_why(served):
    answer = served.ask("/static/app.js", accept_encoding="identity")
    assert answer.body == SCRIPT
    assert answer.header("content-encoding") == ""
    assert answer.header("vary") == "Accept-Encoding"


def test_what_is_packed_already_is_sent_as_it_is(served):
    answer = served.ask("/static/text.woff2", accept_encoding="br")
    assert answer.body == NOISE
    assert answer.header("content-encoding") == ""


def test_of_many_readers_at_once_one_makes_the_app_work(served):
    async def crowd():
        asking = [served.asking("/static/app.js", accept_encoding="br") for _ in range(50)]
        return await asyncio.gather(*asking)

    answers = asyncio.run(crowd())
    assert {answer.body for answer in answers} == {answers[0].body}
    assert served.asked == ["/static/app.js"]
    assert brotli.decompress(served.ask("/static/app.js", accept_encoding="br").body) == SCRIPT
    assert served.asked == ["/static/app.js"]


def test_a_reader_who_leaves_takes_nothing_from_the_others(served):
    async def two():
        first = asyncio.create_task(served.asking("/static/app.js", accept_encoding="br"))
        second = asyncio.create_task(served.asking("/static/app.js", accept_encoding="br"))
        await asyncio.sleep(0)
        first.cancel()
        return await second

    assert brotli.decompress(asyncio.run(two()).body) == SCRIPT


def test_what_was_compressed_quickly_is_compressed_well_later(served):
    async def until_well():
        first = await served.asking("/component/m/map.geojson", accept_encoding="br")
        await asyncio.gather(*served.app.improving)
        return first, await served.asking("/component/m/map.geojson", accept_encoding="br")

    first, later = asyncio.run(until_well())
    assert len(later.body) < len(first.body)
    assert brotli.decompress(later.body) == OUTLINES
    assert later.header("etag") == first.header("etag")
    assert int(later.header("content-length")) == len(later.body)


def test_all_files_of_a_page_are_compressed_well_however_quickly_they_are_asked_for(served):
    text = [
        b"export const land = [%d, 'Donetsk oblast'];\n" % number * 200 for number in range(130)
    ]
    plain = {f"/static/{number}.js": body for number, body in enumerate(text)}
    headers = {"cache-control": IMMUTABLE}

    async def answer(request):
        return Response(plain[request.url.path], headers=headers, media_type="text/javascript")

    files = Starlette(routes=[Route("/static/{name}", answer)])
    served.app = Compressed(files, version=lambda: "now")

    async def all_at_once():
        await asyncio.gather(*(served.asking(path, accept_encoding="br") for path in plain))
        await asyncio.gather(*served.app.improving)
        return [await served.asking(path, accept_encoding="br") for path in plain]

    well = [encoded(body, "br", THOROUGH) for body in plain.values()]
    assert [answer.body for answer in asyncio.run(all_at_once())] == well


def test_a_browser_that_has_the_file_is_told_so_and_no_other(served):
    answer = served.ask("/component/m/map.geojson", accept_encoding="br")
    known = answer.header("etag")
    again = served.ask(
        "/component/m/map.geojson", accept_encoding="br", if_none_match=f'"other", {known}'
    )
    assert (again.status, again.body) == (304, b"")
    assert again.header("etag") == known
    assert again.header("vary") == "Accept-Encoding"
    assert again.header("cache-control") == answer.header("cache-control")
    as_gzip = served.ask("/component/m/map.geojson", accept_encoding="gzip", if_none_match=known)
    assert as_gzip.status == 200
    assert as_gzip.header("etag") not in ("", known)


def test_a_part_of_a_file_is_left_to_the_app(served):
    answer = served.ask("/static/app.js", accept_encoding="br", range="bytes=0-9")
    assert (answer.status, answer.body) == (206, SCRIPT[:10])
    assert answer.header("etag") == '"plain"'


@pytest.mark.parametrize(
    ("path", "lasts"),
    [
        ("/component/m/map.geojson?v=now", YEAR),
        ("/component/m/map.geojson?v=of-another-replica", ASK_AGAIN),
        ("/component/m/map.geojson?v=now&v=other", ASK_AGAIN),
        ("/component/m/map.geojson", ASK_AGAIN),
        ("/component/m/main.521860b0.js", YEAR),
        ("/component/m/index.html", "no-cache"),
        ("/static/app.js", IMMUTABLE),
        ("/clauses", "no-cache"),
    ],
)
def test_only_what_never_changes_is_kept_for_a_year(served, path, lasts):
    assert served.ask(path, accept_encoding="br").header("cache-control") == lasts


def test_a_page_is_compressed_and_a_new_one_is_never_an_old_one(served):
    first = served.ask("/clauses", accept_encoding="br")
    assert brotli.decompress(first.body) == served.page
    served.page = served.page.replace(b"Terms", b"Words")
    second = served.ask("/clauses", accept_encoding="br", if_none_match=first.header("etag"))
    assert second.status == 200
    assert brotli.decompress(second.body) == served.page


def test_a_readers_cookie_is_never_kept_for_another(served):
    for cookie in ("a=1", "a=2"):
        served.cookie = cookie
        assert served.ask("/clauses", accept_encoding="br").header("set-cookie") == cookie
    served.cookie = ""
    assert served.ask("/clauses", accept_encoding="br").header("set-cookie") == ""


def test_what_one_reader_is_answered_alone_is_given_to_no_other_who_waits():
    number = iter(range(10))

    async def own(_request):
        cookie = f"reader={next(number)}"
        await asyncio.sleep(0)  # the others come in while this one is made
        return Response(SCRIPT, 200, {"set-cookie": cookie}, media_type="text/javascript")

    served = Served()
    served.app = Compressed(Starlette(routes=[Route("/static/own.js", own)]))

    async def crowd():
        return await asyncio.gather(*[served.asking("/static/own.js") for _ in range(5)])

    answers = asyncio.run(crowd())
    assert {answer.header("set-cookie") for answer in answers} == {f"reader={n}" for n in range(5)}


def test_a_page_in_the_place_of_a_file_is_not_kept(served):
    for _ in range(2):
        assert served.ask("/static/gone.js", accept_encoding="br").body == served.page
    assert served.asked == ["/static/gone.js"] * 2


@pytest.mark.parametrize("path", ["/_stcore/health", "/static/./app.js"])
def test_states_and_other_ways_to_write_a_path_pass(served, path):
    assert served.ask(path, accept_encoding="br").header("content-encoding") == ""


def test_a_components_file_for_another_origin_is_the_apps_to_answer(served):
    served.ask("/component/m/map.geojson", accept_encoding="br")
    answer = served.ask("/component/m/map.geojson", accept_encoding="br", origin="https://else")
    assert answer.header("etag") == '"plain"'
    assert served.asked == ["/component/m/map.geojson"] * 2


def test_no_more_is_kept_than_there_is_room_for():
    kept = Kept(most_bytes=80)

    async def use() -> None:
        for name in "abcdefghijkl":
            kept.put(name, Answer(200, (), b"x" * 10))
            await kept.get("a", unasked)
        kept.put("huge", Answer(200, (), b"x" * 11))

    async def unasked() -> Answer:
        pytest.fail("the one that is asked for again and again should have been kept")

    asyncio.run(use())
    assert [name for name in "abcdefghijkl" if name in kept] == list("afghijkl")
    assert kept.bytes == 80
    assert "huge" not in kept


def test_a_fault_is_told_to_all_who_wait_and_the_next_reader_asks_anew():
    kept, tries = Kept(most_bytes=100), []

    async def broken() -> Answer:
        tries.append(1)
        await asyncio.sleep(0)
        raise OSError("the file could not be read")

    async def two():
        return await asyncio.gather(
            kept.get("a", broken), kept.get("a", broken), return_exceptions=True
        )

    assert [type(each) for each in asyncio.run(two())] == [OSError, OSError]
    assert tries == [1]
    asyncio.run(two())
    assert tries == [1, 1]
