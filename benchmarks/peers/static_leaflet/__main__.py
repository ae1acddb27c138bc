"""Make the static page in a temporary folder and serve it.

``python -m benchmarks.peers.static_leaflet PORT``
"""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli

from benchmarks.peers import job


def make(folder: Path) -> None:
    """Write page, script, Leaflet and data into ``folder``."""
    here = Path(__file__).parent
    leaflet = Path(str(files("js_lib_leaflet") / "static" / "js_lib_leaflet"))
    for source in (here / "index.html", here / "static.js", *leaflet.glob("leaflet.[cj]s*")):
        shutil.copy(source, folder)
    outlines = job.outlines()
    said = {
        "center": job.CENTER,
        "zoom": job.ZOOM,
        "invitation": job.INVITATION,
        "switches": job.switches(),
        "lands": {code: asdict(land) for code, land in job.lands().items()},
        "styles": {f["properties"]["code"]: job.style(f) for f in outlines["features"]},
        "outlines": outlines,
    }
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    (folder / "job.json").write_text(text, encoding="utf-8")
    for path in list(folder.iterdir()):
        packed = brotli.compress(path.read_bytes())
        path.with_name(f"{path.name}.br").write_bytes(packed)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files packed, keeps connections open, lets browsers keep files for an hour."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the packed file, as any static host would, where the browser takes it."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        packed = path.with_name(f"{path.name}.br")
        if "br" not in self.headers.get("Accept-Encoding", "") or not packed.exists():
            super().do_GET()
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(packed.stat().st_size))
        self.end_headers()
        self.wfile.write(packed.read_bytes())

    def end_headers(self) -> None:
        """Add the cache header that any static host sends."""
        self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (its name there)
        """Write no log."""


def serve(port: int) -> None:
    """Serve the page on 127.0.0.1 until the process is ended."""
    with TemporaryDirectory() as folder:
        make(Path(folder))
        handler = partial(Quiet, directory=folder)
        ThreadingHTTPServer(("127.0.0.1", port), handler).serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
