"""What is seen before Streamlit's scripts have run, and how it gives way to page and map."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from geo.division import load_division
from geo.palette import NEUTRALS
from geo.plan import DEFAULT_PLAN, load_plan
from pages.parts.scene import scene_of
from tests.browser.test_headers import NOTE_VIOLATIONS, SEARCHES_ITS_PATH

SIZES = [(1400, 900), (900, 700), (390, 844)]

ZONES = ("UA-43-russia", "UA-14-ukraine", "UA-09-russia", "UA-65-russia", "UA-53-ukraine")

INDEX = "**/static/js/index.*.js"
"""Streamlit's first script, without which nothing is drawn."""

OUTLINES = "**/territories.overview.geojson*"
"""What the map draws its zones from."""

BOX = """(path) => { const { x, y, width, height } = path.getBBox(), m = path.getScreenCTM();
  const [left, top] = [m.a * x + m.e, m.d * y + m.f];
  return [left, top, left + m.a * width, top + m.d * height]; }"""
"""Edges of what is filled, without the stroke."""

WATCH_MAP = """window.places = [];
const look = () => {
  const map = document.querySelector(".st-key-territory_map");
  if (map?.querySelector(".picture")) window.moved = true;
  if (map && window.moved) {
    const { x, y, width, height } = map.getBoundingClientRect();
    window.places.push([x, y, width, height]);
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);"""


@pytest.fixture
def held_back(open_page, address):
    """Opens a page whose script never comes."""

    def opened(path="/", width=1400, height=900, **options):
        reader = open_page("/_stcore/health", width, height, ready=False, **options)
        reader.page.context.route(INDEX, lambda route: route.abort())
        reader.page.goto(address + path)
        return reader

    return opened


@pytest.fixture
def without_zones(open_page, address):
    """Opens a page whose map waits for its outlines, with the picture over it."""

    def opened(path="/", **options):
        reader = open_page("/_stcore/health", ready=False, **options)
        held = []
        hold(reader, OUTLINES, held)
        reader.page.goto(address + path)
        picture = reader.page.locator(".st-key-territory_map .picture")
        expect(picture).to_have_count(1, timeout=30_000)
        return reader, held

    return opened


def hold(reader, pattern: str, held: list) -> None:
    def keep(route):
        held.append(route)

    reader.page.context.route(pattern, keep)


def pictured() -> list[str]:
    """The zones in the order in which they are in the picture."""
    plan = load_plan(DEFAULT_PLAN)
    return list(scene_of(plan, load_division(plan.line)).zones)


def colour(name: str, theme: str) -> str:
    written = NEUTRALS[theme][name].lstrip("#")
    return f"rgb({', '.join(str(int(written[i : i + 2], 16)) for i in (0, 2, 4))})"


def drawn_in_picture(reader) -> dict[str, list[float]]:
    order, paths = pictured(), reader.page.locator("#first-view .picture path")
    return {zone: paths.nth(order.index(zone)).evaluate(BOX) for zone in ZONES}


def drawn_on_map(reader) -> dict[str, list[float]]:
    frame = reader.page.locator(".st-key-territory_map iframe").bounding_box()
    across, down = frame["x"], frame["y"]
    found = {}
    for zone in ZONES:
        path = reader.frame.locator(f"path.zone[data-zone={zone}]")
        left, top, right, bottom = path.evaluate(BOX)
        found[zone] = [left + across, top + down, right + across, bottom + down]
    return found


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_finding_and_picture_are_seen_without_any_script_of_streamlits(held_back, width, height):
    reader = held_back("/", width, height)
    expect(reader.page.locator("#first-view h1")).to_be_visible()
    expect(reader.page.locator("#first-view h1")).to_contain_text("Ukraine would leave")
    paths = reader.page.locator("#first-view .picture path")
    expect(paths).to_have_count(len(pictured()))
    for zone in ZONES:
        expect(paths.nth(pictured().index(zone))).to_be_visible()
    heading = reader.page.locator("#first-view h1").bounding_box()
    picture = reader.page.locator("#first-view .picture").bounding_box()
    assert heading["y"] + heading["height"] <= picture["y"]
    assert picture["y"] + 200 < height
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_zone_is_in_the_picture_where_it_will_be_on_the_map(
    held_back, open_page, width, height
):
    seen = drawn_in_picture(held_back("/", width, height))
    reader = open_page("/", width, height)
    reader.wait_until_it_rests()
    drawn = drawn_on_map(reader)
    for zone in ZONES:
        assert seen[zone] == pytest.approx(drawn[zone], abs=3), zone


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_finding_is_where_it_will_be_on_the_page(held_back, open_page, width, height):
    seen = held_back("/", width, height).page.locator("#first-view h1")
    reader = open_page("/", width, height)
    reader.wait_until_it_rests()
    drawn = reader.page.locator(".st-key-head h1")
    assert seen.inner_text() == drawn.inner_text()
    before, after = seen.bounding_box(), drawn.bounding_box()
    for side in ("x", "y", "width", "height"):
        assert before[side] == pytest.approx(after[side], abs=3), side


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_all_of_it_is_gone_when_the_map_is_drawn_and_the_map_held_still(
    open_page, address, width, height
):
    reader = open_page("/_stcore/health", width, height, ready=False)
    reader.page.add_init_script(WATCH_MAP)
    reader.open("/")
    reader.wait_until_it_rests()
    expect(reader.page.locator(".picture, #first-view")).to_have_count(0)
    places = reader.page.evaluate("places")
    assert len(places) > 5
    for x, y, wide, high in places:
        assert (x, y, x + wide, y + high) == pytest.approx(
            (places[0][0], places[0][1], places[0][0] + places[0][2], places[0][1] + places[0][3]),
            abs=20,
        )


