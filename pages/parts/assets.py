"""What the browser needs, served by the app itself: Leaflet, the map's script and ``data/``.

Each folder is declared as a component, which is how Streamlit serves a folder; the map's frame is
a component too, so it finds them beside itself. Nothing comes from another host.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path

from streamlit.components.v1 import declare_component

import geo
from geo.paths import DATA

FRONTEND = Path(__file__).parent / "frontend"

CODE = (Path(__file__).parents[1], Path(geo.__file__).parent)
"""What pages are made by."""

LEAFLET = Path(str(files("js_lib_leaflet") / "static" / "js_lib_leaflet"))

_leaflet = declare_component("leaflet", path=str(LEAFLET))
_frontend = declare_component("frontend", path=str(FRONTEND))
_data = declare_component("data", path=str(DATA))

LEAFLET_URL = f"../{_leaflet.name}"
FRONTEND_URL = f"../{_frontend.name}"
DATA_URL = f"../{_data.name}"


@cache
def version() -> str:
    """A digest of code, data and Leaflet: links that carry it never show what is older."""
    digest = hashlib.sha256()
    for folder in (*CODE, LEAFLET, DATA):
        for path in sorted(item for item in folder.rglob("*") if item.is_file()):
            if path.suffix != ".pyc":
                digest.update(str(path.relative_to(folder)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def text(name: str) -> str:
    """The text of one file of the frontend folder."""
    return (FRONTEND / name).read_text(encoding="utf-8")
