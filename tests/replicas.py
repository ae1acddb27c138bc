"""Replicas that answer with what they hear, and an nginx before them."""

from __future__ import annotations

import http.client
import json
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from deploy.processes import HOST, free_ports, nginx, wait_until_answers
from deploy.proxy import Limits, Proxy, Replica, configure
from deploy.static import compress

SCRIPT = "static/js/script.js"


class Stub(BaseHTTPRequestHandler):
    """Answers as a replica would, with what it heard."""

    def do_GET(self):
        path = self.path.partition("?")[0]
        status = self.server.refuses.get(path, 200)
        heard = {"port": self.server.server_port, "headers": dict(self.headers)}
        body = json.dumps(heard).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_words):
        """Quiet."""


class Stubs:
    """Replicas that nginx stands before, and that nginx."""

    def __init__(self, folder: Path, limits: Limits):
        *ports, self.port = free_ports(4)
        self.servers = {port: self.serve(port) for port in ports}
        self.proxy = Proxy(
            folder=folder / "nginx",
            scratch=folder / "scratch",
            static=folder / "static",
            replicas=tuple(Replica(HOST, port) for port in ports),
            listen=f"{HOST}:{self.port}",
            access_log=str(folder / "access.log"),
            error_log=str(folder / "error.log"),
            workers="1",
            user="root root",
            limits=limits,
        )

    @staticmethod
    def serve(port: int) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer((HOST, port), Stub)
        server.daemon_threads = True
        server.refuses = {}
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return server

    def end(self, port: int) -> None:
        server = self.servers.pop(port)
        server.shutdown()
        server.server_close()

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | Iterator[bytes] | None = None,
        **headers: str,
    ):
        """An answer: status, headers, body. A ``body`` in pieces is sent without its length."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def heard(self, path: str = "/", **headers: str):
        """What a replica heard of a request: its port and the request's headers."""
        status, _headers, body = self.ask(path, **headers)
        assert status == 200
        return json.loads(body)


def run(stubs: Stubs) -> subprocess.Popen:
    script = stubs.proxy.static / SCRIPT
    script.parent.mkdir(parents=True)
    script.write_text("export const land = 'Donetsk';\n" * 200, "utf-8")
    compress(script, quality=5)
    component = stubs.proxy.static / "component" / "land"
    component.mkdir(parents=True)
    (component / "map.js").write_text("map\n", "utf-8")
    (component / "main.521860b0.js").write_text("main\n", "utf-8")
    written = configure(stubs.proxy)
    process = subprocess.Popen([nginx(), "-c", str(written), "-g", "daemon off;"])
    wait_until_answers(f"http://{HOST}:{stubs.port}/")
    return process
