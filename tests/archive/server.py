"""An archive of our own on 127.0.0.1 for tests, which answers as it is told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = Callable[["Handler"], None]

HELD = [[[36.8, 47.4], [37.8, 47.4], [37.8, 48.3], [36.8, 48.3], [36.8, 47.4]]]


def sound_map(**properties: object) -> bytes:
    """A map of one held area."""
    geometry = {"type": "Polygon", "coordinates": HELD}
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


@dataclass
class Server:
    """``reply`` is what it does with the next request; ``asked`` what it was asked so far."""

    port: int = 0
    reply: Reply | None = None
    asked: list[Handler] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.close_connection = True
        server = self.server.told
        server.asked.append(self)
        server.reply(self)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A whole answer with its length, unless ``headers`` say another."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **named}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def wait(self, seconds: float) -> None:
        """Wait, but not longer than the test runs."""
        self.server.told.over.wait(seconds)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True
    told: Server

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what many tests are about."""


@contextmanager
def serve() -> Iterator[Server]:
    """A server that runs until the end of the ``with`` block."""
    told = Server()
    with _Quiet(("127.0.0.1", 0), Handler) as server:
        server.told, told.port = told, server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        try:
            yield told
        finally:
            told.over.set()
            server.shutdown()
