"""The tuned way: the same public API, used as well as its documentation allows.

Slim outlines in a map that stays the same, layers by ``feature_group_to_add``, one returned
object, and a fragment, so that nothing else on the page runs again.
"""

from __future__ import annotations

import folium
import streamlit as st
from streamlit_folium import st_folium

from benchmarks.peers import job
from benchmarks.peers.leaflet_files import Map


@st.cache_data
def outlines(status: str) -> dict[str, object]:
    """The outlines of one status."""
    return job.outlines(frozenset({status}))


def layer(status: str) -> folium.FeatureGroup:
    """What one switch shows and hides."""
    group = folium.FeatureGroup(name=status)
    folium.GeoJson(outlines(status), style_function=job.style).add_to(group)
    return group


@st.fragment
def map_and_clause() -> None:
    """Switches, map and clause: all that a click or a switch changes."""
    labels = job.switches()
    shown = [status for status, label in labels.items() if st.checkbox(label, value=True)]
    left, right = st.columns([2, 1])
    with left:
        country = Map(location=job.CENTER, zoom_start=job.ZOOM, tiles=None)
        seen = st_folium(
            country,
            key="map",
            feature_group_to_add=[layer(status) for status in (job.ALWAYS_SHOWN, *shown)],
            returned_objects=["last_active_drawing"],
            width=800,
            height=500,
        )
    with right, st.container(key="panel"):
        clicked = seen["last_active_drawing"]
        land = job.lands()[clicked["properties"]["code"]] if clicked else None
        st.write(f"## {land.name if land else job.INVITATION}")
        if land:
            st.write(land.text)


st.set_page_config(page_title="Tuned app", layout="wide")
map_and_clause()
