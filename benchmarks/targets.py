"""What is measured: the dashboard and its peers, and how a benchmark finds its way on each."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

from benchmarks.machine import ROOT
from benchmarks.panels import END, last_words
from benchmarks.peers import job

PEERS = ROOT / "benchmarks" / "peers"

CLICKED = (
    *("UA-14", "UA-46", "UA-43", "UA-63", "UA-09", "UA-23", "UA-59"),
    *("UA-65", "UA-12", "UA-53"),
)
"""The territories that are clicked in turn; each is large enough to be met."""

SWITCHED = "ceded"
"""The status whose layer is switched."""

UNTOUCHED = "UA-46"
"""The territory by whose outline it is seen whether the camera is kept; never switched off."""

Script = str
"""A JavaScript function ``(page, map)`` of two documents that says whether something is shown."""


@dataclass(frozen=True)
class Target:
    """One way to do the job.

    ``map``: CSS selector of the map's frame, empty if the page itself holds it. ``outline``: of
    the drawn territories, ``panel`` of the text beside them, ``switch`` of a status's switch.
    ``by_status``: the class of an outline is this, a dash and its status.
    ``picture``: of outlines that the page shows until the map is there, if it does.
    ``at_home``: whether it is served from the project's folder, whose settings it then has.
    """

    name: str
    command: Callable[[int], list[str]]
    map: str
    outline: str
    panel: str
    switch: str
    shows: Callable[[str], Script]
    by_status: str = "status"
    at_home: bool = False
    highlights: bool = False
    picture: str = ""

    def outline_of(self, code: str) -> str:
        """The selector of one territory's outline; of its first part, if it has two."""
        return f"{self.outline}.territory-{code}"

    def opened(self) -> dict[str, Script]:
        """What a page shows once it has opened: an outline in its status's colour, the panel.

        ``map``: the outline on the map itself, which can be clicked.
        """
        on_map = f"map?.querySelector({json.dumps(self.outline)})"
        ahead = f"page.querySelector({json.dumps(self.picture)}) || " if self.picture else ""
        return {
            "territory": f"(page, map) => {ahead}{on_map}",
            "map": f"(page, map) => {on_map}",
            "panel": f"(page) => page.querySelector({json.dumps(self.panel)})?.textContent.trim()",
        }

    def layer_is(self, shown: bool) -> Script:
        """Whether the switched layer is (not) on a map that shows the others."""
        layer = f"{self.outline}.{self.by_status}-{SWITCHED}"
        other = self.outline_of(UNTOUCHED)
        return (
            f"(page, map) => {'' if shown else '!'}map.querySelector({json.dumps(layer)})"
            f" && map.querySelector({json.dumps(other)})"
        )

    def highlighted(self, code: str) -> Script:
        """Whether the outline of a territory is marked as selected."""
        return (
            f"(page, map) => map.querySelector({json.dumps(f'{self.outline_of(code)}.selected')})"
        )


def _peer_shows(panel: str) -> Callable[[str], Script]:
    def shows(code: str) -> Script:
        land = job.lands()[code]
        wanted = [json.dumps(part) for part in (land.name, land.text[-END:].strip())]
        said = f"page.querySelector({json.dumps(panel)})?.textContent"
        return f"(page) => [{', '.join(wanted)}].every((part) => {said}?.includes(part))"

    return shows


def _ours_shows(code: str) -> Script:
    """The heading of one of its parts, and the end of the clause that decides that part."""
    return (
        "(page) => { const panel = page.querySelector('.st-key-clause_panel');"
        f" const words = {json.dumps(last_words(code))}"
        "[panel?.querySelector('h2')?.textContent.trim()];"
        " return words && panel.textContent.includes(words); }"
    )


def _streamlit(script: str, *options: str) -> Callable[[int], list[str]]:
    def command(port: int) -> list[str]:
        served = ["--server.port", str(port), "--server.address", "127.0.0.1"]
        return [sys.executable, "-m", "streamlit", "run", script, *served, *options]

    return command


def _module(name: str) -> Callable[[int], list[str]]:
    return lambda port: [sys.executable, "-m", f"benchmarks.peers.{name}", str(port)]


PLAIN = (
    "--server.headless=true",
    "--browser.gatherUsageStats=false",
    "--server.fileWatcherType=none",
)
"""Streamlit's own settings, but for what would ask another host or watch for edits."""

OURS = Target(
    name="ours",
    command=_streamlit("serve.py"),
    map=".st-key-territory_map iframe",
    outline="path.zone",
    panel=".st-key-clause_panel h2",
    switch=f".st-key-layer_{SWITCHED} label",
    shows=_ours_shows,
    by_status="zone",
    at_home=True,
    highlights=True,
    picture="#first-view path.zone",
)

PROXIED = replace(OURS, name="proxied")
"""The dashboard as it is deployed: behind nginx (``deploy/``), which starts it."""


def _peer(name: str, command: Callable[[int], list[str]], *, streamlit: bool) -> Target:
    panel = ".st-key-panel" if streamlit else "#panel"
    label = json.dumps(job.switches()[SWITCHED])
    return Target(
        name=name,
        command=command,
        map="iframe[title^=streamlit_folium]" if streamlit else "",
        outline="path.territory",
        panel=panel,
        switch=f"label:has-text({label})",
        shows=_peer_shows(panel),
    )


TARGETS = {
    target.name: target
    for target in (
        _peer("static", _module("static_leaflet"), streamlit=False),
        _peer("usual", _streamlit(str(PEERS / "usual_app.py"), *PLAIN), streamlit=True),
        _peer("tuned", _streamlit(str(PEERS / "tuned_app.py"), *PLAIN), streamlit=True),
        OURS,
        PROXIED,
        _peer("dash", _module("dash_leaflet_app"), streamlit=False),
    )
}
"""By name, in the order in which they are shown."""
