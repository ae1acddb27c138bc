"""The gazetteer: every settlement of Ukraine's codifier, with a position where one is known."""

from __future__ import annotations

import gzip
import io
import re
from pathlib import Path

import numpy as np
import pandas as pd

from geo import paths
from geo.build.gazetteer_codes import with_codes
from geo.build.gazetteer_places import read_codifier, read_places
from geo.place_names import key, keys, keys_of_lists

COLUMNS = (
    "katottg",
    "geonameid",
    "kind",
    "name_uk",
    "name_en",
    "other_names",
    "lat",
    "lon",
    "population",
    "hromada_uk",
    "raion",
    "territory",
    "held",
)
"""``kind``: city, settlement, village, or part of one (a place that the codifier does not list);
``name_en`` only where it is not the romanisation of ``name_uk``; ``other_names`` are parted by |;
``held``: R or U for each day of the control table, in its order.
"""

SAME_PLACE_M = 3000

NAME = re.compile(r"[A-Za-zÀ-žЀ-ӿ][A-Za-zÀ-žЀ-ӿ .'’ʼ-]+")
"""Names in Latin or Cyrillic script; GeoNames has them in all scripts."""

SHORTEST_KEY = 4
"""Shorter names of GeoNames are codes of airports, or words of other languages."""


def build() -> None:
    """Write ``data/gazetteer.csv.gz``: :data:`COLUMNS`, one row per place, ordered by code."""
    codifier = read_codifier()
    places = with_codes(read_places(), codifier)
    write(paths.GAZETTEER, rows(places, codifier))


def write(path: Path, table: pd.DataFrame) -> None:
    """Write ``table`` as compressed CSV that says nothing of when it was written."""
    text = io.StringIO()
    table.to_csv(text, index=False, lineterminator="\n")
    path.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), compresslevel=9, mtime=0))


def rows(places: pd.DataFrame, codifier: pd.DataFrame) -> pd.DataFrame:
    """The table to write: each place once, then the settlements without a position."""
    places = _once(places)
    placed = codifier.reindex(places["katottg"]).set_index(places.index)
    coded = placed["kind"].notna()
    same = placed["territory"] == places["territory"]
    found = places.assign(
        name_uk=placed["name_uk"].where(coded, places["name_uk"]),
        older=places["name_uk"],
        kind=placed["kind"].where(coded, np.where(places["listed"], "village", "part")),
        hromada_uk=placed["hromada_uk"].fillna(""),
        raion=placed["raion"].where(same, places["raion"]),
        geonameid=places["geonameid"].astype(str),
    )
    rest = codifier[~codifier.index.isin(set(places["katottg"]))].rename_axis("katottg")
    table = pd.concat([found, rest.reset_index()], ignore_index=True)
    for column in ("name_en", "older", "geonameid", "held"):
        table[column] = table[column].fillna("")
    table["population"] = table["population"].fillna(0).astype(int)
    table = _with_chinese(_named(table))
    # Positions of GeoNames are a few hundred metres off here and there; a metre is enough.
    table["lat"], table["lon"] = table["lat"].round(5), table["lon"].round(5)
    order = ["raion", "hromada_uk", "katottg", "geonameid", "lat", "lon"]
    return table.sort_values(order, ignore_index=True)[list(COLUMNS)]


def _once(places: pd.DataFrame) -> pd.DataFrame:
    """Places that several sources have, once: one code, or one name within 3 km in one raion."""
    again = (places["katottg"] != "") & places["katottg"].duplicated()
    places = places[~(again | places["double"])]
    spelt = [
        name or key(latin)
        for name, latin in zip(keys(places["name_uk"]), places["name_en"], strict=True)
    ]
    places = places.assign(spelt=spelt).reset_index(drop=True)
    alike = places[places.duplicated(["raion", "spelt"], keep=False)]
    double = [
        row
        for _, group in alike.groupby(["raion", "spelt"])
        for position, row in enumerate(group.index)
        if group.at[row, "katottg"] == ""
        and _near(group.loc[row], pd.concat([group.iloc[:position], group[group["katottg"] != ""]]))
    ]
    return places.drop(index=double).reset_index(drop=True)


def _near(place: pd.Series, others: pd.DataFrame) -> bool:
    away = np.hypot(others["x"] - place["x"], others["y"] - place["y"])
    return bool((away < SAME_PLACE_M).any())


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """Give renamed towns their new name, keep ``name_en`` only where it says more than
    ``name_uk``, and gather ``other_names``: in Latin and Cyrillic, those that share a key once.
    """
    table = _renamed(table)
    known = zip(
        table["former"], table["older"], table["name_en"], table["other_names"], strict=True
    )
    names = [
        [name for name in (*former.split("|"), older, spelt, *_list(more)) if _is_name(name)]
        for former, older, spelt, more in known
    ]
    table["name_en"] = table["name_en"].mask(table["name_uk"] != "", "")
    table["other_names"] = [
        _others({uk, en}, others, spelt)
        for uk, en, others, spelt in zip(
            keys(table["name_uk"]), keys(table["name_en"]), names, keys_of_lists(names), strict=True
        )
    ]
    return table


def _with_chinese(table: pd.DataFrame) -> pd.DataFrame:
    """Add to ``other_names`` the Chinese names that the map has for its towns."""
    chinese = pd.read_csv(paths.REFERENCE / "towns.csv").set_index("name_uk")["name_zh"]
    largest = table.sort_values("population").drop_duplicates("name_uk", keep="last")
    for row, name in largest["name_uk"].items():
        if name in chinese.index:
            others = [*filter(None, [table.at[row, "other_names"]]), chinese[name]]
            table.at[row, "other_names"] = "|".join(others)
    return table


def _renamed(table: pd.DataFrame) -> pd.DataFrame:
    """Give places renamed since the codifier's edition their new name; add column ``former``."""
    table = table.assign(former="")
    renamed = pd.read_csv(paths.REFERENCE / "former_names.csv", dtype=str)
    towns = table[table["kind"].isin(["city", "settlement"])]
    for name, former, territory in renamed[["name_uk", "former", "territory"]].to_numpy():
        called = towns["name_uk"].isin([name, *former.split("|")])
        fitting = towns[called & (towns["territory"] == territory)]
        if fitting.empty:
            raise LookupError(f"former_names.csv: no town {name} in {territory}")
        town = fitting["population"].idxmax()
        table.at[town, "name_uk"], table.at[town, "former"] = name, former
    return table


def _is_name(text: str) -> bool:
    return bool(NAME.fullmatch(text)) and text[0].isupper() and not text.isupper()


def _list(value: object) -> list[str]:
    return value if isinstance(value, list) else []


def _others(taken: set[str], names: list[str], keys_of_names: list[str]) -> str:
    kept = []
    for name, spelt in zip(names, keys_of_names, strict=True):
        if spelt not in taken and len(spelt) >= SHORTEST_KEY:
            taken.add(spelt)
            kept.append(name)
    return "|".join(kept)
