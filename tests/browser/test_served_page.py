"""The page as it is answered, before any script has run, and that it holds still while it loads."""

from __future__ import annotations

import gzip
import re
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import served

SHIFTS = """window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""


def test_the_page_has_its_title_and_style_from_the_start(address):
    request = urllib.request.Request(f"{address}/", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request) as answer:
        body = answer.read()
        assert int(answer.headers["Content-Length"]) == len(body)
        assert answer.headers["ETag"].endswith('-gzip"')
        page = gzip.decompress(body).decode()
    head = page.partition("</head>")[0]
    assert "<title>Terms of Territory</title>" in head
    assert '<meta name="description" content="What a peace plan would do' in head
    assert ".st-key-territory_map" in head


def test_the_fonts_that_the_page_asks_for_first_are_there(address):
    with urllib.request.urlopen(f"{address}/clauses") as answer:
        fonts = re.findall(r'rel="preload" as="font"[^>]*href="\./([^"]+)"', answer.read().decode())
    assert len(fonts) == 2
    for font in fonts:
        with urllib.request.urlopen(f"{address}/{font}") as answer:
            assert answer.read(4) == b"wOF2"


def test_the_files_that_the_map_asks_for_are_told_in_the_head_of_its_page(open_page):
    reader = open_page("/", ready=False)
    told = set(re.findall(r'rel="prefetch" href="\./([^"]+)"', reader.page.content()))
    asked = set()
    reader.page.on("request", lambda request: asked.add(request.url))
    reader.open("/")
    in_frame = {url.partition("/component/")[2] for url in asked if "/component/" in url}
    files = {f"component/{path}" for path in in_frame if "/index.html" not in path}
    assert files == told


def test_what_is_no_page_passes_unchanged(address):
    with urllib.request.urlopen(f"{address}/_stcore/health") as answer:
        assert answer.read() == b"ok"
    with urllib.request.urlopen(urllib.request.Request(f"{address}/", method="HEAD")) as answer:
        assert answer.status == 200


def test_the_first_reader_of_all_gets_the_whole_page_too(browser):
    with served() as address:
        page = browser.new_page()
        page.goto(f"{address}/clauses?clause=21d")
        expect(page.locator(".st-key-head h1")).to_be_visible(timeout=30_000)
        expect(page.locator(".clause-card.marked h3")).to_have_text("Withdrawal zone in Donetsk")
        page.close()


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (390, 844)])
def test_the_page_holds_still_while_it_loads(browser, address, width, height):
    """Without the style in the page itself everything moved: the sum was about 1."""
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(f"{address}/?territory=UA-14&held_by=ukraine")
    frame = page.wait_for_selector(".st-key-territory_map iframe").content_frame()
    frame.wait_for_selector("path.zone", state="attached", timeout=30_000)
    page.wait_for_selector(".st-key-clause_panel h2")
    page.wait_for_timeout(1_000)
    assert page.evaluate("window.shifts") < 0.3
    context.close()
