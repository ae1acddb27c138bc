"""A real Chromium, and one page of a target in it with the stop-watch (``timing.js``) running."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from benchmarks.targets import Script, Target

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-renderer-backgrounding",
    "--disable-backgrounding-occluded-windows",
    "--disable-background-timer-throttling",
)

DESKTOP = {"width": 1400, "height": 900}
PHONE = {"width": 390, "height": 844}

STILL_MS = 400
"""A page that has not changed for so long has done what it was asked; the usual app's map waits
250 ms before it reports anything."""

TIMING = (Path(__file__).parent / "timing.js").read_text(encoding="utf-8")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium: $CHROMIUM, one on the PATH, or Playwright's own."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def reader(browser: Browser, *, phone: bool = False) -> Iterator[BrowserContext]:
    """A reader who has never been here: nothing is cached."""
    size = PHONE if phone else DESKTOP
    context = browser.new_context(viewport=size, has_touch=phone, locale="en-GB")  # type: ignore[arg-type]
    try:
        yield context
    finally:
        context.close()


def _literal(scripts: Mapping[str, Script]) -> str:
    """A JavaScript object of functions."""
    return "{" + ", ".join(f'"{name}": {script}' for name, script in scripts.items()) + "}"


class Visit:
    """One page of a target, open in a reader's browser."""

    def __init__(self, context: BrowserContext, target: Target, address: str):
        self.target = target
        self.address = address
        self.page: Page = context.new_page()

    def open(self, path: str = "/", shown: Mapping[str, Script] | None = None) -> dict[str, float]:
        """Open the page; gives the milliseconds from navigation until each thing is shown."""
        tests = _literal(shown or self.target.opened())
        script = TIMING.replace("%MAP%", self.target.map).replace("/*LOAD*/ {}", tests)
        self.page.add_init_script(script)
        self.page.goto(self.address + path, wait_until="commit")
        return {name: found["ms"] for name, found in self.ends().items()}

    def ends(self) -> dict[str, dict[str, float]]:
        """Of each thing that was waited for, ``ms`` and drawn ``frames`` since the event."""
        found: dict[str, dict[str, float]] = self.page.evaluate("bench.result()")
        return found

    def begin(self, event: str, shown: Mapping[str, Script]) -> None:
        """Start the stop-watch at the next ``event``; it ends as each thing is shown.

        Raises Playwright's ``Error`` if one is shown already.
        """
        self.page.evaluate(f'bench.begin("{event}", {_literal(shown)})')

    def settle(self) -> None:
        """Wait until the page does nothing more."""
        self.page.evaluate(f"bench.quiet({STILL_MS})")

    def point_at(self, code: str) -> None:
        """Bring the pointer over a territory's outline."""
        point = self.page.evaluate("(css) => bench.pointOn(css)", self.target.outline_of(code))
        self.page.mouse.move(*point)
        self.page.evaluate("bench.frames(4)")

    def box_of(self, code: str) -> list[float]:
        """Left, top, width and height of a territory in the map's window, in pixels."""
        found: list[float] = self.page.evaluate(
            "(css) => bench.boxOf(css)", self.target.outline_of(code)
        )
        return found

    def press(self) -> None:
        """Press and release where the pointer is."""
        self.page.mouse.down()
        self.page.mouse.up()

    def click(self, code: str) -> dict[str, dict[str, float]]:
        """Click a territory; what it takes until its clause, and its highlight, are shown."""
        target = self.target
        shown = {"clause": target.shows(code)}
        if target.highlights:
            shown["highlight"] = target.highlighted(code)
        self.point_at(code)
        self.begin("click", shown)
        self.press()
        return self.ends()

    def switch(self, *, on: bool) -> float:
        """Press the switch of a layer; milliseconds until the map shows it, or no longer does."""
        place = self.page.locator(self.target.switch).first
        place.hover()
        self.page.evaluate("bench.frames(4)")
        self.begin("click", {"layer": self.target.layer_is(on)})
        self.press()
        return self.ends()["layer"]["ms"]
