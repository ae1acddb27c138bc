"""A served dashboard and a real Chromium that may not leave the machine."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.reader import Reader

ROOT = Path(__file__).resolve().parents[2]
# Two cores run servers, browsers and tests: what takes half a second elsewhere may take longer.
expect.set_options(timeout=15_000)

NO_OTHER_HOST = ["--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]
"""Refuses all but this machine. A route in Playwright would too, and switch the cache off."""

USUAL = {"locale": "en-GB", "bypass_csp": True}
"""Playwright waits by evaluating text, which the dashboard's policy refuses. test_headers.py looks
at every page with the policy in force."""

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def address():
    """The address of a dashboard that runs for these tests."""
    with served() as address:
        yield address


@contextmanager
def served():
    """A dashboard that has just been started; gives its address, ends it afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", str(port)]
    server = subprocess.Popen(
        [*command, "--server.address", "127.0.0.1"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_for(url: str, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, "the dashboard stopped while it started"
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the dashboard did not answer within a minute")


@pytest.fixture(scope="session")
def browser():
    """Chromium: $CHROMIUM, one on the PATH, or Playwright's own."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", *NO_OTHER_HOST]
        )
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser, address):
    """Opens the dashboard as a reader would; every request to another host fails and is noted."""
    contexts, refused = [], []

    def opened(path="/", width=1400, height=900, ready=True, **options) -> Reader:
        context = browser.new_context(
            viewport={"width": width, "height": height}, **{**USUAL, **options}
        )
        contexts.append(context)
        hosts = (urlparse(address).netloc, "")  # "": what is inside the page, as data: and blob:

        def note(request):
            if urlparse(request.url).netloc not in hosts:
                refused.append(request.url)

        context.on("request", note)
        reader = Reader(context.new_page(), address)
        if ready:
            reader.open(path)
        else:
            reader.page.goto(address + path)
        return reader

    yield opened
    for context in contexts:
        context.close()
    assert refused == [], "the page asked another host for something"
