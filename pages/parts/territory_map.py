"""The Folium map: drawn once, then led by the page through the bridge (``frontend/map.js``)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal

import folium
import streamlit as st
from branca.element import MacroElement
from folium.template import Template
from streamlit_folium import st_folium

from geo.palette import NEUTRALS
from geo.statuses import LOOKS
from pages.parts import assets
from pages.parts.extent import BOUNDS, NARROW_BELOW, NARROW_BOUNDS, NARROW_ROOM, REACH, ROOM

MAX_ZOOM = 11
"""Nearer than this there is nothing more to see: the line is sure to some kilometres."""

DETAIL_ZOOM = 7
"""From here on true outlines are drawn, below it the simplified ones."""

ROUGH_RIVERS_ZOOM = 8.5
"""Above it rivers that are traced by hand, good to some 3 km, are no longer drawn."""

Side = Literal["left", "right"]
"""Which of two maps side by side."""


class TerritoryMap(folium.Map):
    """A Folium map that takes Leaflet and its script from this app, and has no tiles."""

    default_js = [  # noqa: RUF012  (Folium reads it as a plain class attribute)
        ("leaflet", f"{assets.LEAFLET_URL}/leaflet.js?v={assets.version()}"),
        ("map", f"{assets.FRONTEND_URL}/map.js?v={assets.version()}"),
    ]
    default_css = [  # noqa: RUF012
        ("leaflet_css", f"{assets.LEAFLET_URL}/leaflet.css?v={assets.version()}"),
        ("map_css", f"{assets.FRONTEND_URL}/map.css?v={assets.version()}"),
    ]

    def __init__(self) -> None:
        super().__init__(
            location=[48.6, 31.2],
            zoom_start=6,
            tiles=None,
            zoom_snap=0.25,
            max_bounds=True,
            min_lat=REACH[0][0],
            min_lon=REACH[0][1],
            max_lat=REACH[1][0],
            max_lon=REACH[1][1],
            zoom_control="topright",
        )


class TerritoryLayers(MacroElement):
    """Everything on the map: it is drawn by ``map.js`` from the served GeoJSON files."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "territoryMap.start({{ this._parent.get_name() }}, {{ this.options | tojson }});"
        "{% endmacro %}"
    )

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "TerritoryLayers"
        self.options = options


def map_options(side: Side | None = None) -> dict[str, Any]:
    """What ``map.js`` has to know before the page tells it a plan and a line."""
    return {
        "side": side,
        "base": assets.DATA_URL,
        "version": assets.version(),
        "bounds": BOUNDS,
        "narrowBounds": NARROW_BOUNDS,
        "narrowBelow": NARROW_BELOW,
        "room": [ROOM, ROOM],
        "narrowRoom": [NARROW_ROOM, NARROW_ROOM],
        "maxZoom": MAX_ZOOM,
        "detailZoom": DETAIL_ZOOM,
        "roughRiversZoom": ROUGH_RIVERS_ZOOM,
        "statuses": {status: asdict(look) for status, look in LOOKS.items()},
        "neutrals": NEUTRALS,
    }


def show_map(side: Side | None = None) -> None:
    """Put the map on the page. It never makes the script run; picks come through the bridge.

    ``side``: which of two maps it is that show the same part of the country (``map.js``).
    """
    territory_map = TerritoryMap()
    territory_map.add_child(TerritoryLayers(map_options(side)))
    with st.container(key=f"{side}_map" if side else "territory_map"):
        st_folium(
            territory_map,
            key=f"{side or 'map'}-{assets.version()}",
            returned_objects=[],
            render=False,  # st_folium renders the map by itself; a whole document is not needed
            use_container_width=True,
            height=480,
        )
