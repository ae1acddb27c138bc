"""Ask one host for one file, within limits that hold whatever the server does.

Standard library only. No cookies, no passwords, no proxy; sent on by the server, only to the same
host.
"""

from __future__ import annotations

import re
import ssl
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, IncompleteRead
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from geo.sources import messages
from geo.sources.address import PORTS, PRINTABLE
from geo.sources.connection import Clock, Limits, TimedReader, connected
from geo.sources.messages import ArchiveError, StatusError

USER_AGENT = "TermsOfTerritory (dashboard; reads a daily map when a reader asks for it)"
SENT_ON = (301, 302, 303, 307, 308)
CHUNK = 65_536


@dataclass(frozen=True)
class Answer:
    """What came: ``status`` (200, or 304 without a body), unpacked ``body``, validators."""

    status: int
    body: bytes
    etag: str
    modified: str


def get(address: str, conditions: Mapping[str, str], limits: Limits) -> Answer:
    """Fetch ``address``, with headers ``conditions`` besides. Raises :class:`ArchiveError`."""
    start = urlsplit(address)
    host = start.hostname or ""
    clock = Clock(limits, monotonic() + limits.whole)
    try:
        return _follow(start, conditions, clock)
    except TimeoutError as cause:
        raise ArchiveError(messages.LATE, host=host) from cause
    except ssl.SSLCertVerificationError as cause:
        reason = cause.verify_message
        raise ArchiveError(messages.UNTRUSTED, host=host, reason=reason) from cause
    except IncompleteRead as cause:
        raise ArchiveError(messages.CUT_OFF, host=host) from cause
    except HTTPException as cause:
        reason = type(cause).__name__
        raise ArchiveError(messages.BROKEN, host=host, reason=reason) from cause
    except OSError as cause:
        reason = cause.strerror or type(cause).__name__
        raise ArchiveError(messages.UNREACHABLE, host=host, reason=reason) from cause


def _follow(start: SplitResult, conditions: Mapping[str, str], clock: Clock) -> Answer:
    host, target = start.hostname or "", start
    for _ in range(clock.limits.sent_on + 1):
        with connected(target, clock) as sock:
            sock.sendall(_request(target, conditions))
            response = HTTPResponse(TimedReader(sock, clock), method="GET")  # type: ignore[arg-type]
            response.begin()
            if response.status not in SENT_ON:
                return _answer(response, host, clock.limits)
            target = _next(start, target, response.headers.get("Location", ""))
    raise ArchiveError(messages.ROUND, host=host, count=clock.limits.sent_on)


def _next(start: SplitResult, at: SplitResult, location: str) -> SplitResult:
    """Where the server sends on to: the same host and port only, or the same host by https."""
    try:
        target = urlsplit(urljoin(at.geturl(), location))
        same = _origin(target) in (_origin(start), _origin(start._replace(scheme="https")))
    except ValueError:
        same = False
    if not same or not PRINTABLE.fullmatch(target.geturl()) or target.username is not None:
        raise ArchiveError(messages.ELSEWHERE, host=start.hostname or "", address=location[:200])
    return target


def _origin(address: SplitResult) -> tuple[str, str | None, int | None]:
    return address.scheme, address.hostname, address.port or PORTS.get(address.scheme)


def _request(target: SplitResult, conditions: Mapping[str, str]) -> bytes:
    path = (target.path or "/") + (f"?{target.query}" if target.query else "")
    headers = {
        "Host": target.netloc,
        "User-Agent": USER_AGENT,
        "Accept": "application/geo+json, application/json",
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **conditions,
    }
    lines = [f"GET {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii")


def _answer(response: HTTPResponse, host: str, limits: Limits) -> Answer:
    if response.status not in (200, 304):
        raise StatusError(host, response.status)
    return Answer(
        response.status,
        _body(response, host, limits) if response.status == 200 else b"",
        _validator(response.headers.get("ETag", "")),
        _validator(response.headers.get("Last-Modified", "")),
    )


def _validator(text: str) -> str:
    """An ETag or a date that can be sent back, else nothing."""
    return text if re.fullmatch(r"[ -~]{1,200}", text) else ""


def _body(response: HTTPResponse, host: str, limits: Limits) -> bytes:
    """The body, unpacked piece by piece, so that none grows past the limit."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip"):
        raise ArchiveError(messages.PACKED, host=host, encoding=encoding[:40])
    too_large = ArchiveError(messages.TOO_LARGE, host=host, limit=f"{limits.largest / 1e6:g}")
    if (response.length or 0) > limits.largest:
        raise too_large
    unpack = zlib.decompressobj(wbits=31) if encoding == "gzip" else None
    body, received = bytearray(), 0
    while chunk := response.read(CHUNK):
        received += len(chunk)
        try:
            body += unpack.decompress(chunk, limits.largest + 1 - len(body)) if unpack else chunk
        except zlib.error as cause:
            raise ArchiveError(messages.PACKED, host=host, encoding=encoding) from cause
        if max(received, len(body)) > limits.largest:
            raise too_large
    if response.length or (unpack and not unpack.eof):
        raise ArchiveError(messages.CUT_OFF, host=host)
    return bytes(body)
