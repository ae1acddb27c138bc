"""The log: what it says of a request, of libraries and of errors, and what it never says."""

from __future__ import annotations

import io
import json
import logging

import pytest
import streamlit.logger
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from serving.logs import LOG, Observed, start_logging
from serving.metrics import count_script_error


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def _logging_as_it_was():
    root = logging.getLogger()
    kept = root.handlers, root.level, streamlit.logger.setup_formatter
    yield
    root.handlers, streamlit.logger.setup_formatter = kept[0], kept[2]
    root.setLevel(kept[1])
    for logger in list(streamlit.logger._loggers.values()):
        logger.propagate = False
    streamlit.logger.update_formatter()


def lines(stream: io.StringIO) -> list[dict]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def ask(path: str) -> None:
    async def answer(_request):
        return PlainTextResponse("four", 200)

    routes = [Route("/towns", answer), Route("/healthz", answer)]
    app = Starlette(routes=routes, middleware=[Middleware(Observed)])
    client = TestClient(app, client=("192.0.2.7", 1))
    client.get(path, headers={"User-Agent": "Somebody/1", "Cookie": "a=secret"})


def test_a_request_is_one_line_that_names_nobody():
    stream = io.StringIO()
    start_logging("INFO", stream)
    ask("/towns?town=Kramatorsk")
    (line,) = [line for line in lines(stream) if line["logger"] == LOG.name]
    assert (line["event"], line["route"], line["status"], line["bytes"]) == (
        "request",
        "page",
        200,
        4,
    )
    assert line["level"] == "INFO"
    assert line["milliseconds"] >= 0
    for told in ("192.0.2.7", "Somebody", "secret", "Kramatorsk", "towns"):
        assert told not in json.dumps(line)


def test_what_is_many_and_says_little_is_logged_at_debug():
    for level, expected in (("INFO", 0), ("DEBUG", 1)):
        stream = io.StringIO()
        start_logging(level, stream)
        ask("/healthz")
        assert sum(line["logger"] == LOG.name for line in lines(stream)) == expected


def test_what_streamlit_logs_comes_in_the_same_form_without_its_values():
    stream = io.StringIO()
    start_logging("INFO", stream)
    for name in ("streamlit.runtime.runtime", "streamlit.made.only.now"):
        logger = streamlit.logger.get_logger(name)
        logger.warning("Session with id %s is already connected!", "3f9a")
    assert [(line["level"], line["event"]) for line in lines(stream)] == [
        ("WARNING", "Session with id %s is already connected!")
    ] * 2


def test_an_error_of_the_script_has_its_traceback():
    from streamlit.error_util import handle_user_script_exception

    stream = io.StringIO()
    start_logging("INFO", stream)
    try:
        raise RuntimeError("the plan has no land")
    except RuntimeError as error:
        handle_user_script_exception(error, count_script_error)
    line = next(line for line in lines(stream) if "traceback" in line)
    assert line["event"] == "Uncaught app execution"
    assert "RuntimeError: the plan has no land" in line["traceback"]


def test_uvicorn_tells_no_address():
    stream = io.StringIO()
    start_logging("DEBUG", stream)
    logging.getLogger("uvicorn.error").info('%s - "WebSocket %s" [accepted]', "192.0.2.7", "/")
    logging.getLogger("uvicorn.access").info("%s %s", "192.0.2.7", "/")
    logging.getLogger("uvicorn.error").error("Exception in ASGI application")
    assert [line["event"] for line in lines(stream)] == ["Exception in ASGI application"]


def test_on_a_terminal_it_is_plain_and_says_what_matters():
    stream = Terminal()
    start_logging(None, stream)
    ask("/towns")
    LOG.error("The data is %s.", "broken", extra={"measured": {"files": 3}})
    assert stream.getvalue() == "ERROR: The data is broken. files=3\n"
