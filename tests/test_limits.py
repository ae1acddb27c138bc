"""Limits: who gets in, what may be asked how often, and what is said beyond."""

from __future__ import annotations

import asyncio
import time

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from serving.brought import HELD_SECONDS, Brought
from serving.buckets import Bucket, Buckets, address_of
from serving.conversation import BYTES_OF_A_TOKEN, Conversation
from serving.errors import SettingError
from serving.limits import Limits, Upload
from serving.seats import KEPT_SECONDS, Seat, Seats
from serving.service import Service
from serving.settings import Settings, read_settings
from serving.sockets import LONGER, Sockets
from tests.asgi import begun, counted, ended, rerun

TOKEN = b"0123456789abcdef"


def cookie() -> dict[str, str]:
    """The browser's token as Streamlit writes it, each time under another mask."""
    return {"Cookie": f"_streamlit_xsrf={generate_xsrf_token_string(TOKEN, 1)}"}


async def echo(websocket):
    """As Streamlit: says which session it is, then answers each request for a run."""
    await websocket.accept()
    await websocket.send_bytes(begun("s-1"))
    try:
        while True:
            await websocket.receive_bytes()
            await websocket.send_bytes(ended())
    except WebSocketDisconnect:
        pass


async def take(request):
    body = b"".join([part async for part in request.stream()])
    return PlainTextResponse(str(len(body)))


async def ok(_request):
    return PlainTextResponse("ok")


def served(**settings) -> tuple[TestClient, Service]:
    service = Service(Settings(**settings))
    routes = [
        WebSocketRoute("/_stcore/stream", echo),
        Route("/_stcore/upload_file/{session}/{file}", take, methods=["PUT"]),
        Route("/_stcore/health", ok),
        Route("/media/{name}", ok),
        Route("/{page:path}", ok),
    ]
    middleware = [Middleware(Limits, service), Middleware(Sockets, service)]
    app = Starlette(routes=routes, middleware=middleware)
    return TestClient(app, client=("192.0.2.7", 1)), service


def connected(client: TestClient, **options):
    return client.websocket_connect("/_stcore/stream", **options)


def refusals(reason: str) -> float:
    return counted("territory_refused_total", reason=reason)


# Places.


def test_when_all_places_are_taken_a_page_and_a_websocket_are_refused_in_three_languages():
    client, service = served(sessions=1)
    before = refusals("full")
    with client, connected(client) as inside:
        inside.receive_bytes()
        page = client.get("/towns")
        assert (page.status_code, page.headers["Retry-After"]) == (503, "30")
        for words in ("Too many readers", "забагато читачів", "读者过多"):
            assert words in page.text
        with pytest.raises(WebSocketDenialResponse) as refused, connected(client):
            pass
        assert refused.value.status_code == 503
        assert client.get("/static/index.js").status_code == 200
        inside.send_bytes(rerun())
        assert inside.receive_bytes() == ended()
        assert refusals("full") == before + 2
    service.seats.clock = lambda: time.monotonic() + KEPT_SECONDS
    assert client.get("/towns").status_code == 200


def test_who_is_in_may_load_the_page_anew_and_connect_again():
    client, service = served(sessions=1)
    with client:
        with connected(client, headers=cookie()) as inside:
            inside.receive_bytes()
            assert client.get("/towns").status_code == 503
            assert client.get("/towns", headers=cookie()).status_code == 200
        with pytest.raises(WebSocketDenialResponse), connected(client):
            pass
        with connected(client, headers=cookie()) as again:
            again.receive_bytes()
            assert len(service.seats.taken) == 1


def test_a_session_that_was_in_is_known_by_its_name_too():
    client, service = served(sessions=1)
    with client:
        with connected(client) as inside:
            inside.receive_bytes()
            with connected(client, subprotocols=["streamlit", "x", "s-1"]) as again:
                assert again.receive_bytes() == begun("s-1")
                assert inside.receive()["type"] == "websocket.close"
                assert len(service.seats.taken) == 1
        with connected(client, subprotocols=["streamlit", "x", "s-1"]) as later:
            later.receive_bytes()


def seated(seats: Seats, browser: str | None = None, session: str | None = None) -> Seat:
    """A place whose page the server has named."""
    seat = seats.take(browser)
    seat.session = session
    return seat


def test_a_place_is_kept_for_a_while_only():
    now = [0.0]
    seats = Seats(1, clock=lambda: now[0])
    seat = seated(seats, "a", "s-1")
    seats.leave(seat)
    seats.leave(seat)
    assert seats.take("b") is None
    now[0] = KEPT_SECONDS + 1
    assert seats.take("b") is not None
    assert not seats.knows("a")


