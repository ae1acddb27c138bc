"""An answer held whole, so that it can be changed or kept before it is sent."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Scope, Send


@dataclass(frozen=True)
class Answer:
    """Status, headers and body of an HTTP answer."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The value of one header, or nothing."""
        return Headers(raw=list(self.headers)).get(name, "")

    def with_headers(self, **values: str | None) -> Answer:
        """The same with headers set, or left out if ``None``; ``_`` stands for a hyphen."""
        headers = MutableHeaders(raw=list(self.headers))
        for name, value in values.items():
            if value is None:
                del headers[name.replace("_", "-")]
            else:
                headers[name.replace("_", "-")] = value
        return replace(self, headers=tuple(headers.raw))

    def with_body(self, body: bytes) -> Answer:
        """The same with another body."""
        return replace(self, body=body).with_headers(content_length=str(len(body)))

    async def send(self, send: Send) -> None:
        """Answer a request with it."""
        headers = list(self.headers)
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


async def captured(app: ASGIApp, scope: Scope, *without: str) -> Answer:
    """What ``app`` answers to a request that has no body, were it asked without some headers."""
    left_out = {name.encode() for name in without}
    headers = [(name, value) for name, value in scope["headers"] if name not in left_out]
    messages: list[Message] = []

    async def keep(message: Message) -> None:
        messages.append(message)

    # No extensions: a server that sends files by itself would leave us without the body.
    await app({**scope, "headers": headers, "extensions": {}}, _silence, keep)
    start, *parts = messages
    body = b"".join(part.get("body", b"") for part in parts)
    return Answer(start["status"], tuple(start.get("headers", ())), body)


async def _silence() -> Message:
    """A reader who says nothing more: the answer is made whether or not this one waits for it."""
    said: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
    return await said
