"""The end of a process: it takes nobody new, lets runs end and sends its readers to another one."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from uvicorn import Server

from serving.conversation import Conversation
from serving.logs import LOG
from serving.service import Service

RESTART = 1012
"""Websocket close code "service restart"."""

PAUSE = 0.05
"""Seconds between two pages that are sent away, at most: elsewhere each costs a whole run."""


@contextmanager
def drain_on_sigterm(service: Service) -> Iterator[None]:
    """Make SIGTERM drain the process before the server ends; a second one ends it at once.

    uvicorn's own handler would end it at once and raise the signal again afterwards, so that the
    process seems to have been killed. Its server is found through that handler; under another
    server nothing is changed.
    """
    before = signal.getsignal(signal.SIGTERM)
    server = getattr(before, "__self__", None)
    if not isinstance(server, Server) or threading.current_thread() != threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()

    def begin(_number: int, _frame: FrameType | None) -> None:
        if service.draining:
            server.should_exit = True
        service.draining = True
        loop.call_soon_threadsafe(started)

    tasks: set[asyncio.Task[None]] = set()

    def started() -> None:
        if not tasks:
            tasks.add(loop.create_task(_drain_and_stop(service, server)))

    signal.signal(signal.SIGTERM, begin)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


async def _drain_and_stop(service: Service, server: Server) -> None:
    LOG.info("draining", extra={"measured": {"sessions": len(service.conversations)}})
    until = asyncio.get_running_loop().time() + service.settings.drain_seconds
    try:
        await drain(service, until)
    finally:
        # Requests that do not end, such as an upload sent slowly, must not hold the process.
        server.config.timeout_graceful_shutdown = 2
        server.should_exit = True


async def drain(service: Service, until: float) -> None:
    """Close each websocket with 1012 once its run has ended, one after another.

    ``until``: the event loop's time at which uvicorn closes those that are left, with 1012 too.
    """
    loop = asyncio.get_running_loop()
    many = max(1, len(service.conversations))
    pause = min(PAUSE, max(0, until - loop.time()) / 2 / many)
    with suppress(TimeoutError):
        # Each in a task of its own: a page that reads nothing holds up no other.
        async with asyncio.timeout_at(until), asyncio.TaskGroup() as closing:
            while service.conversations:
                for conversation in list(service.conversations):
                    if not conversation.runs.busy and conversation.closed is None:
                        closing.create_task(_send_away(conversation))
                        await asyncio.sleep(pause)
                await asyncio.sleep(PAUSE)


async def _send_away(conversation: Conversation) -> None:
    """Close one websocket; if that fails, the others are closed all the same."""
    try:
        await conversation.close(RESTART)
    except Exception:
        LOG.exception("A page could not be sent away.")
