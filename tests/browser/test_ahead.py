"""What the page shows before its script has said it: panels of zones, and layers."""

from __future__ import annotations

import urllib.request

import brotli
import pytest
from playwright.sync_api import expect

from tests.browser.test_write import begin

PANELS = "**/ahead/*/panels/**"
THE_MAP = ".st-key-territory_map iframe"
DONETSK = "Donetsk Oblast, the part Ukraine holds"
CRIMEA = "Autonomous Republic of Crimea"
KHARKIV = "Kharkiv Oblast, the part Russia holds"

# From here on the server hears nothing of the page.
HOLD = "() => { window.held = 0; WebSocket.prototype.send = () => { window.held += 1; }; }"

# The panel as it is at the very moment of each pick; what the script says comes later.
NOTE_PANELS = """() => { window.shownAhead = [];
  window.addEventListener("territory-pick", () => window.shownAhead.push(
    document.querySelector(".st-key-clause_panel").innerText)); }"""


def leave_map(reader) -> None:
    reader.page.locator(".st-key-head h1").hover()


def approach(reader) -> None:
    """The pointer comes to the map, and the panels to the page."""
    leave_map(reader)
    with reader.page.expect_response(PANELS) as answered:
        reader.page.locator(THE_MAP).hover(position={"x": 30, "y": 200})
    assert answered.value.ok
    reader.page.wait_for_function("() => Object.keys(territoryAhead.panels).length > 0")


@pytest.fixture
def opened_near(open_page):
    """Opens the map, at rest, with the pointer over it; more of the same pages if need be."""

    def opened(path="/", **options):
        reader = open_page(path, **options)
        reader.wait_until_links_are_heard()
        reader.wait_until_it_rests()
        approach(reader)
        return reader

    return opened


@pytest.fixture
def unheard(opened_near):
    """A page near whose map the pointer is, and whose server hears nothing any more."""
    reader = opened_near("/?territory=UA-43")
    reader.page.evaluate(HOLD)
    yield reader
    assert reader.page.evaluate("window.held") > 0, "the page tells the script of it all the same"
    assert reader.page.url == f"{reader.address}/?territory=UA-43"
    assert reader.errors == []


def test_a_zone_is_shown_though_the_server_never_hears_of_it(unheard):
    reader = unheard
    reader.expect_heading(CRIMEA)
    reader.click_zone("UA-14-ukraine")
    reader.expect_heading(DONETSK)
    expect(reader.panel.locator(".panel-status strong")).to_have_text("Demilitarized")
    expect(reader.panel.locator(".clause-number", has_text="21(d)")).to_be_visible()
    reader.click_zone("UA-63-russia")
    reader.expect_heading(KHARKIV)
    expect(reader.panel.locator(".panel-status strong")).to_have_text("Given up by Russia")
    expect(reader.panel.locator(".panel-status")).to_have_count(1)


def test_a_link_to_a_zone_in_the_panel_is_followed_as_soon(unheard):
    reader = unheard
    reader.click_zone("UA-14-ukraine")
    reader.panel.locator("a[data-pick='zone:UA-14-russia']").click()
    reader.expect_heading("Donetsk Oblast, the part Russia holds")


def test_what_is_no_zone_waits_for_the_server(unheard):
    reader = unheard
    reader.frame.click(".site-zaporizhzhia-npp")
    reader.page.wait_for_timeout(300)
    assert reader.heading == CRIMEA


@pytest.mark.parametrize("layer", ["ceded", "demilitarized"])
def test_a_layer_goes_and_comes_back_though_the_server_never_hears_of_it(unheard, layer):
    reader = unheard
    before = reader.drawn()
    own = {name for name in before if f"zone-{layer} " in name}
    assert own
    reader.switch(layer)
    reader.frame.wait_for_function(
        "(s) => document.querySelectorAll(s).length === 0", arg=f"path.zone-{layer}"
    )
    assert reader.drawn() == {name: n for name, n in before.items() if name not in own}
    reader.switch(layer)
    reader.frame.wait_for_selector(f"path.zone-{layer}", state="attached")
    assert reader.drawn() == before


def test_a_layer_goes_and_comes_back_by_keyboard_too(unheard):
    reader = unheard
    reader.page.locator(".st-key-layer_ceded input").focus()
    reader.page.keyboard.press("Space")
    reader.frame.wait_for_function("!document.querySelector('path.zone-ceded')")
    reader.page.keyboard.press("Space")
    reader.frame.wait_for_selector("path.zone-ceded", state="attached")


def test_of_several_layers_each_goes_by_itself(unheard):
    reader = unheard
    for layer in ("ceded", "line_of_contact"):
        reader.switch(layer)
    gone = "!document.querySelector('path.zone-ceded, path.line-of-contact')"
    reader.frame.wait_for_function(gone)
    assert reader.paths("path.zone-demilitarized") == 1
    reader.switch("ceded")
    reader.frame.wait_for_selector("path.zone-ceded", state="attached")
    assert reader.paths("path.line-of-contact") == 0


def test_what_the_server_does_not_confirm_is_taken_back(unheard):
    reader = unheard
    before = reader.panel.inner_html()
    reader.page.clock.install()
    reader.click_zone("UA-14-ukraine")
    reader.expect_heading(DONETSK)
    reader.page.clock.fast_forward(4_000)
    reader.click_zone("UA-63-russia")
    reader.page.clock.fast_forward(4_000)
    reader.expect_heading(KHARKIV)  # for four seconds only
    reader.page.clock.fast_forward(2_000)
    reader.expect_heading(CRIMEA)
    assert reader.panel.inner_html() == before


