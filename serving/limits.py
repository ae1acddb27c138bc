"""HTTP requests by the limits: pages while there is a place, uploads and downloads at a rate.

What this cannot hold off is a client that sends the head of a request byte by byte: uvicorn waits
for it without end (its ``timeout_keep_alive``, 5 s, counts between requests only). Such a
connection costs some memory and a descriptor but no place of a reader; a proxy in front ends it
(``client_header_timeout``, ``client_body_timeout``) and hands on whole requests only.
"""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from serving.brought import Brought, FileName
from serving.buckets import Buckets, address_of
from serving.metrics import REFUSED, UPLOADED, UPLOADS
from serving.names import browser_of
from serving.refusals import BUSY, ENDING, FULL, MUCH, OFTEN, SLOW, refusal, refused_page
from serving.routes import asks_for_page, route_of
from serving.service import Service


class Limits:
    """ASGI middleware: refuses what is beyond a limit with a sentence; all else passes."""

    def __init__(self, app: ASGIApp, service: Service):
        settings = service.settings
        self.app = app
        self.service = service
        self.session_uploads = Buckets(settings.uploads_per_minute)
        self.address_uploads = Buckets(settings.uploads_per_minute_of_address)
        self.downloads = Buckets(settings.downloads_per_minute_of_address)
        self.ahead = Buckets(settings.ahead_per_minute_of_address)
        self.brought = Brought(settings, service.seats)
        self.under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        file = file_named(scope)
        refused = self._refused(scope, file)
        if refused:
            await refused(scope, receive, send)
        elif file and scope["method"] == "PUT":
            await self._upload(file, scope, receive, send)
        elif file and scope["method"] == "DELETE":
            await self._delete(file, scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _refused(self, scope: Scope, file: FileName | None) -> Response | None:
        route = route_of(scope["path"])
        if asks_for_page(scope):
            return self._refused_page(scope)
        if self.service.draining and scope["path"].endswith("/_stcore/health"):
            # A page asks this before it connects; a proxy takes the answer for "ask another".
            return refusal("draining", 503, ENDING)
        if route == "media" and scope["method"] == "GET":
            wait = self.downloads.take(address_of(scope))
            return refusal("downloads", 429, OFTEN, wait) if wait else None
        if route == "ahead":  # the page does without
            wait = self.ahead.take(address_of(scope))
            return refusal("ahead", 429, OFTEN, wait) if wait else None
        if file and scope["method"] == "PUT":
            return self._refused_upload(scope, file.session)
        return None

    def _refused_page(self, scope: Scope) -> Response | None:
        if self.service.draining:
            return refused_page("draining", ENDING, wait=2)
        seats = self.service.seats
        if not seats.full:
            return None
        browser = browser_of(scope)
        if browser and seats.knows(browser):
            return None
        return refused_page("full", FULL, wait=30)

    def _refused_upload(self, scope: Scope, session: str) -> Response | None:
        wait = self.address_uploads.take(address_of(scope)) or self.session_uploads.take(session)
        if wait:
            return refusal("uploads", 429, OFTEN, wait)
        if self.under_way >= self.service.settings.uploads_at_once:
            return refusal("uploads_at_once", 503, BUSY, wait=5)
        self.brought.forget()
        announced = _announced(scope)
        if self.brought.is_too_much_for(session, announced):
            return refusal("much", 429, MUCH)
        if self.brought.is_too_much(announced):
            return refusal("full_of_files", 503, BUSY, wait=30)
        return None

    async def _upload(self, file: FileName, scope: Scope, receive: Receive, send: Send) -> None:
        upload = Upload(receive, send, self.service.settings.upload_seconds, self.brought, file)
        self.under_way += 1
        try:
            await self.app(scope, upload.receive, upload.send)
        finally:
            self.under_way -= 1
            upload.end()

    async def _delete(self, file: FileName, scope: Scope, receive: Receive, send: Send) -> None:
        async def noted(message: Message) -> None:
            if _is_success(message):
                self.brought.delete(file)
            await send(message)

        await self.app(scope, receive, noted)


class Upload:
    """One upload as it comes in: its bytes are counted and limited, as is its time."""

    def __init__(
        self, receive: Receive, send: Send, seconds: float, brought: Brought, file: FileName
    ):
        self._receive = receive
        self._send = send
        self.brought = brought
        self.file = file
        self.bytes = 0
        self.until = asyncio.get_running_loop().time() + seconds

    async def receive(self) -> Message:
        """The next part. Raises an HTTP 408 when the time is over, 429 or 503 without room."""
        try:
            async with asyncio.timeout_at(self.until):
                message = await self._receive()
        except TimeoutError as error:
            REFUSED.labels("slow").inc()
            raise HTTPException(408, "\n".join(SLOW)) from error
        number = len(message.get("body", b""))
        UPLOADED.inc(number)
        self.bytes += number
        self.brought.add(self.file.session, number)
        # Counted as it comes: not every upload announces its length.
        if self.brought.is_too_much_for(self.file.session):
            REFUSED.labels("much").inc()
            raise HTTPException(429, "\n".join(MUCH))
        if self.brought.is_too_much():
            REFUSED.labels("full_of_files").inc()
            raise HTTPException(503, "\n".join(BUSY))
        return message

    async def send(self, message: Message) -> None:
        """Pass the answer on; what it says of the upload is counted."""
        if _is_success(message):
            self.end(taken=True)  # before the page hears of it, which may delete the file at once
            UPLOADS.inc()
        elif message.get("status") == 413:
            REFUSED.labels("too_large").inc()
        await self._send(message)

    def end(self, taken: bool = False) -> None:
        """Nothing more comes in; unless the file was ``taken``, its bytes are held no longer."""
        self.brought.end(self.file, self.bytes, taken)
        self.bytes = 0


def file_named(scope: Scope) -> FileName | None:
    """The file that is brought or deleted: ``/_stcore/upload_file/SESSION/FILE``."""
    if route_of(scope["path"]) != "upload":
        return None
    parts = scope["path"].strip("/").split("/")
    return FileName(*parts[2:]) if len(parts) == 4 else None


def _is_success(message: Message) -> bool:
    return message["type"] == "http.response.start" and bool(message["status"] < 300)


def _announced(scope: Scope) -> int:
    """The bytes that a request says it has; 0 if it says nothing that is a number."""
    said = Headers(scope=scope).get("content-length", "")
    return int(said) if said.isdecimal() else 0
