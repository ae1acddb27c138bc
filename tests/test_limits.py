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

from serving.buckets import Buckets, address_of
from serving.conversation import Conversation
from serving.errors import SettingError
from serving.limits import Limits, Upload
from serving.seats import KEPT_SECONDS, Seat, Seats
from serving.service import Service
from serving.settings import Settings, read_settings
from serving.sockets import Sockets
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


def test_a_place_is_kept_for_a_while_only():
    now = [0.0]
    seats = Seats(1, clock=lambda: now[0])
    seat = seats.take(frozenset({"a"}))
    seats.leave(seat)
    seats.leave(seat)
    assert seats.take(frozenset({"b"})) is None
    now[0] = KEPT_SECONDS + 1
    assert seats.take(frozenset({"b"})) is not None
    assert not seats.knows(frozenset({"a"}))


def test_one_name_does_not_get_two_places():
    seats = Seats(1)
    assert seats.take(frozenset({"a"}))
    assert seats.take(frozenset({"a"})) is None


def test_nameless_pages_keep_no_place():
    seats = Seats(1)
    seats.leave(seats.take(frozenset()))
    assert not seats.full


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
    [([], 3), (["streamlit", "x"], 3), (["streamlit", "x", "s-1"], None)],
)
def test_a_page_that_comes_back_may_stay_silent(protocols, patience):
    """It shows all it needs; Streamlit's page asks for nothing until the next click."""
    client, service = served(first_message_seconds=3)
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

    return Conversation(receive, send, Seat(frozenset()), per_second, None), sent


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


def test_an_upload_of_nobody_is_left_to_streamlit_which_refuses_it_unread():
    client, _ = served(uploads_per_minute=1)
    assert [put(client, "nobody").status_code for _ in range(3)] == [200, 200, 200]


def test_so_many_uploads_at_once():
    _client, service = served(uploads_at_once=1)
    service.seats.take(frozenset({"s-1"}))
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
        scope = {"type": "http", "method": "PUT", "path": "/_stcore/upload_file/s-1/f-1"}
        limits = Limits(slow, service)
        first = asyncio.create_task(limits(scope, None, send))
        await going.wait()
        await limits(scope, None, send)
        let_go.set()
        await first
        await limits(scope, None, send)

    asyncio.run(uploads())
    assert statuses == [503, 204, 204]


def test_an_upload_that_does_not_end_is_given_up():
    async def never():
        await asyncio.Event().wait()

    async def waited():
        return await Upload(never, never, seconds=0.01).receive()

    before = refusals("slow")
    with pytest.raises(Exception, match="took too long") as refused:
        asyncio.run(waited())
    assert refused.value.status_code == 408
    assert refusals("slow") == before + 1


def test_a_file_that_is_too_large_is_counted_as_refused():
    async def refuse(_message):
        pass

    async def answered():
        upload = Upload(refuse, refuse, seconds=1)
        await upload.send({"type": "http.response.start", "status": 413})

    before = refusals("too_large")
    asyncio.run(answered())
    assert refusals("too_large") == before + 1


# What an operator sets.


def test_settings_come_from_the_environment():
    assert read_settings({}) == Settings()
    assert read_settings({"TERRITORY_SESSIONS": "40", "OTHER": "x"}).sessions == 40
    assert read_settings({"TERRITORY_SESSIONS": ""}).sessions == Settings().sessions


def test_a_wrong_setting_is_a_sentence_and_all_of_them_are_named():
    wrong = {"TERRITORY_SESSIONS": "many", "TERRITORY_DRAIN_SECONDS": "-1"}
    with pytest.raises(SettingError) as error:
        read_settings(wrong)
    first, second = str(error.value).splitlines()
    assert first.startswith("TERRITORY_SESSIONS is 'many': Input should be a valid integer")
    assert first.endswith("leave it out for 1500.")
    assert second.startswith("TERRITORY_DRAIN_SECONDS is '-1': Input should be greater than")
