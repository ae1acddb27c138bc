"""How long a browser may keep a file without asking again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from starlette.types import Scope

YEAR = "max-age=31536000, immutable"
"""Without "public", which says nothing more: 1 KB of a page's hundred files behind nginx."""

ASK_AGAIN = "no-cache"

HASHED = re.compile(r"\.[0-9a-f]{8,}\.(js|css)$")
"""A name with a digest of the content in it, as streamlit-folium's script has."""


def assets_version() -> str:
    """The version that our links to map files carry.

    Imported only now: a module that declares components has to be imported by a page first.
    """
    from pages.parts.assets import version

    return version()


def cache_control(said: str, scope: Scope, version: Callable[[], str]) -> str:
    """What to tell browsers about a file of a component, where Streamlit ``said`` "public" only.

    A year for names with a digest and for links with the version that runs here: a link of another
    version, while replicas are replaced one by one, must not keep this one's file. All other names
    may change when a package does, and are asked for again; they are mostly answered 304.
    """
    if said != "public":
        return said
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("v", [])
    if HASHED.search(scope["path"]) or (asked and asked == [version()]):
        return YEAR
    return ASK_AGAIN
