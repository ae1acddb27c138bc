"""One replayed reader: opens the page, acts, and comes back when the connection is lost."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from streamlit.proto.BackMsg_pb2 import BackMsg
from yarl import URL

from benchmarks.crowd.acts import Act, next_act
from benchmarks.crowd.screen import Screen
from benchmarks.crowd.tally import Tally

LONGEST_WAIT_S = 60.0
"""A reader whose run takes longer counts as an error, and leaves."""

FIRST_RETRY_S, LONGEST_RETRY_S = 0.5, 15.0
"""Between a browser's attempts to connect again: doubled each time, spread by chance."""


@dataclass(frozen=True)
class Habits:
    """How readers behave: seconds between acts, how often each act is done, their first link.

    ``opens``: a widget that the page has once it is open.
    """

    every: float
    weights: dict[str, float]
    query: str = ""
    opens: str = "panel_bridge"


class LostError(Exception):
    """The connection went away, or was not to be had."""


@dataclass
class Visitor:
    """A reader at ``address`` with a loopback address of their own, as from another network."""

    number: int
    address: str
    habits: Habits
    tally: Tally

    def __post_init__(self) -> None:
        self.chance = random.Random(self.number)
        self.screen = Screen(self.address, query=self.habits.query)
        self.finished: asyncio.Future[None] | None = None

    async def stay(self, until: float) -> None:
        """Open the page and act until then (monotonic seconds), not in step with others."""
        try:
            async with self.visit():
                await self._act_until(until)
        except LostError as error:
            self.tally.errors[f"left: {error}"] += 1

    @asynccontextmanager
    async def visit(self) -> AsyncIterator[None]:
        """Open the page; the reader is there for the block. Raises :class:`LostError`."""
        block, row, place = self.number // 62500, self.number // 250 % 250, self.number % 250
        connector = aiohttp.TCPConnector(local_addr=(f"127.{block + 1}.{row}.{place + 1}", 0))
        async with aiohttp.ClientSession(connector=connector, cookie_jar=cookies()) as self.http:
            await self._open()
            yield
            await self.socket.close()
            await self.listener

    async def act(self) -> None:
        """Do one thing, and wait for its answer."""
        await self._act(next_act(self.screen, self.chance, self.habits.weights))

    async def _open(self) -> None:
        await self._get("/", "/_stcore/health", "/_stcore/host-config")
        await self._connect()
        begun = time.monotonic()
        await self._ask(self.screen.rerun())
        if self.screen.exceptions or self.habits.opens not in self.screen.seen:
            raise LostError("the first page is wrong")
        self.tally.opened += 1
        self.tally.wait("open", 1000 * (time.monotonic() - begun))

    async def _act_until(self, until: float) -> None:
        every = self.habits.every
        turn = time.monotonic() + self.chance.uniform(0, every)
        while turn < until:
            await asyncio.wait({self.listener}, timeout=turn - time.monotonic())
            if self.listener.done():
                await self._come_back(None)
            await self.act()
            turn = max(turn + every * self.chance.uniform(0.8, 1.2), time.monotonic())
        await asyncio.wait({self.listener}, timeout=max(until - time.monotonic(), 0))

    async def _act(self, act: Act) -> None:
        begun = time.monotonic()
        try:
            await self._ask(act.message)
        except LostError:
            await self._come_back(act)
            return
        waited = 1000 * (time.monotonic() - begun)
        if act.path is not None:
            self.screen.path = act.path
        fault = self.screen.exceptions[0] if self.screen.exceptions else act.fault(self.screen)
        if fault:
            self.tally.errors[f"{act.name}: {fault}"] += 1
        else:
            self.tally.wait(act.name, waited)

    async def _come_back(self, interrupted: Act | None) -> None:
        """Connect again as the browser does, and look whether the view is the same.

        The browser asks for a run only if the last one was of a fragment or did not end; after a
        whole page it waits for what the reader does next.
        """
        await self.listener  # raises what was wrong on our side
        begun, before = time.monotonic(), (self.screen.heading, self.screen.query)
        self.tally.reconnects += 1
        await self._connect_again()
        if interrupted is None and not self.screen.woken:
            return
        await self._ask(self.screen.rerun())
        same = (self.screen.heading, self.screen.query) == before
        done = interrupted is not None and interrupted.fault(self.screen) is None
        if self.screen.exceptions or not (same or done):
            self.tally.errors["reconnect: another view"] += 1
        else:
            self.tally.wait("return", 1000 * (time.monotonic() - begun))

    async def _connect_again(self) -> None:
        pause, last = FIRST_RETRY_S, time.monotonic() + LONGEST_WAIT_S
        while True:
            await asyncio.sleep(pause * self.chance.uniform(0.5, 1))
            try:
                await self._get("/_stcore/health", "/_stcore/host-config")
                await self._connect()
            except LostError:
                if time.monotonic() > last:
                    raise
                pause = min(2 * pause, LONGEST_RETRY_S)
            else:
                return

    async def _get(self, *paths: str) -> None:
        """What a browser asks for before it connects, but scripts and fonts, which it keeps."""
        for path in paths:
            try:
                async with self.http.get(self.address + path) as answer:
                    await answer.read()
            except (aiohttp.ClientError, TimeoutError) as error:
                raise LostError(f"{type(error).__name__} for {path}") from error
            if not answer.ok:
                raise LostError(f"HTTP {answer.status} for {path}")

    async def _connect(self) -> None:
        token = xsrf_token(self.http, self.address)
        before = [self.screen.session] if self.screen.session else []
        try:
            self.socket = await self.http.ws_connect(
                f"{self.address}/_stcore/stream",
                protocols=["streamlit", token, *before],
                origin=self.address,
                max_msg_size=0,
            )
        except (aiohttp.ClientError, TimeoutError) as error:
            raise LostError(f"{type(error).__name__} of the websocket") from error
        self.listener = asyncio.create_task(self._listen())

    async def _listen(self) -> None:
        async for message in self.socket:
            over = self.screen.receive(message.data)
            if over and self.finished and not self.finished.done():
                self.finished.set_result(None)

    async def _ask(self, message: BackMsg) -> None:
        """Send a message and wait for the end of the run that it starts."""
        self.finished = asyncio.get_running_loop().create_future()
        try:
            await self.socket.send_bytes(message.SerializeToString())
        except ConnectionError as error:
            raise LostError("the connection broke") from error
        waited_for = {self.listener, self.finished}
        await asyncio.wait(waited_for, timeout=LONGEST_WAIT_S, return_when="FIRST_COMPLETED")
        if self.finished.done():
            return
        if not self.listener.done():
            await self.socket.close()
            raise LostError(f"no answer in {LONGEST_WAIT_S:.0f} s")
        raise LostError("the connection broke during a run")


def cookies() -> aiohttp.CookieJar:
    """A jar that keeps cookies of a host without a name, and gives them back as they came."""
    return aiohttp.CookieJar(unsafe=True, quote_cookie=False)


def xsrf_token(http: aiohttp.ClientSession, address: str) -> str:
    """The token that the health check gave as a cookie, and that every upload has to tell again.

    Raises :class:`LostError` if there is none.
    """
    found = http.cookie_jar.filter_cookies(URL(address)).get("_streamlit_xsrf")
    if found is None:
        raise LostError("the server gave no XSRF cookie")
    return str(found.value)
