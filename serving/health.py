"""Whether the process answers, whether it takes readers, and how it begins and ends.

``/healthz``: it answers at all. ``/readyz``: its data is loaded and it is not about to end; one
that is full stays ready, for those who are in. Streamlit's own ``/_stcore/health`` is what pages
ask before they connect.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import chain, repeat
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit.runtime import Runtime

from geo.errors import DataError
from serving.draining import drain_on_sigterm
from serving.garbage import rarely_look
from serving.logs import LOG, start_logging
from serving.service import Service

PAUSES = (1.0, 5.0, 20.0, 60.0)
"""Seconds until a first run that failed is tried again; the last one goes on."""


def health_routes(service: Service) -> list[Route]:
    """``/healthz`` and ``/readyz``; 503 and the reason as a sentence where it is not ready."""

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        reason = service.why_not
        headers = {"Cache-Control": "no-store"}
        return PlainTextResponse(reason or "ready", 503 if reason else 200, headers)

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


def lifespan_of(service: Service) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """What happens from the process's first moment to its last, for ``st.App``."""

    @asynccontextmanager
    async def lifespan(_app: Any) -> AsyncIterator[None]:
        start_logging(service.settings.log_level)
        warming = asyncio.create_task(warm(service))
        warming.add_done_callback(_tell_fault)
        with drain_on_sigterm(service):
            yield
        warming.cancel()

    return lifespan


def _tell_fault(warming: asyncio.Task[None]) -> None:
    """A fault that nobody foresaw is in the log; the process then stays not ready."""
    if not warming.cancelled() and (fault := warming.exception()):
        LOG.error("The process could not be made ready.", exc_info=fault)


async def warm(service: Service, pauses: Iterable[float] = PAUSES) -> None:
    """Run the script as a first reader would until it has once, beside whoever asks already."""
    *growing, last = pauses
    for pause in chain(growing, repeat(last)):
        if await _runs():
            break
        LOG.info("The first run is tried again in %g s.", pause)
        await asyncio.sleep(pause)
    await asyncio.to_thread(make_scenes)
    rarely_look()
    service.warm = True
    LOG.info("ready")


def make_scenes() -> None:
    """Have ready what the first readers who choose another plan or day would wait for."""
    # Imported only now: a module that declares components has to be imported by a page first.
    from pages.parts.ahead import make_usual_scenes

    try:
        make_usual_scenes()
    except DataError as error:
        LOG.error("Not every plan and line can be shown: %s", error)


async def _runs() -> bool:
    """Whether the script runs; the log says why not."""
    try:
        ran, how = await Runtime.instance().does_script_run_without_error()
    except Exception:
        LOG.exception("The first run of the script could not begin.")
        return False
    if not ran:
        LOG.error("The first run of the script failed (%s); its traceback stands above.", how)
    return ran
