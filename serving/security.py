"""Headers that tell a browser what the dashboard may do, and who may show it in a frame.

Strict as far as Streamlit and streamlit-folium allow: each source in the policies below is there
because something was refused without it. HSTS is for whoever ends TLS in front of this server.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.datastructures import MutableHeaders

from serving.first import PLACING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

INDEX = Path(st.__file__).parent / "static" / "index.html"

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

Policy = dict[str, str]

PAGE: Policy = {
    "default-src": "'none'",
    # Streamlit's scripts; blob: is how it loads the scripts of the bridge and the editor. The one
    # script inside its page is added by its hash. Numbers of 64 bits are reckoned by WebAssembly
    # in protobuf's script. Charts need no eval: Streamlit has Vega interpret expressions.
    "script-src": "'self' blob: 'wasm-unsafe-eval'",
    # Streamlit and we put <style> elements into the page, whose text depends on theme, language
    # and widget, so that no list of hashes can be complete; style attributes are everywhere.
    "style-src": "'self' 'unsafe-inline'",
    # data: pictures inside style sheets.
    "img-src": "'self' data:",
    # data: a font for formulas inside Streamlit's style sheet, which browsers load in any case.
    "font-src": "'self' data:",
    # The websocket, uploads and what scripts load.
    "connect-src": "'self'",
    # The map.
    "frame-src": "'self'",
    "worker-src": "'none'",
    "manifest-src": "'self'",
    # Forms are handled by scripts, nothing is ever sent by a browser's own form.
    "form-action": "'none'",
    "base-uri": "'none'",
}
"""For the page."""

FRAME: Policy = {
    "default-src": "'none'",
    # streamlit-folium writes the map's script into its document as text.
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'none'",
    "form-action": "'none'",
    "base-uri": "'none'",
}
"""For the document of a frame, which is a component's."""

REST: Policy = {"default-src": "'none'", "sandbox": ""}
"""For what is no document: should a browser show it as one, it can do nothing."""

INERT = "^(text/(javascript|css)|application/javascript|font/)"
"""Types that no browser shows as a document and no page of ours may start as a worker: they need
no policy, which for the hundred files of a page is 6 KB of a first visit. nginx uses the same."""

UNUSED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
"""Abilities of a browser that no page asks for."""

HEADERS = {"X-Content-Type-Options": "nosniff"}
"""On every answer, beside the policy of those that have one."""

DOCUMENT_HEADERS = {
    # A link to land or to a search tells no other site what was looked at.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
    # A page that was opened from another site shares no window with it.
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""On page and frames as well; the hundred files of a page do without: 40 KB of a first visit."""


def frame_ancestors(sites: str) -> str:
    """Who may show the dashboard in a frame, as a policy lists it: itself, and ``sites`` as well.

    ``sites``: the operator's (:class:`serving.settings.Settings`), with spaces between them.
    """
    return " ".join(["'self'", *sites.split()])


def script_hashes(page: str) -> str:
    """Hashes of the scripts inside ``page``, as a policy lists them."""
    digests = (hashlib.sha256(text.encode()).digest() for text in INLINE_SCRIPT.findall(page))
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def written(policy: Policy, **further: str) -> str:
    """``policy`` as a header's value; ``further`` sources by directive, ``_`` for a hyphen."""
    added = {name.replace("_", "-"): sources for name, sources in further.items()}
    names = [*policy, *(name for name in added if name not in policy)]
    directives = (f"{name} {policy.get(name, '')} {added.get(name, '')}" for name in names)
    return "; ".join(" ".join(directive.split()) for directive in directives)


class Secured:
    """ASGI middleware: puts the headers on every answer.

    ``ancestors``: who may show the dashboard in a frame (:func:`frame_ancestors`).
    """

    def __init__(self, app: ASGIApp, ancestors: str = "'self'"):
        self.app = app
        self.alone = ancestors == "'self'"
        hashes = script_hashes(INDEX.read_text(encoding="utf-8") + f"<script>{PLACING}</script>")
        self.page = written(PAGE, script_src=hashes, frame_ancestors=ancestors)
        self.frame = written(FRAME, frame_ancestors=ancestors)
        self.rest = written(REST)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, and its answer back with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def secured(message: Message) -> None:
            # A browser puts the headers of a 304 in the place of those that it has kept.
            if message["type"] == "http.response.start" and message["status"] != 304:
                self.secure(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self.app(scope, receive, secured)

    def secure(self, headers: MutableHeaders, path: str) -> None:
        """Add to ``headers`` what an answer for ``path`` should have."""
        headers.update(HEADERS)
        kind, made_by_reader = headers.get("content-type", ""), "/media/" in path
        if re.match(INERT, kind) and not made_by_reader:
            return
        if not kind.startswith("text/html") or made_by_reader:
            headers["Content-Security-Policy"] = self.rest
            return
        headers["Content-Security-Policy"] = self.frame if "/component/" in path else self.page
        headers.update(DOCUMENT_HEADERS)
        if self.alone:
            # The same for browsers that know no frame-ancestors; it cannot name other sites.
            headers["X-Frame-Options"] = "SAMEORIGIN"