def test_what_the_server_confirms_stays(opened_near):
    reader = opened_near()
    reader.page.clock.install()
    reader.click_zone("UA-14-ukraine")
    reader.page.wait_for_url("**territory=UA-14*")
    reader.wait_until_it_rests()
    reader.page.clock.fast_forward(11_000)
    reader.page.wait_for_timeout(300)
    assert reader.heading == DONETSK


@pytest.mark.parametrize(
    ("path", "zones"),
    [("/", ["UA-14-ukraine", "UA-43-russia", "UA-46-ukraine"]), ("/?lang=uk", ["UA-23-russia"])],
)
def test_what_is_shown_ahead_is_what_the_link_opens(opened_near, open_page, path, zones):
    reader = opened_near(path)
    reader.page.evaluate(NOTE_PANELS)
    fresh = open_page("/_stcore/health", ready=False)
    for zone in zones:
        reader.click_zone(zone)
        territory, held_by = zone.rsplit("-", 1)
        reader.page.wait_for_url(f"**territory={territory}&held_by={held_by}*")
        reader.wait_until_it_rests()
        at_rest = reader.panel.inner_text()
        fresh.open(reader.page.url.removeprefix(reader.address))
        fresh.wait_until_it_rests()
        assert at_rest == fresh.panel.inner_text()
        assert reader.page.evaluate("shownAhead.at(-1)") == at_rest
        assert fresh.errors == []
    assert len(set(reader.page.evaluate("shownAhead"))) == len(zones)
    assert reader.errors == []


def test_the_panels_of_one_plan_are_not_shown_under_another(opened_near):
    reader = opened_near("/?territory=UA-14&held_by=ukraine")
    other = "e3-edit-2025-11"
    asked = []

    def hold(route):
        asked.append(route)

    reader.page.context.route(f"**/ahead/*/panels/{other}/**", hold)
    reader.panel.locator(f"a[data-pick^='plan:{other}/']").click()
    reader.page.wait_for_url(f"**plan={other}*")
    reader.wait_until_it_rests()
    reader.page.evaluate(HOLD)
    # In the panel, before the other plan's panels are asked for.
    reader.panel.locator("a[data-pick='zone:UA-14-russia']").click()
    reader.page.wait_for_timeout(300)
    assert (reader.heading, len(asked)) == (DONETSK, 0)
    # By keyboard and by pointer, while the other plan's panels are on their way.
    reader.frame.focus("path[data-zone=UA-43-russia]")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_timeout(300)
    assert (reader.heading, len(asked)) == (DONETSK, 1)
    reader.click_zone("UA-43-russia")
    reader.page.wait_for_timeout(300)
    assert (reader.heading, len(asked)) == (DONETSK, 1)
    asked[0].continue_()
    reader.page.wait_for_function("() => Object.keys(territoryAhead.panels).length > 0")
    reader.click_zone("UA-43-russia")
    reader.expect_heading(CRIMEA)
    expect(reader.panel.locator(f"a[href*='plan={other}&']").first).to_be_visible()
    expect(reader.panel.locator(".fates .current a")).to_have_attribute(
        "data-pick", f"plan:{other}/zone:UA-43-russia"
    )


def test_the_panels_are_asked_for_once(opened_near):
    reader = opened_near()
    asked = []
    reader.page.on("request", lambda request: asked.append(request.url))
    for _ in range(3):
        leave_map(reader)
        reader.page.locator(THE_MAP).hover(position={"x": 60, "y": 200})
    reader.page.wait_for_timeout(300)
    assert [url for url in asked if "/panels/" in url] == []


@pytest.mark.parametrize(
    "lost",
    [
        lambda route: route.abort(),
        lambda route: route.fulfill(status=503, body="Too many readers"),
        lambda route: route.fulfill(status=200, body="<html>"),
    ],
    ids=["no answer", "refused", "a page instead"],
)
def test_where_the_panels_are_lost_the_server_shows_one_and_they_are_asked_for_again(
    open_page, lost
):
    reader = open_page()
    reader.wait_until_links_are_heard()
    reader.wait_until_it_rests()
    asked = []
    reader.page.context.route(PANELS, lambda route: (asked.append(1), lost(route)))
    reader.click_zone("UA-14-ukraine")
    reader.expect_heading(DONETSK)
    reader.page.wait_for_url("**territory=UA-14&held_by=ukraine*")
    assert asked
    reader.page.context.unroute(PANELS)
    approach(reader)
    reader.page.evaluate(HOLD)
    reader.click_zone("UA-63-russia")
    reader.expect_heading(KHARKIV)
    assert reader.errors == []


def test_with_a_plan_of_their_own_a_reader_waits_for_the_server(open_page):
    reader = begin(open_page)
    asked = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.page.get_by_role("link", name="Map", exact=True).first.click()
    expect(reader.panel.locator("h2")).to_be_visible()
    reader.wait_until_it_rests()
    reader.frame.wait_for_selector("path.zone", state="attached")
    reader.click_zone("UA-14-ukraine")
    reader.expect_heading(DONETSK)
    reader.page.wait_for_url("**plan=own*territory=UA-14*")
    expect(reader.panel.locator(".fates .current a")).to_have_attribute(
        "data-pick", "plan:own/zone:UA-14-ukraine"
    )
    assert [url for url in asked if "/panels/" in url] == []
    assert reader.errors == []


def test_the_server_sends_them_compressed_and_for_a_year(opened_near):
    address = opened_near().page.evaluate("location.origin + territoryView.panels.at")

    def ask(url: str):
        asked = urllib.request.Request(url, headers={"Accept-Encoding": "br"})
        return urllib.request.urlopen(asked)

    with ask(address) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert answer.headers["Cache-Control"] == "max-age=31536000, immutable"
        assert answer.headers["Content-Type"] == "application/json"
        body = answer.read()
        assert len(body) < 40_000
        assert DONETSK in brotli.decompress(body).decode()
