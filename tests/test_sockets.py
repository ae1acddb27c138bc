"""What a page may say on its websocket, how much of it, and when it may stay silent."""

from __future__ import annotations

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from serving.conversation import BYTES_OF_A_TOKEN, Conversation
from serving.seats import Seat
from serving.service import LOOKED_S, Service
from serving.settings import Settings
from serving.sockets import LONGER, Sockets
from tests.asgi import begun, rerun
from tests.limited import connected, refusals, seated, served

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
    with client, connected(client, silent=True) as inside:
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
    with client, connected(client, silent=True, subprotocols=protocols):
        (conversation,) = service.conversations
        assert conversation.patience == patience


@pytest.mark.parametrize("end", [b"\xff\xff\xffgarbage", "silence", "goes"], ids=repr)
def test_nothing_is_begun_for_a_new_page_that_says_nothing_a_page_would_say(end):
    begun_for, service = [], Service(Settings(first_message_seconds=0.05))

    async def streamlit(websocket):
        await websocket.accept()
        begun_for.append(websocket)
        await websocket.receive_bytes()

    routes = [WebSocketRoute("/_stcore/stream", streamlit)]
    client = TestClient(Starlette(routes=routes, middleware=[Middleware(Sockets, service)]))
    with client, connected(client, silent=True) as inside:
        if isinstance(end, bytes):
            inside.send_bytes(end)
        if end != "goes":
            inside.receive()
    assert begun_for == []
    assert len(service.conversations) == 0
    with client, connected(client):
        pass
    assert len(begun_for) == 1


def conversation(frames: list[bytes], per_second: int = 30) -> tuple[Conversation, list]:
    sent: list = []

    async def receive():
        return {"type": "websocket.receive", "bytes": frames.pop(0)}

    async def send(message):
        sent.append(message)

    return Conversation(receive, send, Seat(), per_second, None), sent


def with_one_who_clicked() -> tuple[Service, Conversation]:
    """A process with one reader, who waits for an answer."""
    service, (reader, _sent) = Service(Settings()), conversation([])
    service.conversations.add(reader)
    reader.runs.asked()
    return service, reader


def test_a_newcomer_waits_until_the_click_of_a_reader_is_answered():
    async def come():
        service, reader = with_one_who_clicked()
        coming = asyncio.create_task(service.runs_have_passed(60))
        done, _ = await asyncio.wait({coming}, timeout=4 * LOOKED_S)
        assert not done
        reader.runs.begun()
        reader.runs.ended(ForwardMsg.FINISHED_SUCCESSFULLY)
        await asyncio.wait_for(coming, 30)

    asyncio.run(come())


def test_a_websocket_is_let_in_after_the_run_that_goes_on():
    reached = []

    async def app(_scope, _receive, _send):
        reached.append("app")

    async def come():
        service, reader = with_one_who_clicked()
        waited = service.runs_have_passed

        async def passed(longest):
            assert reached == []
            await waited(longest)
            reached.append("passed")

        service.runs_have_passed = passed
        scope = {"type": "websocket", "path": "/_stcore/stream", "headers": [], "client": None}
        await Sockets(app, service)(scope, reader.receive, reader.send)

    asyncio.run(come())
    assert reached == ["passed", "app"]


def test_a_newcomer_does_not_wait_for_a_run_without_end():
    async def come():
        service, _reader = with_one_who_clicked()
        await asyncio.wait_for(service.runs_have_passed(0.02), 30)

    asyncio.run(come())


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
