"""A server with limits, and readers who connect to it."""

from __future__ import annotations

from contextlib import contextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from serving.limits import Limits
from serving.seats import Seat, Seats
from serving.service import Service
from serving.settings import Settings
from serving.sockets import Sockets
from tests.asgi import begun, counted, ended, rerun


async def echo(websocket):
    """As Streamlit: says which session it is at the first word, then that a run has ended."""
    await websocket.accept()
    try:
        await websocket.receive_bytes()
        await websocket.send_bytes(begun("s-1"))
        while True:
            await websocket.receive_bytes()
            await websocket.send_bytes(ended())
    except WebSocketDisconnect:
        pass


async def take(request):
    body = b"".join([part async for part in request.stream()])
    return PlainTextResponse(str(len(body)))


async def ok(_request):
    return PlainTextResponse("ok")


def served(**settings) -> tuple[TestClient, Service]:
    service = Service(Settings(**settings))
    routes = [
        WebSocketRoute("/_stcore/stream", echo),
        Route("/_stcore/upload_file/{session}/{file}", take, methods=["PUT"]),
        Route("/_stcore/health", ok),
        Route("/media/{name}", ok),
        Route("/{page:path}", ok),
    ]
    middleware = [Middleware(Limits, service), Middleware(Sockets, service)]
    app = Starlette(routes=routes, middleware=middleware)
    return TestClient(app, client=("192.0.2.7", 1)), service


@contextmanager
def connected(client: TestClient, *, silent: bool = False, **options):
    """A page's websocket; it has asked for a run, if it is not ``silent``."""
    with client.websocket_connect("/_stcore/stream", **options) as inside:
        if not silent:
            inside.send_bytes(rerun())
        yield inside


def seated(seats: Seats, browser: str | None = None, session: str | None = None) -> Seat:
    """A place whose page the server has named."""
    seat = seats.take(browser)
    seat.session = session
    return seat


def refusals(reason: str) -> float:
    return counted("territory_refused_total", reason=reason)
