"""Scripts, styles, fonts, map data and the page itself, compressed once and kept.

Streamlit sends its own scripts as they are and compresses a component's files anew for every
reader. Here each file is asked for once, compressed in a thread and answered from memory; what a
page answers is compressed likewise. Everything else passes.
"""

from __future__ import annotations

import asyncio
import hashlib
import posixpath
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from serving.answers import Answer, captured
from serving.encodings import SMALLEST, THOROUGH, Encoding, best_encoding, encoded
from serving.kept import Kept
from serving.lasting import assets_version, cache_control
from serving.paths import is_file, is_page

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

LANGUAGE = "Accept-Language"
"""The one header, besides the encoding, by which a page differs."""

MOST_BYTES = 48 * 1024 * 1024
"""Room for compressed files. All that the ten pages ask for takes some 4 MB; what
pages show ahead of their scripts 13 MB more, if readers look at every plan on every line."""

MOST_WAITING = 256
"""Bodies that wait to be compressed a second time; what comes beyond stays as it is. A first page
brings 130 at once, 5 MB; no more than 256 MB wait, whatever is asked for."""

MOST_THOROUGH = 1024 * 1024
"""Bytes of a body that is compressed a second time, thoroughly: 2 s of work at the most."""


class Compressed:
    """ASGI middleware: answers files and pages in the encoding that a reader's browser takes.

    ``version``: which ``?v=`` of a link belongs to the files that are served now.
    """

    def __init__(
        self,
        app: ASGIApp,
        most_bytes: int = MOST_BYTES,
        version: Callable[[], str] = assets_version,
    ):
        self.app = app
        self.version = version
        self.kept = Kept(most_bytes)
        self.improving: set[asyncio.Task[None]] = set()
        self._one_at_a_time = asyncio.Semaphore(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if not _is_plain_get(scope):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        encoding = best_encoding(headers.get("accept-encoding", ""))
        make = self.file if is_file(scope["path"]) else self.page
        answer = await make(scope, encoding)
        await _unless_known(answer, headers.get("if-none-match", "")).send(send)

    async def file(self, scope: Scope, encoding: Encoding | None) -> Answer:
        """A file that does not change, from memory if it was asked for before."""
        key = (scope["path"], encoding)

        async def make() -> Answer:
            answer = await self._asked(scope)
            if not _same_for_all(answer) or answer.header("cache-control") == "no-cache":
                return answer  # or a page in the place of a file that there is not
            return await self._compressed(answer, encoding, key)

        answer = await self.kept.get(key, make)
        said = cache_control(answer.header("cache-control"), scope, self.version)
        return answer.with_headers(cache_control=said) if said else answer

    async def page(self, scope: Scope, encoding: Encoding | None) -> Answer:
        """A page; what it holds differs by plan, line and language, and each is compressed once."""
        answer = await self._asked(scope)
        is_html = answer.header("content-type").startswith("text/html")
        if not is_html or not _same_for_all(answer):
            return answer
        key = (_digest(answer.body), encoding)
        return await self.kept.get(key, lambda: self._compressed(answer, encoding, key))

    async def _asked(self, scope: Scope) -> Answer:
        """The whole answer as it is: not shortened to "you know it", not compressed."""
        return await captured(
            self.app, scope, "accept-encoding", "if-none-match", "if-modified-since"
        )

    async def _compressed(self, answer: Answer, encoding: Encoding | None, key: Hashable) -> Answer:
        """``answer`` compressed, if that makes it smaller, and kept."""
        plain = _tagged(answer)
        made = plain
        if encoding and len(plain.body) >= SMALLEST:
            body = await asyncio.to_thread(encoded, plain.body, encoding)
            if len(body) < 0.9 * len(plain.body):  # fonts and pictures are packed already
                made = _in_encoding(plain, body, encoding)
        self.kept.put(key, made)
        if made is not plain and encoding == "br" and self._can_improve(plain):
            task = asyncio.create_task(self._improve(plain, key))
            self.improving.add(task)
            task.add_done_callback(self.improving.discard)
        return made

    def _can_improve(self, plain: Answer) -> bool:
        return len(plain.body) <= MOST_THOROUGH and len(self.improving) < MOST_WAITING

    async def _improve(self, plain: Answer, key: Hashable) -> None:
        """Compress again, as well as can be, while nobody waits for it."""
        async with self._one_at_a_time:
            if key not in self.kept:
                return
            body = await asyncio.to_thread(encoded, plain.body, "br", THOROUGH)
        if key in self.kept:
            self.kept.put(key, _in_encoding(plain, body, "br"))


def _is_plain_get(scope: Scope) -> bool:
    """Whether a whole file or page is asked for, by its one name.

    Parts of a file and other ways to write its path are left to Streamlit, as are components'
    files asked for with an origin, to which it answers with headers for that origin. Its own files
    have none: a browser names the origin for every script of the page, even of the same site.
    """
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    path = scope["path"]
    names = {name for name, _ in scope["headers"]}
    if b"range" in names or (b"origin" in names and "/static/" not in path):
        return False
    return (is_file(path) or is_page(path)) and posixpath.normpath(path) == path


def _same_for_all(answer: Answer) -> bool:
    """Whether it is an answer for every reader: a whole one that sets no cookie."""
    return answer.status == 200 and not answer.header("set-cookie")


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:20]


def _tagged(answer: Answer) -> Answer:
    """``answer`` with an ETag of its content, which stays when a copy is compressed again."""
    tag = f'W/"{_digest(answer.body)}"'
    varies = (
        "Accept-Language, Accept-Encoding"
        if answer.header("vary") == LANGUAGE
        else "Accept-Encoding"
    )
    return answer.with_headers(etag=tag, last_modified=None, vary=varies)


def _in_encoding(plain: Answer, body: bytes, encoding: Encoding) -> Answer:
    tag = plain.header("etag").removesuffix('"') + f'-{encoding}"'
    changed = plain.with_body(body).with_headers(content_encoding=encoding, etag=tag)
    return changed.with_headers(accept_ranges=None)


def _unless_known(answer: Answer, known: str) -> Answer:
    """``answer``, or a 304 if the reader's browser has it: ``known`` is its If-None-Match."""
    tag = answer.header("etag")
    if not tag or tag not in (each.strip() for each in known.split(",")):
        return answer
    named = ("etag", "vary", "cache-control")
    headers = tuple((name, value) for name, value in answer.headers if name.decode() in named)
    return Answer(304, headers, b"")
