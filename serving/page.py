"""The page that Streamlit answers with, completed: title, style sheet, fonts, scripts.

Streamlit's own is empty until its scripts have loaded, and a style that the script sends comes
later still, so the page would jump. Here the style sheet, the title and a description for link
previews are put into that page itself.
"""

from __future__ import annotations

import asyncio
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from serving.answers import captured
from serving.first import first_seen
from serving.light_fonts import ORIGINALS
from serving.map_files import prefetched
from serving.paths import is_page

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

TITLE = "Terms of Territory"
DESCRIPTION = (
    "What a peace plan would do to each piece of land in Ukraine, and which words of the plan say"
    " so: an interactive map beside the clauses and their sources."
)

STYLE = Path(__file__).parents[1] / "pages" / "parts" / "frontend" / "page.css"

STREAMLIT = Path(st.__file__).parent / "static"

SCRIPTS = STREAMLIT / "static" / "js"

ELEMENTS = (
    *("BidiComponent", "ComponentInstance", "Html"),
    *("Selectbox", "Checkbox", "Slider", "FileUploader"),
)
"""The elements of the first page, whose scripts Streamlit loads as each is first drawn."""

IMPORTED = re.compile(r"""(?:from|import)["'`]\./([\w.-]+\.js)["'`]""")


def preloaded_fonts() -> str:
    """Links to Streamlit's fonts for text and headlines: asked for at once, no line wraps anew."""
    names = sorted(
        path.name
        for pattern in ("SourceSans*Upright*.woff2", "SourceSerif*Roman*.woff2")
        for path in ORIGINALS.glob(pattern)
    )
    return "".join(
        f'<link rel="preload" as="font" type="font/woff2" crossorigin href="./static/media/{name}">'
        for name in names
    )


def preloaded_scripts() -> str:
    """Links to the scripts of :data:`ELEMENTS` and all that they import.

    Streamlit would ask for them one level after another, while the reader looks at grey bars.
    """
    index = (STREAMLIT / "index.html").read_text(encoding="utf-8")
    known = set(re.findall(r"\./static/js/([\w.-]+\.js)", index))
    wanted = [path.name for element in ELEMENTS for path in SCRIPTS.glob(f"{element}.*.js")]
    found: dict[str, None] = {}
    while wanted:
        name = wanted.pop(0)
        if name not in known:
            known.add(name)
            found[name] = None
            wanted += IMPORTED.findall((SCRIPTS / name).read_text(encoding="utf-8"))
    return "".join(
        f'<link rel="modulepreload" crossorigin fetchpriority="low" href="./static/js/{name}">'
        for name in found
    )


def head() -> bytes:
    """What is added to the head of every page."""
    description = escape(DESCRIPTION)
    style = STYLE.read_text(encoding="utf-8")
    return (
        f'<meta name="description" content="{description}">'
        f'<meta property="og:title" content="{TITLE}">'
        f'<meta property="og:description" content="{description}">'
        f"{preloaded_fonts()}{preloaded_scripts()}"
        f'<style id="page-style">{style}</style></head>'
    ).encode()


class StyledPage:
    """ASGI middleware: an HTML answer gets our title and :func:`head`; all else passes."""

    def __init__(self, app: ASGIApp):
        self.app = app
        self.head = head()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, and its answer back."""
        if scope["type"] != "http" or scope["method"] != "GET" or not is_page(scope["path"]):
            await self.app(scope, receive, send)
            return
        # Uncompressed, so that it can be changed.
        answer = await captured(self.app, scope, "accept-encoding")
        if answer.header("content-type").startswith("text/html"):
            on_map = scope["path"] == "/"
            view = await asyncio.to_thread(first_seen, scope) if on_map else ""
            page = self.completed(answer.body, prefetched() if on_map else "", view)
            vary = "Accept-Language" if on_map else None
            changed = answer.with_body(page)
            answer = changed.with_headers(etag=None, last_modified=None, vary=vary)
        await answer.send(send)

    def completed(self, page: bytes, links: str = "", view: str = "") -> bytes:
        """``page`` with our title and head, ``links`` to what it will need and a first ``view``."""
        titled = page.replace(b"<title>Streamlit</title>", f"<title>{TITLE}</title>".encode(), 1)
        headed = titled.replace(b"</head>", links.encode() + self.head, 1)
        return headed.replace(b"<body>", b"<body>" + view.encode(), 1)
