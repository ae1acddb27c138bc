"""Streamlit's fonts made lighter: the characters, weights and icons that this dashboard shows.

Streamlit's own take 1.3 MB before the first page is drawn as it should be, more than all its
scripts compressed. Here the same paths answer files of ``serving/fonts`` (``font_build.py``). A
character that is not in them is drawn with a font of the reader's machine.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.responses import FileResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

FOLDER = Path(__file__).parent / "fonts"

ORIGINALS = Path(st.__file__).parent / "static" / "static" / "media"

ICONS = "MaterialSymbols-Rounded"

LIGHT: dict[str, dict[str, float | tuple[float, float]]] = {
    # Headlines and numbers of clauses: one weight, drawn for sizes about 28 pixels.
    "SourceSerifVariable-Roman": {"wght": 600, "opsz": 28},
    # Names of seas on the map.
    "SourceSerifVariable-Italic": {"wght": 400, "opsz": 13},
    "SourceSansVF-Upright": {"wght": (400, 700)},
    "SourceSansVF-Italic": {"wght": (400, 700)},
}
"""The fonts for text, and which part of each axis is kept: weight, optical size in points."""

FONT = re.compile(rf"/static/media/({'|'.join([ICONS, *LIGHT])})\.[\w.-]+\.woff2$")

WEEK = "max-age=604800"
"""No longer: the path has a digest of Streamlit's file in it, not of ours."""


def original(name: str) -> Path:
    """Streamlit's own file of a font."""
    (path,) = ORIGINALS.glob(f"{name}.*")
    return path


class LightFonts:
    """ASGI middleware: answers fonts for text and icons with the light ones."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for a font, pass on any other."""
        found = FONT.search(scope["path"]) if scope["type"] == "http" else None
        if not found or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        path = FOLDER / f"{found[1]}.woff2"
        answer = FileResponse(path, headers={"cache-control": WEEK}, media_type="font/woff2")
        await answer(scope, receive, send)
