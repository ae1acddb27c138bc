"""Which paths are files that do not change, which are pages, and which are neither.

The dashboard is served at the root of its host: :mod:`serving.routes`, which classes requests for
limits and numbers, would take all below a path (``server.baseUrlPath``) for pages.
"""

from __future__ import annotations

FILES = ("/static/", "/component/", "/_stcore/bidi-components/", "/ahead/")
"""What does not change while the server runs: files, and what is shown ahead."""

NEITHER = ("/_stcore/", "/media/")
"""States, uploads, the socket; downloads and pictures, which Streamlit compresses itself."""


def is_file(path: str) -> bool:
    """Whether ``path`` is one of a file, be it asked for below a page's name."""
    return any(part in path for part in FILES)


def is_page(path: str) -> bool:
    """Whether ``path`` may be one of a page; Streamlit answers any other with its page too."""
    return not is_file(path) and not any(part in path for part in NEITHER)


def check_base_path(base: str) -> None:
    """End with a sentence if Streamlit is told to serve the dashboard below the path ``base``."""
    if base.strip("/"):
        raise SystemExit(
            f"server.baseUrlPath is {base!r}: the dashboard is served at the root of a host only."
            " Leave it out, and give the dashboard a host name of its own."
        )