def test_one_name_does_not_get_two_places():
    seats = Seats(1)
    assert seats.take("a")
    assert seats.take("a") is None


def test_a_page_that_the_server_never_named_keeps_no_place():
    """Streamlit refused it, say for its origin: else places could be kept without a connection."""
    seats = Seats(1)
    seats.leave(seats.take("a", "claimed"))
    assert not seats.full
    assert not seats.knows("claimed")


def test_a_place_has_the_names_of_its_page_and_none_of_older_ones():
    seats = Seats(2)
    for number in range(5):
        seats.leave(seated(seats, "a", f"s-{number}"))
    (seat,) = seats.kept
    assert (seat.browser, seat.session) == ("a", "s-4")


def test_of_two_pages_of_one_browser_each_gets_its_own_place_back():
    seats = Seats(2)
    first, second = seated(seats, "a", "s-1"), seated(seats, "a", "s-2")
    seats.leave(first)
    seats.leave(second)
    assert seats.take("a", "s-2").session == "s-2"
    assert [seat.session for seat in seats.kept] == ["s-1"]


def test_a_session_that_is_claimed_closes_no_page_unless_it_is_that_pages():
    client, service = served()
    with client, connected(client, subprotocols=["streamlit", "x", "guessed"]) as one:
        one.receive_bytes()
        with connected(client, subprotocols=["streamlit", "x", "guessed"]) as other:
            other.receive_bytes()
            assert len(service.seats.taken) == 2


def test_an_address_has_so_many_websockets_at_once():
    client, service = served(sockets_per_address=1)
    with client, connected(client) as inside:
        inside.receive_bytes()
        with pytest.raises(WebSocketDenialResponse) as refused, connected(client):
            pass
        assert refused.value.status_code == 429
    assert not service.addresses


def test_a_process_that_ends_takes_nobody_and_serves_who_is_in():
    client, service = served()
    with client, connected(client) as inside:
        inside.receive_bytes()
        service.draining = True
        assert client.get("/").status_code == 503
        assert client.get("/_stcore/health").status_code == 503
        assert client.get("/static/index.js").status_code == 200
        with pytest.raises(WebSocketDenialResponse), connected(client):
            pass
        inside.send_bytes(rerun())
        assert inside.receive_bytes() == ended()


# What is said on a websocket.

DEBUG = BackMsg(debug_shutdown_runtime=True).SerializeToString()


@pytest.mark.parametrize("frame", [b"\xff\xff\xffgarbage", b"", DEBUG, "text"], ids=repr)
def test_a_frame_that_no_page_sends_ends_the_conversation_without_a_word_in_the_log(frame, caplog):
    client, _ = served()
    before = refusals("garbage")
    with client, connected(client) as inside:
        inside.receive_bytes()
        if isinstance(frame, str):
            inside.send_text(frame)
        else:
            inside.send_bytes(frame)
        assert inside.receive()["code"] == 1002
    assert refusals("garbage") == before + 1
    assert caplog.records == []


def test_a_new_websocket_that_stays_silent_is_closed():
    client, _ = served(first_message_seconds=0.05)
    before = refusals("silent")
    with client, connected(client) as inside:
        inside.receive_bytes()
        assert inside.receive()["code"] == 1008
    assert refusals("silent") == before + 1


@pytest.mark.parametrize(
    ("protocols", "patience"),
    [
        ([], 3),
        (["streamlit", "x"], 3),
        (["streamlit", "x", "s-1"], None),
        (["streamlit", "x", "of-another-process"], 3 * LONGER),
    ],
)
def test_a_page_that_comes_back_may_stay_silent(protocols, patience):
    """It shows all it needs; Streamlit's page asks for nothing until the next click."""
    client, service = served(first_message_seconds=3)
    service.seats.leave(seated(service.seats, session="s-1"))
    with client, connected(client, subprotocols=protocols) as inside:
        inside.receive_bytes()
        (conversation,) = service.conversations
        assert conversation.patience == patience


def conversation(frames: list[bytes], per_second: int = 30) -> tuple[Conversation, list]:
    sent: list = []

    async def receive():
        return {"type": "websocket.receive", "bytes": frames.pop(0)}

    async def send(message):
        sent.append(message)

    return Conversation(receive, send, Seat(), per_second, None), sent


def test_a_page_that_has_gone_is_sent_nothing_more():
    async def receive():
        return {"type": "websocket.disconnect", "code": 1001}

    async def send(_message):
        pytest.fail("uvicorn takes nothing after the end")

    talk = Conversation(receive, send, Seat(), 30, None)

    async def end():
        await talk.receive()
        await talk.close(1012)

    asyncio.run(end())
    assert talk.closed == 1001


