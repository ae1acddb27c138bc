"""Whether a process takes readers, and how it ends; the last against a real process."""

from __future__ import annotations

import asyncio
import os
import signal
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
from uvicorn import Config, Server

from deploy.processes import free_ports
from serving.conversation import Conversation
from serving.draining import _drain_and_stop, drain
from serving.health import health_routes, warm
from serving.seats import Seat
from serving.service import Service
from serving.settings import Settings
from tests.asgi import rerun

ROOT = Path(__file__).resolve().parents[1]


def ask(service: Service, path: str):
    return TestClient(Starlette(routes=health_routes(service))).get(path)


def test_a_process_is_ready_when_it_is_warm_and_goes_on_full_or_not():
    service = Service(Settings(sessions=1))
    assert ask(service, "/healthz").text == "ok"
    answer = ask(service, "/readyz")
    assert (answer.status_code, "loading its data" in answer.text) == (503, True)
    service.warm = True
    assert ask(service, "/readyz").status_code == 200
    service.seats.take()
    assert service.seats.full
    assert ask(service, "/readyz").status_code == 200
    service.draining = True
    answer = ask(service, "/readyz")
    assert (answer.status_code, "is ending" in answer.text) == (503, True)
    assert ask(service, "/healthz").status_code == 200


class Script:
    """Stands for Streamlit's runtime: its script runs at the third try."""

    def __init__(self):
        self.tries: list[object] = [(True, "ok"), (False, "timeout"), OSError("no data")]

    def instance(self):
        return self

    async def does_script_run_without_error(self):
        result = self.tries.pop()
        if isinstance(result, Exception):
            raise result
        return result


def test_a_first_run_that_fails_is_logged_and_tried_again(monkeypatch, caplog):
    monkeypatch.setattr("serving.health.Runtime", Script())
    monkeypatch.setattr("serving.health.rarely_look", lambda: None)
    service = Service(Settings())
    asyncio.run(warm(service, pauses=(0.0, 0.0)))
    assert service.warm
    errors = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert [error.partition(" (")[0] for error in errors] == [
        "The first run of the script could not begin.",
        "The first run of the script failed",
    ]
    assert "no data" in caplog.text


class Page:
    """A page that the drain sends away; ``reads`` says whether it takes what is sent."""

    def __init__(self, service: Service, reads: bool = True, fault: Exception | None = None):
        self.service = service
        self.reads = reads
        self.fault = fault
        self.talk = Conversation(self.silent, self.send, Seat(), 30, None)
        service.conversations.add(self.talk)

    async def silent(self):
        await asyncio.Event().wait()

    async def send(self, message):
        if not self.reads:
            await asyncio.Event().wait()
        self.service.conversations.discard(self.talk)
        if self.fault:
            raise self.fault
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
        while None in (busy.talk.closed, stuck.talk.closed):  # in any order
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


def test_a_page_that_cannot_be_closed_takes_nothing_from_the_others(caplog):
    async def ending():
        service = Service(Settings())
        Page(service, fault=ValueError("odd"))
        Page(service, fault=RuntimeError("sent after its own close"))
        others = [Page(service) for _ in range(3)]
        await drain(service, asyncio.get_running_loop().time() + 30)
        return [other.closed for other in others]

    assert asyncio.run(ending()) == [1012] * 3
    assert [record.exc_info[1].args for record in caplog.records] == [("odd",)]


def test_the_server_ends_though_the_drain_fails(monkeypatch):
    async def broken(_service, _until):
        raise ValueError("odd")

    monkeypatch.setattr("serving.draining.drain", broken)
    server = Server(Config(app=lambda: None))
    with pytest.raises(ValueError, match="odd"):
        asyncio.run(_drain_and_stop(Service(Settings()), server))
    assert server.should_exit


@contextmanager
def process(log: Path, **settings: str):
    """The dashboard as an operator starts it, and its address."""
    (port,) = free_ports(1)
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


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        ({"TERRITORY_SESSIONS": "many"}, "TERRITORY_SESSIONS is 'many'"),
        ({"STREAMLIT_SERVER_BASE_URL_PATH": "land"}, "server.baseUrlPath is 'land'"),
    ],
)
def test_a_wrong_setting_ends_the_start_with_a_sentence(tmp_path, named, sentence):
    log = tmp_path / "log"
    with process(log, **named) as (server, _host):
        assert server.wait(timeout=60) != 0
    lines = log.read_text("utf-8").splitlines()
    assert any(line.startswith(sentence) for line in lines)
