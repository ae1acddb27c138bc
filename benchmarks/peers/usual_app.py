"""The usual way: Streamlit with streamlit-folium, as its examples and most apps are written.

The map is made anew on each run, with raw outlines, and reports everything that happens on it.
"""

from __future__ import annotations

import folium
import streamlit as st
from streamlit_folium import st_folium

from benchmarks.peers import job
from benchmarks.peers.leaflet_files import Map

st.set_page_config(page_title="Usual app", layout="wide")

shown = {job.ALWAYS_SHOWN}
for status, label in job.switches().items():
    if st.checkbox(label, value=True):
        shown.add(status)

left, right = st.columns([2, 1])
with left:
    country = Map(location=job.CENTER, zoom_start=job.ZOOM, tiles=None)
    folium.GeoJson(
        job.outlines(frozenset(shown), raw=True),
        style_function=job.style,
        tooltip=folium.GeoJsonTooltip(["name"]),
    ).add_to(country)
    seen = st_folium(country, width=800, height=500)

with right, st.container(key="panel"):
    clicked = seen.get("last_active_drawing")
    if clicked:
        land = job.lands()[clicked["properties"]["code"]]
        st.write(f"## {land.name}")
        st.write(land.text)
    else:
        st.write(f"## {job.INVITATION}")
