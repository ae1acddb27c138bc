"""Which paths are files that do not change, which are pages, and which are neither."""

from __future__ import annotations

FILES = ("/static/", "/component/", "/_stcore/bidi-components/")
"""What does not change while the server runs: Streamlit's own files and those of components."""

NEITHER = ("/_stcore/", "/media/")
"""States, uploads, the socket; downloads and pictures, which Streamlit compresses itself."""


def is_file(path: str) -> bool:
    """Whether ``path`` is one of a file, under whatever path the dashboard is served."""
    return any(part in path for part in FILES)


def is_page(path: str) -> bool:
    """Whether ``path`` may be one of a page; Streamlit answers any other with its page too."""
    return not is_file(path) and not any(part in path for part in NEITHER)