def test_the_picture_stays_over_the_map_until_its_zones_are_drawn(without_zones):
    reader, held = without_zones()
    expect(reader.page.locator("#first-view")).to_have_count(0)
    expect(reader.page.locator(".st-key-head h1")).to_be_visible()
    reader.wait_until_it_rests()
    expect(reader.page.locator(".st-key-territory_map .picture")).to_be_visible()
    for route in held:
        route.continue_()
    reader.frame.wait_for_selector("path.zone", state="attached")
    expect(reader.page.locator(".picture")).to_have_count(0)


def test_a_map_that_cannot_be_drawn_says_so_and_no_picture_hides_it(without_zones):
    reader, held = without_zones()
    reader.wait_until_it_rests()
    for route in held:
        route.abort()
    expect(reader.frame.locator(".map-error")).to_be_visible()
    expect(reader.page.locator(".picture")).to_have_count(0)


def test_a_map_that_is_there_before_it_is_told_a_plan_keeps_the_picture(open_page, address):
    """Of the bridge only the scene is late, as on a slow line: what it says comes last."""
    reader = open_page("/_stcore/health", ready=False)
    reader.page.add_init_script(
        """if (window === parent) Object.defineProperty(window, "territoryView", { writable: false,
        value: new Proxy({}, { get: (said, name) =>
          name === "scene" && !window.told ? undefined : said[name] }) });"""
    )
    reader.page.goto(address)
    reader.frame.wait_for_function("window.territoryMapInstance?.drawn", timeout=30_000)
    assert reader.paths("path.zone") == 0
    expect(reader.page.locator(".st-key-territory_map .picture")).to_have_count(1)
    reader.page.evaluate("window.told = true; dispatchEvent(new CustomEvent('territory-view'))")
    reader.frame.wait_for_selector("path.zone", state="attached")
    expect(reader.page.locator(".picture")).to_have_count(0)


def test_a_picture_that_the_map_has_taken_away_already_is_not_missed(open_page):
    reader = open_page()
    reader.wait_until_it_rests()
    words = reader.page.locator(".st-key-territory_map").inner_text()
    reader.page.evaluate(
        """const first = document.createElement("div"); first.id = "first-view";
        document.body.append(first);"""
    )
    reader.switch("ceded")
    expect(reader.page.locator("#first-view")).to_have_count(0)
    assert reader.page.locator(".st-key-territory_map").inner_text() == words


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_has_the_colours_of_the_readers_system(held_back, scheme):
    reader = held_back("/", color_scheme=scheme)
    ground = "(element) => getComputedStyle(element).backgroundColor"
    picture = reader.page.locator("#first-view .picture")
    assert picture.evaluate(ground) == colour("outside", scheme)
    assert reader.page.locator("html").evaluate(ground) == colour("page", scheme)
    heading = reader.page.locator("#first-view h1")
    assert heading.evaluate("(h) => getComputedStyle(h).color") == colour("text", scheme)
    zones = reader.page.locator("#first-view .picture path")
    fills = zones.evaluate_all("(zones) => zones.map((zone) => getComputedStyle(zone).fill)")
    assert len(set(fills)) > 3
    assert "rgb(0, 0, 0)" not in fills


def test_the_policy_lets_the_picture_be_placed_and_refuses_nothing(open_page, address):
    faults = []

    def note(message):
        if message.type == "error" and not SEARCHES_ITS_PATH.search(message.location["url"]):
            faults.append(message.text)

    reader = open_page("/_stcore/health", ready=False, bypass_csp=False)
    reader.page.add_init_script(NOTE_VIOLATIONS)
    reader.page.on("console", note)
    held = []
    hold(reader, INDEX, held)
    reader.page.goto(address, wait_until="commit")
    placed = reader.page.locator("#first-view svg[viewBox]")
    expect(placed).to_be_visible()
    for route in held:
        route.continue_()
    reader.frame.wait_for_selector("path.zone", state="attached", timeout=30_000)
    expect(reader.page.locator(".picture, #first-view")).to_have_count(0)
    reader.wait_until_it_rests()
    assert faults == []


@pytest.mark.parametrize("name", ["Clauses", "Towns"])
def test_whoever_goes_on_before_the_map_is_drawn_finds_no_picture_there(without_zones, name):
    reader, held = without_zones()
    reader.wait_until_it_rests()
    reader.page.get_by_role("link", name=name, exact=True).first.click()
    reader.page.wait_for_url(f"**/{name.lower()}*")
    reader.wait_until_it_rests()
    expect(reader.page.locator(".stMain h2").first).to_be_visible(timeout=30_000)
    for route in held:
        route.continue_()
    expect(reader.page.locator(".picture, #first-view")).to_have_count(0)
    assert reader.errors == []


def test_the_first_view_stays_until_the_switches_above_the_map_are_there(open_page):
    held = []
    reader = open_page("/_stcore/health", ready=False)
    hold(reader, "**/static/js/Checkbox.*.js", held)
    reader.page.goto(reader.address)
    reader.page.wait_for_selector(".st-key-layers_bridge", state="attached")
    reader.page.wait_for_timeout(500)
    expect(reader.page.locator("#first-view")).to_be_visible()
    for route in held:
        route.continue_()
    expect(reader.page.locator("#first-view")).to_have_count(0)
    assert held
