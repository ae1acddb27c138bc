"""What a browser is told with each answer, and that no page does anything that it was denied."""

from __future__ import annotations

import json
import re
import urllib.request

import brotli
import pytest
from playwright.sync_api import expect

from pages.parts.view import PAGES
from tests.browser.test_own import bring, feature, geojson
from tests.browser.test_write import begin

# In the page and in its frames, from before their first script on.
NOTE_VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) => console.error(
  `refused: ${event.effectiveDirective} ${event.blockedURI} in ${location.pathname}`));"""

# Streamlit looks under which path it is served by asking beside the page's own first; Chromium
# writes into the console which answers were 404.
SEARCHES_ITS_PATH = re.compile(r"/_stcore/(health|host-config)$")


@pytest.fixture
def watched(address, open_page):
    """Opens a page as ``open_page`` does and notes what is refused and what goes wrong in it."""
    faults: list[str] = []

    def note(message) -> None:
        if message.type == "error" and not SEARCHES_ITS_PATH.search(message.location["url"]):
            faults.append(message.text)

    def opened(path: str, **options):
        reader = open_page("/_stcore/health", ready=False, bypass_csp=False, **options)
        reader.page.add_init_script(NOTE_VIOLATIONS)
        reader.page.on("console", note)
        reader.page.goto(address + path)
        return reader

    yield opened
    assert faults == []


def click_a_piece_of_land(reader) -> None:
    reader.frame.wait_for_selector("path.zone", state="attached")
    reader.click_zone("UA-14-ukraine")
    reader.expect_heading("Donetsk Oblast, the part Ukraine holds")


def bring_a_line(reader) -> None:
    bring(reader, "line_upload", "line.geojson", geojson(feature("russian_held")))
    reader.page.locator(".st-key-line_use button").click()
    expect(reader.page.locator(".st-key-head")).to_contain_text("by your line of contact")


def find_a_town(reader) -> None:
    reader.page.get_by_label("Look up a town").fill("Kramatorsk")
    expect(reader.page.locator(".st-key-town_result h2")).to_have_text("Kramatorsk")


def draw_charts_and_download(reader) -> None:
    expect(reader.page.locator("svg.marks").first).to_be_visible()
    download(reader, reader.page.get_by_test_id("stDownloadButton").locator("button").first)


def download_the_towns(reader) -> None:
    download(reader, reader.page.get_by_role("link", name="reference/towns.csv", exact=True))


def download(reader, link) -> None:
    with reader.page.expect_download() as waiting:
        link.click()
    assert waiting.value.path().stat().st_size > 0


def see_both_maps(reader) -> None:
    expect(reader.page.locator("iframe")).to_have_count(2)
    for frame in reader.page.locator("iframe").all():
        inside = frame.element_handle().content_frame()
        inside.wait_for_selector("path.zone", state="attached")


def see_charts(reader) -> None:
    expect(reader.page.locator("svg.marks").first).to_be_visible()


def see_words(reader) -> None:
    expect(reader.page.locator(".stMain h2").first).to_be_visible()


MAIN_THING = {
    "map": click_a_piece_of_land,
    "clauses": see_words,
    "towns": find_a_town,
    "ledger": draw_charts_and_download,
    "compare": see_both_maps,
    "plan": see_words,
    "timeline": see_charts,
    "background": see_words,
    "sources": download_the_towns,
}


@pytest.mark.parametrize("page", MAIN_THING)
def test_a_page_does_its_main_thing_and_nothing_is_refused(watched, page):
    reader = watched(f"/{PAGES[page]}")
    expect(reader.page.locator(".st-key-head h1")).to_be_visible(timeout=30_000)
    MAIN_THING[page](reader)


def test_a_plan_is_started_and_nothing_is_refused(watched):
    begin(lambda path, **_: watched(path))


def test_every_page_is_tried():
    assert {*MAIN_THING, "write"} == {*PAGES}


def test_an_own_line_is_brought_and_nothing_is_refused(watched):
    reader = watched("/?territory=UA-14&held_by=ukraine")
    expect(reader.panel.locator("h2")).to_be_visible(timeout=30_000)
    bring_a_line(reader)


@pytest.mark.parametrize("language", ["uk", "zh"])
def test_nothing_is_refused_in_another_language(watched, language):
    reader = watched(f"/?lang={language}", color_scheme="dark")
    expect(reader.page.locator(".st-key-head h1")).to_be_visible(timeout=30_000)
    for path in PAGES.values():
        reader.turn_to(path)
        assert f"lang={language}" in reader.page.url


def test_a_script_that_slips_into_the_page_does_not_run(browser, address):
    page = browser.new_page()
    page.goto(address)
    expect(page.locator(".st-key-head h1")).to_be_visible(timeout=30_000)
    refused = page.evaluate(
        """() => new Promise((tell) => {
        const refused = [];
        document.addEventListener("securitypolicyviolation", (event) => {
          if (refused.push(event.blockedURI) === 3) tell(refused.sort());
        });
        const script = document.createElement("script");
        script.textContent = "window.slipped = 1";
        const image = document.createElement("div");
        image.innerHTML = "<img src=/nowhere.png onerror='window.slipped = 2'>";
        document.body.append(script, image);
        setTimeout("window.slipped = 3"); })"""
    )
    assert refused == ["eval", "inline", "inline"]
    assert page.evaluate("window.slipped") is None
    page.close()


def test_what_a_browser_is_told_with_page_and_frame(browser, address):
    context = browser.new_context()
    page, answers = context.new_page(), {}
    page.on("response", lambda answer: answers.setdefault(answer.url, answer))
    page.goto(address)
    page.frame_locator("iframe").locator("path.zone").first.wait_for(state="attached")
    for url in (f"{address}/", page.locator("iframe").first.get_attribute("src")):
        headers = next(each for key, each in answers.items() if key.startswith(url)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"
        assert headers["content-security-policy"].startswith(
            "default-src 'none'; script-src 'self'"
        )
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
    encodings = {url: answer.headers.get("content-encoding") for url, answer in answers.items()}
    packed = [url for url in encodings if re.search(r"\.(js|css|geojson)(\?|$)", url)]
    assert len(packed) > 50
    small = {url for url in packed if int(answers[url].headers["content-length"]) < 500}
    assert {encodings[url] for url in packed if url not in small} == {"br"}
    map_files = [url for url in answers if "?v=" in url]
    assert len(map_files) > 4
    for url in map_files:
        assert answers[url].headers["cache-control"] == "max-age=31536000, immutable"
    context.close()


def test_the_real_files_come_as_they_are_on_disk(address):
    from geo.paths import DATA

    with urllib.request.urlopen(address):  # a page declares the folders that are served
        pass
    url = f"{address}/component/pages.parts.assets.data/territories.overview.geojson"
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(asked) as answer:
        body = brotli.decompress(answer.read())
    assert json.loads(body) == json.loads((DATA / "territories.overview.geojson").read_text())
