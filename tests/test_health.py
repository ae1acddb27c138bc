"""Whether a process takes readers, and how it ends; the last against a real process."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
import websockets
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from serving.conversation import Conversation
from serving.draining import drain
from serving.health import health_routes
from serving.seats import Seat
from serving.service import Service
from serving.settings import Settings
from tests.asgi import rerun

ROOT = Path(__file__).resolve().parents[1]


def ask(service: Service, path: str):
    return TestClient(Starlette(routes=health_routes(service))).get(path)


def test_a_process_is_ready_when_it_is_warm_has_a_place_and_goes_on():
    service = Service(Settings(sessions=1))
    assert ask(service, "/healthz").text == "ok"
    answer = ask(service, "/readyz")
    assert (answer.status_code, "loading its data" in answer.text) == (503, True)
    service.warm = True
    assert ask(service, "/readyz").status_code == 200
    service.seats.take(frozenset())
    answer = ask(service, "/readyz")
    assert (answer.status_code, answer.text) == (503, "All 1 places of this process are taken.")
    service.draining = True
    answer = ask(service, "/readyz")
    assert (answer.status_code, "is ending" in answer.text) == (503, True)
    assert ask(service, "/healthz").status_code == 200


class Page:
    """A page that the drain sends away; ``reads`` says whether it takes what is sent."""

    def __init__(self, service: Service, reads: bool = True):
        self.service = service
        self.reads = reads
        self.talk = Conversation(self.silent, self.send, Seat(frozenset()), 30, None)
        service.conversations.add(self.talk)

    async def silent(self):
        await asyncio.Event().wait()

    async def send(self, message):
        if not self.reads:
            await asyncio.Event().wait()
        self.service.conversations.discard(self.talk)
        self.closed = message["code"]


def test_a_page_is_sent_away_when_its_run_has_ended_and_holds_up_no_other():
    async def ending():
        service = Service(Settings())
        stuck, busy, idle = Page(service, reads=False), Page(service), Page(service)
        busy.talk.runs.asked()
        draining = asyncio.create_task(drain(service, asyncio.get_running_loop().time() + 30))
        while idle.talk.closed is None:
            await asyncio.sleep(0)
        assert busy.talk.closed is None
        busy.talk.runs.begun()
        busy.talk.runs.ended(ForwardMsg.FINISHED_SUCCESSFULLY)
        while busy.talk.closed is None:
            await asyncio.sleep(0)
        assert (stuck.talk.closed, draining.done()) == (1012, False)
        draining.cancel()

    asyncio.run(ending())


def test_the_drain_ends_in_time_though_a_run_does_not():
    async def ending():
        service = Service(Settings())
        Page(service).talk.runs.asked()
        await drain(service, asyncio.get_running_loop().time() + 0.05)
        return len(service.conversations)

    assert asyncio.run(ending()) == 1


@contextmanager
def process(log: Path, **settings: str):
    """The dashboard as an operator starts it, and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", str(port)]
    with log.open("w") as errors:
        server = subprocess.Popen(
            [*command, "--server.address", "127.0.0.1"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={**os.environ, **settings},
        )
    try:
        yield server, f"127.0.0.1:{port}"
    finally:
        server.kill()
        server.communicate()


def status(url: str) -> int | None:
    """The status of an answer; nothing if there is none."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def wait_until_ready(server: subprocess.Popen, host: str) -> None:
    """Ask until the process takes readers."""
    deadline = time.monotonic() + 90
    while status(f"http://{host}/readyz") != 200:
        assert server.poll() is None, "the dashboard stopped while it started"
        assert time.monotonic() < deadline, "the dashboard did not get ready"
        time.sleep(0.1)


async def runs_through(page) -> ForwardMsg:
    """Read on until a run has ended."""
    while True:
        said = ForwardMsg.FromString(await page.recv())
        if said.WhichOneof("type") == "script_finished":
            return said


async def rest_of(page) -> None:
    """Read on until the websocket is closed."""
    while True:
        await page.recv()


def test_sigterm_lets_a_run_end_sends_the_page_elsewhere_and_ends_well(tmp_path):
    async def story(server: subprocess.Popen, host: str):
        async with websockets.connect(f"ws://{host}/_stcore/stream", max_size=None) as page:
            await page.send(rerun())
            await runs_through(page)
            await page.send(rerun())
            server.send_signal(signal.SIGTERM)
            refused = await asyncio.to_thread(status, f"http://{host}/readyz")
            said = await runs_through(page)
            assert said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            with pytest.raises(websockets.ConnectionClosed) as closed:
                await rest_of(page)
            assert closed.value.rcvd.code == 1012
        return refused

    log = tmp_path / "log"
    with process(log) as (server, host):
        wait_until_ready(server, host)
        assert asyncio.run(story(server, host)) == 503
        assert server.wait(timeout=20) == 0
        assert host in server.stdout.read()
    events = log.read_text("utf-8")
    assert '"event": "ready"' in events
    assert '"event": "draining", "sessions": 1' in events
    assert "127.0.0.1" not in events
    assert "Traceback" not in events


def test_a_wrong_setting_ends_the_start_with_a_sentence(tmp_path):
    log = tmp_path / "log"
    with process(log, TERRITORY_SESSIONS="many") as (server, _host):
        assert server.wait(timeout=60) != 0
    lines = log.read_text("utf-8").splitlines()
    assert any(line.startswith("TERRITORY_SESSIONS is 'many'") for line in lines)
