"""On a Ukrainian or Chinese page nothing is left in English, on screen or in the map."""

from __future__ import annotations

import re
from functools import cache

import pytest
import yaml
from playwright.sync_api import expect

from geo import paths
from geo.build.catalogues import texts_to_translate

PAGES = [
    *("", "clauses", "towns?town=Kramatorsk", "compare", "plan", "write", "timeline", "background"),
    "sources",
]

STREAMLITS = {"drag", "drop", "browse", "upload", "limit", "choose", "option", "results", "loading"}

NAMES = {"gettext"}
"""Lower-case English words that stand in names too."""

SEEN = """() => {
  const texts = [];
  const skip = ".sources, a[target=_blank], pre, code, [data-name], style, script,"
    + " [data-testid=stIconMaterial]";
  const walk = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!element || element.closest(skip) || !element.checkVisibility()) continue;
      if (getComputedStyle(element).fontSize === "0px") continue;
      texts.push(walker.currentNode.textContent);
    }
    for (const element of root.querySelectorAll("[title], [placeholder], [alt]")) {
      if (element.closest(skip)) continue;
      for (const name of ["title", "placeholder", "alt"]) {
        texts.push(element.getAttribute(name) || "");
      }
    }
  };
  walk(document.body);
  return texts;
}"""


@cache
def english() -> set[str]:
    """The lower-case words of the English texts, of pages and data, and of Streamlit's widgets."""
    texts = [str(message.id) for message in texts_to_translate() if message.id]
    for path in [*paths.PLANS.glob("*.yaml"), *paths.DATA.glob("*.yaml")]:
        texts += re.findall(r"^ *en: (.*)$", path.read_text("utf-8"), re.MULTILINE)
        assert yaml.safe_load(path.read_text("utf-8"))
    return (words_in(" ".join(texts)) | STREAMLITS) - NAMES


def words_in(text: str) -> set[str]:
    plain = re.sub(r"\S*[./_=]\S*|\{\w+\}|%\(\w+\)s|`[^`]*`", " ", text)
    return set(re.findall(r"(?<![A-Za-z])[a-z]{3,}(?![A-Za-z])", plain))


@pytest.mark.parametrize("language", ["uk", "zh"])
def test_no_english_word_is_left(open_page, address, language):
    reader = open_page(f"/_stcore/health?lang={language}", ready=False)
    left = {}
    for path in PAGES:
        reader.page.goto(f"{address}/{path}{'&' if '?' in path else '?'}lang={language}")
        left |= english_left(reader, path, language)
    assert left == {}


def english_left(reader, path, language) -> dict[tuple[str, str], str]:
    """The English words on a page in another language, each with the text that it stands in."""
    page = reader.page
    expect(page.locator(".st-key-head h1")).to_be_visible(timeout=30_000)
    reader.wait_until_it_rests()
    assert page.evaluate("document.documentElement.lang") == language
    assert not re.match("(Map|Clauses|Towns|Timeline|Background|Sources) ", page.title())
    assert page.title().endswith(" · Terms of Territory")
    seen = page.evaluate(SEEN)
    if path == "" or path.startswith("towns"):
        reader.frame.wait_for_selector("path.zone", state="attached", timeout=30_000)
        seen += reader.frame.evaluate(SEEN)
    assert len(seen) > 20
    return {(path, word): text for text in seen for word in words_in(text) & english()}


def test_the_browsers_language_is_spoken_first(open_page):
    page = open_page("/", locale="uk-UA").page
    assert page.locator(".st-key-layer_ceded").inner_text() != "Ceded"
    assert "лінія" in page.locator(".st-key-layer_toggles").inner_text().lower()


def test_a_language_that_is_chosen_holds_on_the_next_page(open_page):
    reader = open_page("/?lang=zh")
    reader.page.get_by_role("link", name="条款").first.click()
    expect(reader.page.locator(".st-key-clause_list")).to_contain_text("缓冲区", timeout=20_000)
    assert "lang=zh" in reader.page.url


def test_the_map_changes_its_words_and_not_its_place(open_page):
    reader = open_page("/")
    box = reader.page.locator(".st-key-territory_map iframe").bounding_box()
    reader.page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 0.5 * box["height"])
    for _ in range(6):
        reader.page.mouse.wheel(0, -240)
        reader.page.wait_for_timeout(250)
    reader.frame.wait_for_function("!territoryMapInstance.map._animatingZoom")
    before = reader.camera()
    assert before[0] > 7
    reader.mark_frame()
    reader.page.locator(".st-key-language_picker input").click()
    reader.page.get_by_role("option", name="Українська").click()
    expect(reader.page.locator(".st-key-layer_toggles")).to_contain_text("Лінія зіткнення")
    reader.frame.wait_for_function(
        "[...document.querySelectorAll('.label')].some((e) => e.textContent === 'Донецька')"
    )
    # A longer legend leaves the map some pixels less; its centre stays to a pixel.
    assert reader.camera() == pytest.approx(before, abs=1e-3)
    assert reader.frame_is_the_same()


def test_what_wakes_only_a_part_of_a_page_speaks_its_language_too(open_page):
    page = open_page("/timeline?lang=uk", ready=False).page
    page.locator(".st-key-timeline_actors button").first.click()
    expect(page.locator(".st-key-timeline_actors button[aria-pressed=true]")).to_contain_text("США")
    expect(page.locator(".st-key-timeline_kind")).to_contain_text("Зустріч")
    page.goto(page.url.replace("/timeline", "/towns"))
    page.locator(".st-key-town_list_text textarea").fill("Краматорськ")
    page.locator(".st-key-town_list_text textarea").press("Control+Enter")
    expect(page.locator(".st-key-town_list_result")).to_contain_text("Знайдено: 1", timeout=20_000)
