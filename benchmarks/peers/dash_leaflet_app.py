"""The same job in Dash with dash-leaflet: callbacks that send only what changes.

``python -m benchmarks.peers.dash_leaflet_app PORT``
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import dash_leaflet as dl
from dash import Dash, Input, Output, State, dcc, html

from benchmarks.peers import job

STYLE = {"variable": "outlines.look.style"}
COLOURS = {status: job.colour(status) for status in (job.ALWAYS_SHOWN, *job.switches())}
NOTHING: dict[str, Any] = {"type": "FeatureCollection", "features": []}

app = Dash("dash-leaflet", assets_folder=str(Path(__file__).parent / "dash_assets"))


def layer(status: str) -> dl.GeoJSON:
    """The outlines of one status."""
    data = job.outlines(frozenset({status}))
    return dl.GeoJSON(id=status, data=data, style=STYLE, hideout=COLOURS)


def layout() -> html.Div:
    """The page as it opens."""
    switches = [
        dcc.Checklist([{"label": label, "value": status}], [status], id=f"switch-{status}")
        for status, label in job.switches().items()
    ]
    country = dl.Map(
        [layer(status) for status in COLOURS],
        center=job.CENTER,
        zoom=job.ZOOM,
        style={"width": 800, "height": 500},
    )
    panel = html.Div([html.H2(job.INVITATION)], id="panel", style={"width": 400})
    return html.Div([*switches, html.Div([country, panel], style={"display": "flex", "gap": 24})])


def show_clause(_clicks: int | None, clicked: dict[str, Any]) -> list[Any]:
    """The clause of the outline that was clicked."""
    land = job.lands()[clicked["properties"]["code"]]
    return [html.H2(land.name), html.P(land.text)]


def show_layer(on: list[str], status: str) -> dict[str, Any]:
    """The outlines of a status, or none while its switch is off."""
    return job.outlines(frozenset({status})) if on else NOTHING


app.layout = layout
for name in COLOURS:
    app.callback(
        Output("panel", "children", allow_duplicate=True),
        Input(name, "n_clicks"),
        State(name, "clickData"),
        prevent_initial_call=True,
    )(show_clause)
for name in job.switches():
    app.callback(
        Output(name, "data"),
        Input(f"switch-{name}", "value"),
        State(name, "id"),
        prevent_initial_call=True,
    )(show_layer)

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
