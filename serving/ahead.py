"""``/ahead/``: what a page shows before its script has said it (``pages/parts/ahead.py``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from geo.errors import DataError
from geo.plan import Language
from serving.lasting import YEAR


def ahead(request: Request) -> Response:
    """Panels or the scene of a plan on a line in a language, as JSON; the same for any reader.

    404 where there is no such plan, line or language, or where another version is asked for.
    """
    # Imported only now: a module that declares components has to be imported by a page first.
    from pages.parts.ahead import panels, scene
    from pages.parts.assets import version
    from pages.parts.speech import LANGUAGES

    asked = request.path_params
    made_by: dict[str, Callable[[str, str, Language], dict[str, Any]]]
    made_by = {"panels": panels, "scene": scene}
    make = made_by.get(asked["what"])
    if not make or asked["language"] not in LANGUAGES or asked["version"] != version():
        return _unknown()
    try:
        found = make(asked["plan"], asked["line"], cast("Language", asked["language"]))
    except DataError:
        return _unknown()
    return JSONResponse(found, headers={"Cache-Control": YEAR})


def _unknown() -> Response:
    return PlainTextResponse("There is nothing of that name. Reload the page.", 404)


AHEAD_ROUTE = Route("/ahead/{version}/{what}/{plan}/{line}/{language}.json", ahead)
