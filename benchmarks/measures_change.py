"""What only the dashboard does: another day, another plan, a town."""

from __future__ import annotations

import json

from benchmarks.bench import Bench
from benchmarks.browser import Visit, reader
from benchmarks.servers import Served
from benchmarks.targets import Script, Target

PLANS = {
    "europe-24-point-2025-11": "24 points",
    "russia-terms-2024-06": "russia 2024",
    "us-28-point-2025-11": "28 points",
}
"""Plans that are chosen in turn, and what is typed to find each in the picker."""

TOWNS = {"Донецьк": "Donetsk", "Izium": "Izium", "Торецьк": "Toretsk"}
"""What is typed in turn, and the heading of its answer. Without its last letter each is answered
with another town; else the answer would stand there before that letter."""

HAND_MS = 300
"""From the slider's focus to the key, as a quick hand needs it; meanwhile the map fetches days."""

STEPS = 4
"""Days that the slider goes through, to later ones; the last shipped days."""


def line_drawn(visit: Visit) -> str:
    """The line of contact as it is drawn now."""
    path: str = visit.page.evaluate(
        "(css) => document.querySelector(css).contentDocument"
        ".querySelector('.line-of-contact').getAttribute('d')",
        visit.target.map,
    )
    return path


def another_line(before: str) -> Script:
    """Whether the map shows a line of contact that is not ``before``."""
    return (
        "(page, map) => { const line = map.querySelector('.line-of-contact')?.getAttribute('d');"
        f" return line && line !== {json.dumps(before)}; }}"
    )


def drawn_for(plan: str) -> Script:
    """Whether every zone on the map has the look that a plan gives it."""
    return (
        "(page, map) => { const drawn = map.defaultView.territoryMapInstance;"
        f" return drawn?.scene?.plan === {json.dumps(plan)}"
        " && [...drawn.zones.values()].every(({ layer, status }) =>"
        " layer.getElement()?.classList.contains(`zone-${status}`)); }"
    )


def step_of_days(visit: Visit, key: str) -> float:
    """Step the slider by an arrow key; ms until that day's line is drawn."""
    visit.page.locator(".st-key-line_slider input[type=range]").focus()
    visit.page.wait_for_timeout(HAND_MS)
    visit.begin("keydown", {"line": another_line(line_drawn(visit))})
    visit.page.keyboard.press(key)
    return visit.ends()["line"]["ms"]


def choose_plan(visit: Visit, plan: str) -> float:
    """Choose a plan in the picker; ms from the click on its name to the recoloured map."""
    box = visit.page.locator(".st-key-plan_picker input")
    box.click()
    box.fill(PLANS[plan])
    visit.page.get_by_role("option").first.hover()
    visit.settle()
    visit.begin("click", {"zones": drawn_for(plan)})
    visit.press()
    return visit.ends()["zones"]["ms"]


def dates(bench: Bench, target: Target, server: Served) -> None:
    """Steps of the slider; in the first one, no day but this one was in the browser before."""
    with reader(bench.browser) as context:
        visit = Visit(context, target, server.address)
        visit.open("/?line=2024-11-21")
        for step in range(STEPS):
            visit.settle()
            measure = "date_step" if step else "date_first"
            bench.results.add(measure, target.name, "ms", step_of_days(visit, "ArrowRight"))


def plans(bench: Bench, target: Target, server: Served) -> None:
    """One plan after another chosen in the picker."""
    with reader(bench.browser) as context:
        visit = Visit(context, target, server.address)
        visit.open("/?territory=UA-14&held_by=ukraine")
        for plan in PLANS:
            visit.settle()
            bench.results.add("plan_change", target.name, "ms", choose_plan(visit, plan))


def towns(bench: Bench, target: Target, server: Served) -> None:
    """A town's name typed: from its last letter to its answer."""
    heading = ".st-key-town_result h2"
    with reader(bench.browser) as context:
        visit = Visit(context, target, server.address)
        visit.open("/towns", {"answer": f"(page) => page.querySelector('{heading}')"})
        box = visit.page.locator(".st-key-town_search input")
        for typed, name in TOWNS.items():
            visit.settle()
            box.fill(typed[:-1])
            visit.settle()
            shown = f"(page) => page.querySelector('{heading}')?.textContent === {json.dumps(name)}"
            visit.begin("input", {"answer": shown})
            visit.page.keyboard.type(typed[-1])
            bench.results.add("town_answer", target.name, "ms", visit.ends()["answer"]["ms"])
