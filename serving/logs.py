"""The log: one JSON object a line on stderr, plain lines where a person reads along.

It says what was asked for by class, never who asked or for which town: no address, no browser,
no query, no session. Of what a library logs the bare template is kept, as its values may be such;
a traceback is kept whole.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit import logger as streamlit_logger

from serving.metrics import REQUESTS
from serving.routes import route_of

LOG = logging.getLogger("territory")
QUIET = {"file", "health", "metrics"}
"""Classes of requests that are many and say little: logged at DEBUG."""


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time (UTC), level, logger, event, measures, traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of ``record``, without its end."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": event_of(record),
            **getattr(record, "measured", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class PlainLines(logging.Formatter):
    """A record for a person: level and event, what is measured behind it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of ``record``; a traceback under it."""
        measured = getattr(record, "measured", {})
        words = [f"{name}={value}" for name, value in measured.items()]
        line = " ".join([f"{record.levelname}: {event_of(record)}", *words])
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def event_of(record: logging.LogRecord) -> str:
    """What happened: our own words whole, a library's without the values in them."""
    return record.getMessage() if record.name == LOG.name else str(record.msg)


def start_logging(level: str | None = None, stream: Any = None) -> None:
    """Let everything be logged to ``stream`` (stderr), from ``level`` on, in one form."""
    stream = stream or sys.stderr
    plain = stream.isatty()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PlainLines() if plain else JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    least = level or ("WARNING" if plain else "INFO")
    root.setLevel(least)
    LOG.setLevel(least)

    def through_root(logger: logging.Logger) -> None:
        logger.handlers = []
        logger.propagate = True

    # Where the package rich happens to be, Streamlit would print errors of the script in colours.
    config.set_option("logger.enableRich", False)
    # Streamlit gives each of its loggers, later ones too, a handler of its own in this function.
    streamlit_logger.setup_formatter = through_root
    streamlit_logger.update_formatter()
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        through_root(logging.getLogger(name))
        # At INFO they name every request's and websocket's address, path and query.
        logging.getLogger(name).setLevel(logging.WARNING)


class Observed:
    """ASGI middleware, the outermost: counts and logs every HTTP request."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, and say afterwards how it was answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(send)
        begun = time.perf_counter()
        try:
            await self.app(scope, receive, answer.send)
        finally:
            _note(scope["path"], answer, time.perf_counter() - begun)


class _Answer:
    """An answer as it is sent: its status (500 until there is one) and bytes."""

    def __init__(self, send: Callable[[Message], Awaitable[None]]):
        self._send = send
        self.status = 500
        self.bytes = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        self.bytes += len(message.get("body", b""))
        await self._send(message)


def _note(path: str, answer: _Answer, seconds: float) -> None:
    route = route_of(path)
    REQUESTS.labels(route, str(answer.status)).inc()
    quiet = route in QUIET and answer.status != 500
    measured = {
        "route": route,
        "status": answer.status,
        "milliseconds": round(seconds * 1000, 1),
        "bytes": answer.bytes,
    }
    LOG.log(logging.DEBUG if quiet else logging.INFO, "request", extra={"measured": measured})
