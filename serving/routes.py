"""Requests by class: what is asked for, without saying by whom or what exactly.

Paths begin at the root of the host; :func:`serving.paths.check_base_path` refuses any other start.
"""

from __future__ import annotations

from typing import Literal

from starlette.types import Scope

Route = Literal["page", "file", "ahead", "media", "upload", "socket", "health", "metrics", "core"]

_FIRST: dict[str, Route] = {
    "static": "file",
    "component": "file",
    "ahead": "ahead",
    "media": "media",
    "_stcore": "core",
    "healthz": "health",
    "readyz": "health",
    "metrics": "metrics",
}
_CORE: dict[str, Route] = {
    "upload_file": "upload",
    "stream": "socket",
    "health": "health",
    "metrics": "metrics",
}


def route_of(path: str) -> Route:
    """The class of a path, which may hold names of towns or sessions and is not kept itself."""
    first, _, rest = path.lstrip("/").partition("/")
    if "." in path.rsplit("/", 1)[-1] and first not in {"ahead", "media", "_stcore"}:
        return "file"
    if first == "_stcore":
        return _CORE.get(rest.partition("/")[0], "core")
    return _FIRST.get(first, "page")


def asks_for_page(scope: Scope) -> bool:
    """Whether this HTTP request loads a page anew."""
    return scope["method"] in {"GET", "HEAD"} and route_of(scope["path"]) == "page"
