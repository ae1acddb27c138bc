"""One page's websocket: what it says is checked, how long runs take is measured."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from starlette.types import Message, Receive, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from serving.buckets import Bucket
from serving.metrics import LATENCY, REFUSED, RERUNS
from serving.seats import Seat

LARGEST_PARSED = 16_384
"""Larger messages to a page hold what it shows, never the begin or end of a run (bytes)."""

BYTES_OF_A_TOKEN = 65_536
"""A message counts once, and once more for each so many bytes that it has."""

NORMAL, PROTOCOL_ERROR, NO_CODE, POLICY_VIOLATION = 1000, 1002, 1005, 1008


class Unheard(Exception):  # noqa: N818 - an end like any other
    """A new page's websocket ended before it said anything that a page would say."""


class Conversation:
    """Wraps the two ends of an ASGI websocket."""

    def __init__(
        self, receive: Receive, send: Send, seat: Seat, per_second: int, patience: float | None
    ):
        """``patience``: seconds until the first message has to be here, if it has to."""
        self._receive = receive
        self._send = send
        self.seat = seat
        self.patience = patience
        self._first: Message | None = None
        self.bucket = Bucket(2 * per_second, per_second, 2 * per_second, time.monotonic())
        self.runs = Runs()
        self.closed: int | None = None

    async def receive(self) -> Message:
        """The page's next message, if it is one; else the end of the conversation."""
        if self.closed is not None:
            return self._ended()
        if self._first:
            first, self._first = self._first, None
            return first
        try:
            async with asyncio.timeout(self.patience):
                message = await self._receive()
        except TimeoutError:
            return await self._refuse("silent", POLICY_VIOLATION)
        if message["type"] == "websocket.disconnect":
            self.closed = message.get("code", NO_CODE)
        if message["type"] != "websocket.receive":
            return message
        self.patience = None
        data = message.get("bytes") or b""
        # A page that says too much is read more slowly; TCP holds back the rest.
        while wait := self.bucket.take(time.monotonic(), 1 + len(data) // BYTES_OF_A_TOKEN):
            await asyncio.sleep(wait)
        kind = _kind_of(data)
        if kind is None:
            return await self._refuse("garbage", PROTOCOL_ERROR)
        if kind == "rerun_script":
            self.runs.asked()
        return message

    async def send(self, message: Message) -> None:
        """Pass a message on to the page. Raises ``OSError`` if the conversation has ended."""
        if self.closed is not None:
            raise OSError("The websocket has been closed.")
        data = message.get("bytes")
        if data and len(data) <= LARGEST_PARSED:
            self._note(data)
        if message["type"] == "websocket.close":
            self.closed = message.get("code", NORMAL)
        await self._send(message)

    async def send_to_new(self, message: Message) -> None:
        """As :meth:`send`, for a page that has no session yet.

        Streamlit makes one as soon as a websocket is open, and keeps it a while after: it waits
        here until the page has said its first word. Raises :class:`Unheard` if that is none.
        """
        await self.send(message)
        if message["type"] == "websocket.accept":
            self._first = await self.receive()
            if self.closed is not None:
                raise Unheard

    async def close(self, code: int) -> None:
        """End the conversation; a page that gets 1012 connects again at once."""
        if self.closed is None:
            self.closed = code
            # The page has just gone by itself; uvicorn says that it has closed already otherwise.
            with suppress(OSError, RuntimeError):
                await self._send({"type": "websocket.close", "code": code})

    def _note(self, data: bytes) -> None:
        said = ForwardMsg.FromString(data)
        kind = said.WhichOneof("type")
        if kind == "new_session":
            session = said.new_session.initialize.session_id
            self.seat.session = session
            self.runs.begun()
        elif kind == "script_finished":
            self.runs.ended(said.script_finished)

    async def _refuse(self, reason: str, code: int) -> Message:
        REFUSED.labels(reason).inc()
        await self.close(code)
        return self._ended()

    def _ended(self) -> Message:
        return {"type": "websocket.disconnect", "code": self.closed}


class Runs:
    """When a run was asked for, so that its end says how long the page waited."""

    def __init__(self) -> None:
        self._asked: float | None = None
        self._running: float | None = None

    @property
    def busy(self) -> bool:
        """Whether a run goes on or is still to begin."""
        return self._asked is not None or self._running is not None

    def asked(self) -> None:
        """The page asks for a run; of several before it begins the first counts."""
        self._asked = self._asked or time.monotonic()

    def begun(self) -> None:
        """A run begins, for all that was asked for by now."""
        self._running = self._asked or time.monotonic()
        self._asked = None

    def ended(self, how: ForwardMsg.ScriptFinishedStatus.ValueType) -> None:
        """A run has ended; one that was cut short for another goes on in that one."""
        began, self._running = self._running, None
        if how == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self._asked = began
            return
        fragment = how == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
        kind = "fragment" if fragment else "full"
        RERUNS.labels(kind).inc()
        if began is not None:
            LATENCY.labels(kind).observe(time.monotonic() - began)


def _kind_of(data: bytes) -> str | None:
    """What a frame asks for; nothing if no page of ours would send it."""
    try:
        kind = BackMsg.FromString(data).WhichOneof("type")
    except DecodeError:
        return None
    return None if kind and kind.startswith("debug_") else kind
