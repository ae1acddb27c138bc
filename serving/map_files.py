"""What the map is drawn from, told in the head of its page.

The map's frame asks for its files one after another, long after the page itself has come. With
these links a browser fetches them while it waits for scripts to be read or for the server.
"""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

BASE = ("territories.overview", "basemap/surroundings", "basemap/water", "basemap/labels", "places")
"""What every map needs of ``data/``, as ``pages/parts/frontend/map.js`` asks for it."""


@cache
def prefetched() -> str:
    """Links to the files of the map of the default plan, lowest in priority.

    Imports pages only when a page is asked for: components can be declared from then on.
    """
    links = (f'<link rel="prefetch" href="./{escape(path)}">' for path in map_files())
    return "".join(links)


def map_files() -> list[str]:
    """The files that the map's frame asks for, from the root of the server, with their version."""
    from geo.plan import DEFAULT_PLAN, load_plan
    from pages.parts import assets

    line = load_plan(DEFAULT_PLAN).line
    data = [f"{name}.geojson" for name in (*BASE, f"lines/{line}")]
    named = {
        assets.LEAFLET_URL: ["leaflet.js", "leaflet.css"],
        assets.FRONTEND_URL: ["map.js", "map.css"],
        assets.DATA_URL: [f"divisions/{line}.overview.geojson.gz", *data],
    }
    ours = [
        f"component/{folder.removeprefix('../')}/{name}?v={assets.version()}"
        for folder, names in named.items()
        for name in names
    ]
    return [*_frames_script(), *ours]


def _frames_script() -> list[str]:
    """The script of streamlit-folium, which is only looked up: a page has to import it first."""
    found = find_spec("streamlit_folium")
    build = Path(found.origin or "").parent / "frontend" / "build" if found else Path()
    return [
        f"component/streamlit_folium.st_folium/{path.relative_to(build)}"
        for path in sorted((build / "static" / "js").glob("main.*.js"))
    ]
