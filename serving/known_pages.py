"""An address that is no page's leads to the nearest one, where it is said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from starlette.responses import RedirectResponse

from serving.paths import is_page
from serving.routes import asks_for_page

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

LONGEST = 100
"""Characters of such an address that are said."""


def nearest_page(path: str) -> str | None:
    """The path of the page that is shown in place of ``path``; ``None`` if that is a page's own.

    >>> nearest_page("/towns/Kyiv"), nearest_page("/nonsense"), nearest_page("/towns/")
    ('/towns', '/', None)
    """
    # Imported only now: a module that declares components has to be imported by a page first.
    from pages.parts.view import PAGES

    name, _, below = path.strip("/").partition("/")
    if name not in PAGES.values():
        return "/"
    return f"/{name}" if below else None


class KnownPages:
    """ASGI middleware: sends a browser from an address that is no page's to :func:`nearest_page`.

    Streamlit answers each address with its page: one below a page's then finds none of its scripts
    and stays white, and any other is told in a dialog of Streamlit's own.
    """

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or answer where to go instead."""
        nearest = None
        # A page looks for the server's states below its own address too: those are not there.
        if scope["type"] == "http" and is_page(scope["path"]) and asks_for_page(scope):
            nearest = nearest_page(scope["path"])
        if nearest is None:
            await self.app(scope, receive, send)
            return
        asked = urlencode({"no_page": scope["path"].strip("/")[:LONGEST]}, quote_via=quote)
        query = "&".join(part for part in (scope["query_string"].decode("latin-1"), asked) if part)
        await RedirectResponse(f"{nearest}?{query}", 302)(scope, receive, send)
