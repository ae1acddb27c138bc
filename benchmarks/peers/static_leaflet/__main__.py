"""Make the static page in a temporary folder and serve it.

``python -m benchmarks.peers.static_leaflet PORT``
"""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

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


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, keeps connections open, lets browsers keep files for an hour."""

    protocol_version = "HTTP/1.1"

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
