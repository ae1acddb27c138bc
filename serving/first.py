"""What a page shows before any script has run (``pages/parts/first_view.py``)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.datastructures import Headers

if TYPE_CHECKING:
    from starlette.types import Scope

FRONTEND = Path(__file__).parents[1] / "pages" / "parts" / "frontend"

PLACING = (FRONTEND / "first_view.js").read_text(encoding="utf-8")
"""The one script of ours in the page itself; the policy lists its hash."""


def first_seen(scope: Scope) -> str:
    """What a reader sees before any script has run, by the link and the browser's language."""
    # Imported only now: a module that declares components has to be imported by a page first.
    from pages.parts.first_view import first_style, first_view
    from pages.parts.speech import language_for

    asked = Headers(scope=scope).get("accept-language", "").split(",")[0]
    try:
        parameters = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=50)
    except ValueError:  # more than any link of ours has
        return ""
    view = first_view(parameters, language_for(asked))
    return f"<style>{first_style()}</style>{view}<script>{PLACING}</script>" if view else ""
