"""What the ill-willed do to a server, each for some seconds; told is what became of it.

What is over sooner is done again until then.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from uuid import uuid4

import aiohttp
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from yarl import URL

from benchmarks.crowd.screen import Screen
from benchmarks.crowd.visitor import cookies, xsrf_token

Told = Counter[str]

LORISES, IDLERS, FRAMES, UPLOADS = 300, 1000, 5000, 100
UPLOAD_MB = 25
"""Beyond the 20 MB that the page takes, and so that the server has to read past its limit."""

FEEDERS = 50
"""So many connections feed garbage at the same time; each ends at its first frame."""

LONGEST_REQUEST_S = 30.0


def _from(address: str) -> tuple[str, int] | None:
    """Where abusers of this machine come from: not from where the reader does."""
    return ("127.0.0.2", 0) if URL(address).host == "127.0.0.1" else None


def _connector(address: str) -> aiohttp.TCPConnector:
    return aiohttp.TCPConnector(limit=0, local_addr=_from(address))


async def slow_loris(address: str, seconds: float) -> Told:
    """Requests whose head never ends: a byte of it now and then."""
    url, told = URL(address), Told()
    end = time.monotonic() + seconds

    async def one() -> None:
        try:
            reader, writer = await asyncio.open_connection(
                url.host, url.port, local_addr=_from(address)
            )
            writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
            while time.monotonic() < end and not reader.at_eof():
                writer.write(b"a")
                await writer.drain()
                await asyncio.sleep(1)
            told["ended by the server" if reader.at_eof() else "held to the end"] += 1
            writer.close()
        except OSError:
            told["ended by the server"] += 1

    await asyncio.gather(*(one() for _ in range(LORISES)))
    return told


async def idle_sockets(address: str, seconds: float) -> Told:
    """Websockets that are opened and say nothing."""
    told, end = Told(), time.monotonic() + seconds
    async with aiohttp.ClientSession(connector=_connector(address)) as http:

        async def one(number: int) -> None:
            await asyncio.sleep(number * seconds / 3 / IDLERS)
            try:
                async with http.ws_connect(f"{address}/_stcore/stream", protocols=["streamlit"]):
                    told["opened"] += 1
                    await asyncio.sleep(max(end - time.monotonic(), 0))
            except aiohttp.ClientError as error:
                told[f"refused: {_named(error)}"] += 1

        await asyncio.gather(*map(one, range(IDLERS)))
    return told


async def garbage(address: str, seconds: float) -> Told:
    """Websocket frames that are no messages: noise, text, nothing, half a message.

    All of them, unless the server takes twice ``seconds`` for less; "cut short" tells that. Whoever
    waits for an answer then goes on waiting.
    """
    told, end, chance = Told(), time.monotonic() + 2 * seconds, random.Random(0)
    half = Screen(address).rerun().SerializeToString()[:-3]
    frames = iter(range(FRAMES))
    async with aiohttp.ClientSession(connector=_connector(address)) as http:

        async def one() -> None:
            for number in frames:
                if time.monotonic() > end:
                    told["cut short"] = 1
                    return
                try:
                    async with http.ws_connect(f"{address}/_stcore/stream") as socket:
                        await _send_garbage(socket, number % 4, half, chance)
                        told["fed"] += 1
                        await socket.receive(timeout=LONGEST_REQUEST_S)
                except (aiohttp.ClientError, ConnectionError, TimeoutError) as error:
                    told[_named(error)] += 1

        await asyncio.gather(*(one() for _ in range(FEEDERS)))
    return told


async def _send_garbage(
    socket: aiohttp.ClientWebSocketResponse, kind: int, half: bytes, chance: random.Random
) -> None:
    if kind == 0:
        await socket.send_bytes(chance.randbytes(chance.randrange(1, 60_000)))
    elif kind == 1:
        await socket.send_str("{}" * chance.randrange(1, 1000))
    elif kind == 2:
        await socket.send_bytes(b"\xff" * 10)
    else:
        await socket.send_bytes(half)


async def uploads(address: str, seconds: float) -> Told:
    """Files beyond the limit, all at once; half of them do not tell their length before."""
    told = Told()
    async with aiohttp.ClientSession(connector=_connector(address), cookie_jar=cookies()) as http:
        async with http.get(f"{address}/_stcore/health") as answer:
            await answer.read()
        headers = {"X-Xsrftoken": xsrf_token(http, address)}
        protocols = ["streamlit"]
        async with http.ws_connect(f"{address}/_stcore/stream", protocols=protocols) as socket:
            session = await _session(socket, Screen(address))

            async def one(number: int) -> None:
                url = f"{address}/_stcore/upload_file/{session}/{uuid4()}"
                body = _form(chunked=number % 2 == 0)
                timeout = aiohttp.ClientTimeout(total=max(seconds, LONGEST_REQUEST_S))
                try:
                    async with http.put(url, data=body, headers=headers, timeout=timeout) as put:
                        told[f"HTTP {put.status}"] += 1
                except (aiohttp.ClientError, ConnectionError, TimeoutError) as error:
                    told[_named(error)] += 1

            await asyncio.gather(*map(one, range(UPLOADS)))
    return told


async def _session(socket: aiohttp.ClientWebSocketResponse, screen: Screen) -> str:
    """The id that the server gives a session, once it has run the page."""
    await socket.send_bytes(screen.rerun().SerializeToString())
    message = ForwardMsg.FromString(await socket.receive_bytes())
    return str(message.new_session.initialize.session_id)


def _form(*, chunked: bool) -> aiohttp.FormData:
    form, name = aiohttp.FormData(), "line.geojson"
    size = UPLOAD_MB * 1024 * 1024
    form.add_field("file", _pieces(size) if chunked else bytes(size), filename=name)
    return form


async def _pieces(size: int) -> AsyncIterator[bytes]:
    piece = bytes(64 * 1024)
    for _ in range(size // len(piece)):
        yield piece


def _named(error: BaseException) -> str:
    status = getattr(error, "status", None)
    return f"HTTP {status}" if status else type(error).__name__


ABUSES: dict[str, Callable[[str, float], Coroutine[None, None, Told]]] = {
    "slow_loris": slow_loris,
    "idle_sockets": idle_sockets,
    "garbage": garbage,
    "uploads": uploads,
}


def abuse(name: str, address: str, seconds: float) -> Told:
    """One kind of abuse, as a process of its own runs it."""
    told, end = Told(), time.monotonic() + seconds
    while time.monotonic() < end:
        told += asyncio.run(ABUSES[name](address, seconds))
        told["rounds"] += 1
    return told
