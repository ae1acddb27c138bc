"""Leaflet's files for Folium from the app itself: nothing here may ask another host.

Folium would load these and four more libraries from the internet; without them the two Streamlit
peers are quicker here than where they are used.
"""

from __future__ import annotations

from importlib.resources import files

import folium
from streamlit.components.v1 import declare_component

_leaflet = declare_component(
    "leaflet", path=str(files("js_lib_leaflet") / "static" / "js_lib_leaflet")
)


class Map(folium.Map):
    """A Folium map without files from elsewhere."""

    default_js = [("leaflet", f"../{_leaflet.name}/leaflet.js")]  # noqa: RUF012  (Folium's way)
    default_css = [("leaflet_css", f"../{_leaflet.name}/leaflet.css")]  # noqa: RUF012
