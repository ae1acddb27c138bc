"""Outlines of the 27 first-level units and of the 138 raions they are made of.

The raions are simplified as one coverage (neighbours keep every vertex in common) in an equal-area
CRS; the 27 units are exact unions of them. A second, coarser pair of the 27 serves maps of the
whole country.
"""

from __future__ import annotations

import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries, read_file

from geo import paths
from geo.build.files import features, rounded, write_collection
from geo.crs import EQUAL_AREA, WGS84, area_km2
from geo.cutting import OVERVIEW_TOLERANCE_M
from geo.territories import CREDIT

DETAIL_TOLERANCE_M = 200


def read_raions() -> GeoDataFrame:
    """The reference raions (138 rows: katottg, iso_3166_2, name_uk, name_en), EPSG:4326."""
    packed = read_file(f"/vsigzip/{paths.REFERENCE / 'raions.geojson.gz'}")
    return packed.sort_values("katottg", ignore_index=True)


def simplified(shapes: GeoSeries, tolerance_m: float) -> GeoSeries:
    """Simplify a coverage by ``tolerance_m`` metres (Visvalingam-Whyatt); EPSG:4326, 5 decimals."""
    coarse = shapely.coverage_simplify(shapes.to_crs(EQUAL_AREA).values, tolerance_m)
    degrees = GeoSeries(coarse, crs=EQUAL_AREA).to_crs(WGS84)
    return GeoSeries(rounded(degrees.values), index=shapes.index, crs=WGS84)


def united(raions: GeoDataFrame) -> GeoSeries:
    """The 27 first-level units as exact unions of their raions, indexed by ISO code."""
    groups = raions.groupby("iso_3166_2").geometry
    shapes = {code: shapely.coverage_union_all(group.values) for code, group in groups}
    return GeoSeries(shapes, crs=raions.crs).sort_index()


def label_points(shapes: GeoSeries) -> pd.DataFrame:
    """Where a name fits best: the middle of the largest circle inside each shape (any CRS).

    Columns ``label_lon`` and ``label_lat``, degrees, 4 decimals; indexed like ``shapes``.
    """
    flat = shapes.to_crs(EQUAL_AREA)
    centres = [shapely.get_point(shapely.maximum_inscribed_circle(s, 500), 0) for s in flat]
    points = GeoSeries(centres, index=shapes.index, crs=EQUAL_AREA).to_crs(WGS84)
    return pd.DataFrame({"label_lon": points.x.round(4), "label_lat": points.y.round(4)})


def territory_facts() -> pd.DataFrame:
    """Names, capital, official area and population of each unit, indexed by ISO code."""
    facts = pd.read_csv(paths.REFERENCE / "oblast_facts.csv").set_index("iso_3166_2")
    towns = pd.read_csv(paths.REFERENCE / "towns.csv").set_index("name_en")
    area_source, population_source = zip(
        *(_split_source(text) for text in facts["source"]), strict=True
    )
    return pd.DataFrame(
        {
            "name_en": facts["name_en"],
            "name_uk": facts["name_uk"],
            "name_zh": facts["name_zh"],
            "capital_en": facts["capital_en"],
            "capital_uk": facts["capital_uk"],
            "capital_zh": facts["capital_en"].map(towns["name_zh"]),
            "official_area_km2": facts["area_km2"],
            "official_area_source": area_source,
            "population": facts["population_2022"],
            "population_year": facts["population_year"],
            "population_source": population_source,
            "population_checked": facts["verified"].eq("yes"),
        }
    ).sort_index()


def _split_source(text: str) -> tuple[str, str]:
    """The two halves of a source cell, which reads "Area: …; Population: …"."""
    area, population = text.removeprefix("Area: ").split("; Population: ")
    return area, population


def build() -> None:
    """Write ``raions.geojson``, ``territories.geojson`` and the latter's overview."""
    raions = read_raions()
    full = united(raions)
    raions = raions.set_geometry(simplified(raions.geometry, DETAIL_TOLERANCE_M))
    raions["area_km2"] = area_km2(raions).round(1)
    columns = ["katottg", "iso_3166_2", "name_en", "name_uk", "area_km2", "geometry"]
    write_collection(paths.RAIONS, features(raions[columns]), credit=CREDIT)

    outlines = {
        paths.TERRITORIES: GeoSeries(rounded(united(raions).values), full.index, crs=WGS84),
        paths.overview(paths.TERRITORIES): simplified(full, OVERVIEW_TOLERANCE_M),
    }
    facts = territory_facts()
    notes = pd.read_csv(paths.REFERENCE / "area_notes.csv").set_index("iso_3166_2")
    unsimplified = area_km2(full)
    for path, shapes in outlines.items():
        frame = GeoDataFrame(facts, geometry=shapes, crs=WGS84)
        frame.insert(0, "territory", frame.index)
        frame["area_km2"] = area_km2(frame).round(1)
        frame["unsimplified_area_km2"] = unsimplified.round(1)
        for column in notes:
            frame[column] = notes[column].reindex(frame.index)
        frame = GeoDataFrame(frame.join(label_points(full)), crs=WGS84)
        write_collection(path, features(frame), credit=CREDIT)
