"""Websockets by the limits: who gets one, and where each conversation is kept while it lasts."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from serving.buckets import address_of
from serving.conversation import NORMAL, Conversation, Unheard
from serving.metrics import BEGUN, SESSIONS
from serving.names import browser_of, session_of
from serving.refusals import ENDING, FULL, OFTEN, refusal
from serving.service import Service

LONGER = 6
"""How many times as long as a new page one may stay silent that says it had a session elsewhere."""

GIVES_WAY_S = 0.05
"""So long at most a new websocket waits for the runs of those who are in.

Thousands that say nothing sensible are then between a reader's clicks, not in their midst. Where
somebody's run goes on at every moment it is 50 ms more of a page's two seconds.
"""


class Sockets:
    """ASGI middleware: lets a websocket in if there is a place, and follows what is said on it."""

    def __init__(self, app: ASGIApp, service: Service):
        self.app = app
        self.service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a websocket with an HTTP answer, or stay with it until it ends."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        if not self.service.draining:
            await self.service.runs_have_passed(GIVES_WAY_S)
        conversation = await self._admitted(scope, receive, send)
        if isinstance(conversation, Response):
            await WebSocket(scope, receive, send).send_denial_response(conversation)
            return
        await self._follow(conversation, scope)

    async def _admitted(
        self, scope: Scope, receive: Receive, send: Send
    ) -> Conversation | Response:
        service, settings = self.service, self.service.settings
        if service.draining:
            return refusal("draining", 503, ENDING)
        most = settings.sockets_per_address
        if most and service.addresses[address_of(scope)] >= most:
            return refusal("address", 429, OFTEN, wait=10)
        claimed = session_of(scope)
        patience = self._patience(claimed)
        if claimed:
            await self._replace(claimed)
        seat = service.seats.take(browser_of(scope), claimed)
        if seat is None:
            return refusal("full", 503, FULL, wait=30)
        return Conversation(receive, send, seat, settings.messages_per_second, patience)

    def _patience(self, claimed: str | None) -> float | None:
        """How long a page may stay silent: who comes back shows all it needs until a click."""
        seconds = self.service.settings.first_message_seconds
        if not claimed:
            return seconds
        return None if self.service.seats.knows(claimed) else LONGER * seconds

    async def _follow(self, conversation: Conversation, scope: Scope) -> None:
        service, address = self.service, address_of(scope)
        service.conversations.add(conversation)
        service.addresses[address] += 1
        send = conversation.send if session_of(scope) else conversation.send_to_new
        BEGUN.inc()
        SESSIONS.inc()
        try:
            with suppress(Unheard):
                await self.app(scope, conversation.receive, send)
        finally:
            SESSIONS.dec()
            service.conversations.remove(conversation)
            service.seats.leave(conversation.seat)
            service.addresses[address] -= 1
            if not service.addresses[address]:
                del service.addresses[address]

    async def _replace(self, session: str) -> None:
        """End the conversation that a page left behind when its network broke."""
        for other in list(self.service.conversations):
            if session == other.seat.session:
                self.service.seats.leave(other.seat)
                # A broken network does not take the message; uvicorn's ping finds that out.
                with suppress(TimeoutError):
                    async with asyncio.timeout(1):
                        await other.close(NORMAL)