def test_a_large_message_counts_as_many_before_it_is_parsed():
    large = b"\xff" * (3 * BYTES_OF_A_TOKEN)
    talk, sent = conversation([large])
    full = talk.bucket.tokens
    asyncio.run(talk.receive())
    assert sent == [{"type": "websocket.close", "code": 1002}]
    assert talk.bucket.tokens == full - 4


def test_more_than_a_bucket_holds_is_taken_from_a_full_one_which_owes_the_rest():
    bucket = Bucket(2, 1, 2, 0)
    assert bucket.take(0, 5) == 0
    assert bucket.take(0) == 4
    assert bucket.take(0, 5) == 5


def test_a_page_that_sends_too_much_is_read_more_slowly_and_loses_nothing(monkeypatch):
    now, waits = [0.0], []

    class Clock:
        @staticmethod
        def monotonic():
            return now[0]

    async def sleep(seconds):
        waits.append(seconds)
        now[0] += seconds

    monkeypatch.setattr("serving.conversation.time", Clock)
    monkeypatch.setattr("serving.conversation.asyncio.sleep", sleep)
    talk, _ = conversation([rerun()] * 50, per_second=10)

    async def read_all():
        return [await talk.receive() for _ in range(50)]

    assert len(asyncio.run(read_all())) == 50
    assert sum(waits) == pytest.approx(3)  # 20 at once, 30 more at 10 a second


def test_nothing_is_sent_after_the_end():
    talk, sent = conversation([])

    async def end():
        await talk.close(1012)
        await talk.close(1000)
        with pytest.raises(OSError, match="closed"):
            await talk.send({"type": "websocket.send", "bytes": begun()})
        return await talk.receive()

    assert asyncio.run(end()) == {"type": "websocket.disconnect", "code": 1012}
    assert sent == [{"type": "websocket.close", "code": 1012}]


# What is asked how often.


def test_a_bucket_fills_again():
    now = [0.0]
    buckets = Buckets(per_minute=2, clock=lambda: now[0])
    assert [buckets.take("a"), buckets.take("a"), buckets.take("b")] == [0, 0, 0]
    assert buckets.take("a") == 30
    now[0] = 30
    assert buckets.take("a") == 0
    assert buckets.take("a") == 30


def test_many_addresses_cannot_fill_the_memory():
    buckets = Buckets(per_minute=1, most=100)
    for number in range(10_000):
        buckets.take(str(number))
        buckets.take("0")
    assert len(buckets.kept) == 100
    assert buckets.take("0") > 0


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:2", "2001:db8::/64"),
        ("testclient", "testclient"),
    ],
)
def test_what_counts_as_one_address(host, address):
    assert address_of({"client": (host, 1)}) == address
    assert address_of({"client": None}) == ""


def test_downloads_have_a_rate_with_a_sentence_beyond():
    client, _ = served(downloads_per_minute_of_address=2)
    assert [client.get("/media/a.csv").status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/media/a.csv")
    assert refused.headers["Retry-After"] == "30"
    assert refused.text.splitlines()[0] == (
        "That was asked for too often. Wait a little and try again."
    )
    assert len(refused.text.splitlines()) == 3


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


KILOBYTE = 1024


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


# What an operator sets.


def test_settings_come_from_the_environment():
    assert read_settings({}) == Settings()
    assert read_settings({"TERRITORY_SESSIONS": "40", "OTHER": "x"}).sessions == 40
    assert read_settings({"TERRITORY_SESSIONS": ""}).sessions == Settings().sessions


def test_a_name_that_is_no_setting_is_refused_and_the_archives_are_not():
    others = ("ARCHIVE_URL", "ARCHIVE_LICENCE", "ARCHIVE_CREDIT", "ARCHIVE_CACHE", "PORT")
    assert read_settings({f"TERRITORY_{name}": "x" for name in others}) == Settings()
    with pytest.raises(SettingError) as error:
        read_settings({"TERRITORY_SESSION": "40", "TERRITORY_SESSIONS": "0"})
    first, second = str(error.value).splitlines()
    assert first == (
        "TERRITORY_SESSION is no setting of the dashboard. Correct its name, or leave it out."
    )
    assert second.startswith("TERRITORY_SESSIONS is '0'")


def test_a_wrong_setting_is_a_sentence_and_all_of_them_are_named():
    wrong = {"TERRITORY_SESSIONS": "many", "TERRITORY_DRAIN_SECONDS": "-1"}
    with pytest.raises(SettingError) as error:
        read_settings(wrong)
    first, second = str(error.value).splitlines()
    assert first.startswith("TERRITORY_SESSIONS is 'many': Input should be a valid integer")
    assert first.endswith("leave it out for 1500.")
    assert second.startswith("TERRITORY_DRAIN_SECONDS is '-1': Input should be greater than")
