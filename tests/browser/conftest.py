"""A served dashboard and a real Chromium that may not leave the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect, sync_playwright

from deploy.processes import free_ports, wait_until_answers, wait_until_ended
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
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "streamlit", "run", "serve.py", "--server.port", str(port)]
    server = subprocess.Popen(
        [*command, "--server.address", "127.0.0.1"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until_answers(f"http://127.0.0.1:{port}/_stcore/health", partial(_goes_on, server))
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        wait_until_ended(server)


def _goes_on(server: subprocess.Popen) -> None:
    assert server.poll() is None, "the dashboard stopped while it started"


@pytest.fixture(scope="session")
def known(tmp_path_factory):
    """A browser that keeps between tests what it fetched and compiled of the dashboard's scripts.

    $CHROMIUM, one on the PATH, or Playwright's own.
    """
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("chromium"),
            executable_path=found,
            args=["--no-sandbox", "--disable-gpu", *NO_OTHER_HOST],
            **USUAL,
        )
        yield context
        context.close()


@pytest.fixture(scope="session")
def browser(known):
    """The same Chromium, for contexts that know nothing yet."""
    return known.browser


@pytest.fixture
def open_page(known, browser, address):
    """Opens the dashboard as a reader would; every request to another host fails and is noted.

    A test's first reader comes with the scripts at hand and nothing else; every other one, and
    whoever is said to have anything unusual, as to a place they have never seen.
    """
    contexts, refused = [], []
    hosts = (urlparse(address).netloc, "")  # "": what is inside the page, as data: and blob:

    def note(request):
        if urlparse(request.url).netloc not in hosts:
            refused.append(request.url)

    def page_of(width, height, options):
        size = {"width": width, "height": height}
        context = known
        if contexts or options:
            context = browser.new_context(viewport=size, **{**USUAL, **options})
        contexts.append(context)
        context.on("request", note)
        page = context.new_page()
        page.set_viewport_size(size)
        return page

    def opened(path="/", width=1400, height=900, ready=True, **options) -> Reader:
        reader = Reader(page_of(width, height, options), address)
        if ready:
            reader.open(path)
        else:
            reader.page.goto(address + path)
        return reader

    yield opened
    for context in contexts:
        context.remove_listener("request", note)
        if context is known:
            forget(known, address)
        else:
            context.close()
    assert refused == [], "the page asked another host for something"


def forget(known, address) -> None:
    """Close all pages and leave nothing that a reader had of this dashboard but its scripts."""
    first, *others = known.pages
    for page in others:
        page.close()
    known.unroute_all()
    known.clear_cookies()
    devtools = known.new_cdp_session(first)
    kept = {"origin": address, "storageTypes": "all"}
    devtools.send("Storage.clearDataForOrigin", kept)
    devtools.detach()
