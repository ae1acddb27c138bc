"""``/panels/``: the panels of all zones under one plan, for a page to show one before it is asked.

A page asks for them once, when the reader's pointer comes to the map (``frontend/ahead.js``).
"""

from __future__ import annotations

from typing import cast

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from geo.errors import NotFoundError
from geo.plan import Language


def panels(request: Request) -> Response:
    """What each pick on the map shows, as JSON; for any reader, as nothing in it is a session's.

    404 where there is no such plan, line or language, or where another version is asked for.
    """
    # Imported only now: a module that declares components has to be imported by a page first.
    from pages.parts.assets import version
    from pages.parts.panel import panels_ahead
    from pages.parts.speech import LANGUAGES

    asked = request.path_params
    if request.query_params.get("v") != version() or asked["language"] not in LANGUAGES:
        return _unknown()
    try:
        found = panels_ahead(asked["plan"], asked["line"], cast("Language", asked["language"]))
    except NotFoundError:
        return _unknown()
    return JSONResponse(found, headers={"Cache-Control": "public"})


def _unknown() -> Response:
    return PlainTextResponse("There are no such panels. Reload the page.", 404)


PANELS_ROUTE = Route("/panels/{plan}/{line}/{language}.json", panels)
