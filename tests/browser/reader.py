"""What a reader does with the dashboard, in words."""

from __future__ import annotations

from urllib.parse import urlparse

from playwright.sync_api import Frame, Page, expect

# A point that shows the path itself, not one that lies on top of it.
POINT_ON_PATH = """(zone) => {
  const path = [...document.querySelectorAll("path.zone")].find((p) => p.dataset.zone === zone);
  const box = path.getBoundingClientRect();
  for (let i = 1; i < 40; i++) for (let j = 1; j < 40; j++) {
    const [x, y] = [box.left + (box.width * i) / 40, box.top + (box.height * j) / 40];
    if (document.elementFromPoint(x, y) === path) return [x, y];
  }
  return null;
}"""


class Reader:
    """One reader with one page open."""

    def __init__(self, page: Page, address: str):
        self.page = page
        self.address = address
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: self.errors.append(f"dialog: {dialog.message}"))

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.frame.wait_for_selector("path.zone", state="attached", timeout=30_000)
        expect(self.panel.locator("h2")).to_be_visible(timeout=30_000)

    def turn_to(self, path: str) -> None:
        """Go to another page by the navigation above it, and wait until it rests."""
        self.page.locator(f'[data-testid=stTopNavLink][href$="/{path}"]').click()
        self.page.wait_for_url(lambda url: urlparse(url).path == f"/{path}")
        self.wait_until_it_rests()
        expect(self.page.locator(".st-key-head h1")).to_be_visible(timeout=30_000)

    def wait_until_links_are_heard(self) -> None:
        """Wait until the page itself follows its links: before that, each loads a page anew."""
        self.page.wait_for_function("() => window.territoryUnlisten?.pick", timeout=60_000)

    def wait_until_it_rests(self) -> None:
        """Wait until no script has run for a while: a run may only just be about to begin."""
        resting = 0
        while resting < 5:
            self.page.wait_for_selector('[data-test-script-state="notRunning"]', timeout=60_000)
            running = self.page.locator('[data-test-script-state="running"]').count()
            resting = 0 if running else resting + 1
            self.page.wait_for_timeout(100)

    @property
    def frame(self) -> Frame:
        """The map's own document."""
        element = self.page.wait_for_selector(".st-key-territory_map iframe", timeout=30_000)
        frame = element.content_frame()
        assert frame is not None
        return frame

    @property
    def panel(self):
        return self.page.locator(".st-key-clause_panel")

    @property
    def heading(self) -> str:
        return self.panel.locator("h2").inner_text()

    def click_zone(self, zone: str) -> None:
        point = self.frame.evaluate(POINT_ON_PATH, zone)
        assert point, f"no point of {zone} can be clicked"
        self.click_map(*point)

    def click_map(self, x: float, y: float) -> None:
        box = self.page.locator(".st-key-territory_map iframe").bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + x, box["y"] + y)

    def expect_heading(self, text: str) -> None:
        expect(self.panel.locator("h2")).to_have_text(text)

    def zoom_to(self, zone: str) -> None:
        """Bring a small piece of land near, as turning the wheel over it would."""
        self.frame.evaluate(
            """(zone) => { const map = territoryMapInstance;
            map.moved = true;
            map.map.fitBounds(map.zones.get(zone).layer.getBounds(), {animate: false}); }""",
            zone,
        )
        self.frame.wait_for_function(
            "territoryMapInstance.level === territoryMapInstance.wantedLevel()"
        )

    def camera(self) -> list[float]:
        """Zoom and centre of the map."""
        return self.frame.evaluate(
            "(() => { const m = territoryMapInstance.map, c = m.getCenter();"
            " return [m.getZoom(), c.lat, c.lng]; })()"
        )

    def paths(self, selector: str) -> int:
        return self.frame.evaluate("(s) => document.querySelectorAll(s).length", selector)

    def drawn(self) -> dict[str, int]:
        """How many paths of each class are on the map."""
        return self.frame.evaluate(
            """() => { const found = {};
            for (const path of document.querySelectorAll("path[class]")) {
            const name = path.getAttribute("class").replace(/ (selected|leaflet-interactive)/g, "");
            found[name] = (found[name] || 0) + 1; } return found; }"""
        )

    def switch(self, layer: str) -> None:
        self.page.locator(f".st-key-layer_{layer} label").click()

    def mark_frame(self) -> None:
        """Leave a mark in the map's document: a map that is made anew has none."""
        self.frame.evaluate("window.mark = 'the same document'")

    def frame_is_the_same(self) -> bool:
        return self.frame.evaluate("window.mark") == "the same document"
