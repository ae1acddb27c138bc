"""What a request says of who is in already: its session, and the token that its browser holds."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.types import Scope

# Streamlit writes the token anew, under another mask, whenever a page asks for its health.
from streamlit.web.server.starlette.starlette_app_utils import decode_xsrf_token_string
from streamlit.web.server.starlette.starlette_server_config import XSRF_COOKIE_NAME


def session_of(scope: Scope) -> str | None:
    """The session that a websocket reconnects to: the third of the protocols that it asks for."""
    protocols = scope.get("subprotocols", [])
    return protocols[2] if len(protocols) > 2 and protocols[2] else None


def browser_of(scope: Scope) -> str | None:
    """The token against forged requests that Streamlit gave this browser, if it sends one."""
    try:
        cookies = SimpleCookie(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return None
    if XSRF_COOKIE_NAME not in cookies:
        return None
    token, _issued = decode_xsrf_token_string(cookies[XSRF_COOKIE_NAME].value)
    return token.hex() if token else None
