"""Uploads: how many, how large, how slow, and how much a page and a process hold of them."""

from __future__ import annotations

import asyncio

import pytest
from starlette.testclient import TestClient

from serving.brought import HELD_SECONDS, Brought
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
    seated(service.seats, session="in")
    assert not brought.is_too_much(10 * KILOBYTE)
    assert brought.is_too_much(11 * KILOBYTE)
    brought.forget()
    now[0] = HELD_SECONDS - 1
    brought.forget()
    assert set(brought.bytes) == {"gone", "in"}
    now[0] = HELD_SECONDS
    brought.forget()
    assert (dict(brought.bytes), brought.gone) == ({"in": 20 * KILOBYTE}, {})


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
        return await Upload(never, never, 0.01, brought(), "s-1").receive()

    before = refusals("slow")
    with pytest.raises(Exception, match="took too long") as refused:
        asyncio.run(waited())
    assert refused.value.status_code == 408
    assert refusals("slow") == before + 1


def test_a_file_that_is_too_large_is_counted_as_refused():
    async def refuse(_message):
        pass

    async def answered():
        upload = Upload(refuse, refuse, 1, brought(), "s-1")
        await upload.send({"type": "http.response.start", "status": 413})

    before = refusals("too_large")
    asyncio.run(answered())
    assert refusals("too_large") == before + 1
