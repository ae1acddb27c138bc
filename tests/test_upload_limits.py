"""Uploads: how many, how large, how slow, and how much a page and a process hold of them."""

from __future__ import annotations

import asyncio

import pytest
from starlette.testclient import TestClient

from serving.brought import HELD_SECONDS, Brought, FileName
from serving.limits import Limits, Upload
from serving.seats import Seats
from serving.settings import Settings
from tests.asgi import counted
from tests.limited import connected, refusals, seated, served

KILOBYTE = 1024


def put(client: TestClient, session: str = "s-1"):
    return client.put(f"/_stcore/upload_file/{session}/f-1", content=b"x" * 1000)


@pytest.mark.parametrize("limit", ["uploads_per_minute", "uploads_per_minute_of_address"])
def test_uploads_have_a_rate_of_session_and_of_address(limit):
    client, _ = served(**{limit: 1})
    uploads, uploaded = counted("territory_uploads_total"), counted("territory_upload_bytes_total")
    with client, connected(client) as inside:
        inside.receive_bytes()
        assert [put(client).status_code for _ in range(2)] == [200, 429]
        assert client.get("/towns").status_code == 200
    assert counted("territory_uploads_total") == uploads + 1
    assert counted("territory_upload_bytes_total") == uploaded + 1000


def test_a_session_without_a_place_is_limited_too():
    """Streamlit takes the files of one that has come back and has not been named anew yet."""
    client, _ = served(uploads_per_minute=1)
    assert [put(client, "s-9").status_code for _ in range(2)] == [200, 429]


def brings(client: TestClient, session: str, kilobytes: int, **headers: str):
    path, parts = f"/_stcore/upload_file/{session}/f-1", iter([b"x" * KILOBYTE] * kilobytes)
    return client.put(path, content=parts, headers=headers)


@pytest.fixture
def small(monkeypatch):
    """Megabytes are kilobytes."""
    monkeypatch.setattr("serving.brought.MEGABYTE", KILOBYTE)


@pytest.mark.parametrize("announced", [True, False])
def test_a_session_brings_so_much_and_another_one_still_does(small, announced):
    client, _ = served(upload_mb_of_session=30)
    before = refusals("much")
    assert brings(client, "s-1", 20).status_code == 200
    headers = {"Content-Length": str(20 * KILOBYTE)} if announced else {}
    refused = brings(client, "s-1", 20, **headers)
    assert (refused.status_code, len(refused.text.splitlines())) == (429, 3)
    assert refused.text.startswith("This page has brought too many megabytes.")
    assert brings(client, "s-2", 20).status_code == 200
    assert refusals("much") == before + 1


def test_all_sessions_bring_so_much_until_some_are_gone_for_long(small):
    now = [0.0]
    _client, service = served(upload_mb=50)
    brought = Brought(service.settings, service.seats, clock=lambda: now[0])
    for session in ("gone", "in"):
        brought.add(session, 20 * KILOBYTE)
        brought.end(FileName(session, "f-1"), 20 * KILOBYTE, taken=True)
    seated(service.seats, session="in")
    assert not brought.is_too_much(10 * KILOBYTE)
    assert brought.is_too_much(11 * KILOBYTE)
    brought.forget()
    now[0] = HELD_SECONDS - 1
    brought.forget()
    assert set(brought.sessions) == {"gone", "in"}
    now[0] = HELD_SECONDS
    brought.forget()
    assert (set(brought.sessions), brought.gone) == ({"in"}, {})
    assert brought.held == 20 * KILOBYTE


@pytest.mark.parametrize("announced", [True, False])
def test_a_process_that_holds_so_many_bytes_is_busy(small, announced):
    client, _ = served(upload_mb=30)
    headers = {"Content-Length": str(20 * KILOBYTE)} if announced else {}
    before = refusals("full_of_files")
    assert brings(client, "s-1", 20).status_code == 200
    refused = brings(client, "s-2", 20, **headers)
    assert refused.status_code == 503
    assert refused.text.startswith("Too many files are being uploaded right now.")
    assert refusals("full_of_files") == before + 1


FILE = FileName("s-1", "f-1")


def requested(limits: Limits, method: str) -> int:
    """The status of a request for :data:`FILE` that has 20 KB of body."""
    path = f"/_stcore/upload_file/{FILE.session}/{FILE.file}"
    statuses = []

    async def body():
        return {"type": "http.request", "body": b"x" * 20 * KILOBYTE}

    async def send(message):
        statuses.append(message["status"])

    scope = {"type": "http", "method": method, "path": path, "headers": []}
    asyncio.run(limits(scope, body, send))
    return statuses[0]


def answering(status: int) -> Limits:
    """Limits before a Streamlit that reads what is brought and answers with ``status``."""

    async def app(scope, receive, send):
        if scope["method"] == "PUT":
            await receive()
        await send({"type": "http.response.start", "status": status, "headers": []})

    return Limits(app, served(upload_mb=50, upload_mb_of_session=1000)[1])


def test_a_file_is_held_until_it_is_deleted_and_its_session_has_sent_it_all_the_same(small):
    limits = answering(204)
    assert requested(limits, "PUT") == 204
    assert (limits.brought.held, limits.brought.under_way) == (20 * KILOBYTE, 0)
    assert requested(limits, "DELETE") == 204
    assert limits.brought.held == 0
    assert limits.brought.sessions["s-1"].sent == 20 * KILOBYTE


def test_a_file_that_takes_the_place_of_one_counts_instead_of_it(small):
    limits = answering(204)
    assert [requested(limits, "PUT") for _ in range(9)] == [204] * 9
    assert limits.brought.held == 20 * KILOBYTE


@pytest.mark.parametrize("status", [400, 408, 413, 500])
def test_what_streamlit_does_not_take_is_not_held(small, status):
    limits = answering(status)
    assert [requested(limits, "PUT") for _ in range(5)] == [status] * 5
    assert limits.brought.held == 0


def test_an_upload_that_breaks_off_is_not_held():
    limits = answering(204)

    async def broken(_scope, receive, _send):
        await receive()
        raise ConnectionError

    limits.app = broken
    with pytest.raises(ConnectionError):
        requested(limits, "PUT")
    assert (limits.brought.held, limits.under_way) == (0, 0)


def test_a_file_that_streamlit_does_not_delete_is_held_on(small):
    limits = answering(403)
    limits.brought.add("s-1", 5)
    limits.brought.end(FILE, 5, taken=True)
    assert requested(limits, "DELETE") == 403
    assert limits.brought.held == 5


def test_so_many_uploads_at_once():
    _client, service = served(uploads_at_once=1)
    going, let_go = asyncio.Event(), asyncio.Event()
    statuses = []

    async def slow(_scope, _receive, send):
        going.set()
        await let_go.wait()
        await send({"type": "http.response.start", "status": 204, "headers": []})

    async def send(message):
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    async def uploads():
        path = "/_stcore/upload_file/s-1/f-1"
        scope = {"type": "http", "method": "PUT", "path": path, "headers": []}
        limits = Limits(slow, service)
        first = asyncio.create_task(limits(scope, None, send))
        await going.wait()
        await limits(scope, None, send)
        let_go.set()
        await first
        await limits(scope, None, send)

    asyncio.run(uploads())
    assert statuses == [503, 204, 204]


def brought() -> Brought:
    return Brought(Settings(), Seats(1))


def test_an_upload_that_does_not_end_is_given_up():
    async def never():
        await asyncio.Event().wait()

    async def waited():
        return await Upload(never, never, 0.01, brought(), FILE).receive()

    before = refusals("slow")
    with pytest.raises(Exception, match="took too long") as refused:
        asyncio.run(waited())
    assert refused.value.status_code == 408
    assert refusals("slow") == before + 1


def test_a_file_that_is_too_large_is_counted_as_refused():
    async def refuse(_message):
        pass

    async def answered():
        upload = Upload(refuse, refuse, 1, brought(), FILE)
        await upload.send({"type": "http.response.start", "status": 413})

    before = refusals("too_large")
    asyncio.run(answered())
    assert refusals("too_large") == before + 1
