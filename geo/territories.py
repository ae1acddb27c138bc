"""The 27 first-level units of Ukraine and the places that plans name inside them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo import paths
from geo.reading import read_json

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

CREDIT = "Outlines: Civil Network OPORA, CC BY 4.0"


@cache
def territory_facts() -> dict[str, dict[str, Any]]:
    """Names, capital, areas and population of each unit, by ISO code; needs no geometry library."""
    return {row["territory"]: row for row in _properties(paths.TERRITORIES)}


def territory_codes() -> tuple[str, ...]:
    """The ISO 3166-2 codes of the 27 units, sorted."""
    return tuple(territory_facts())


KINDS_OF_UNIT = (
    *("Autonomous Republic of ", " Oblast", " oblast", " region"),
    *("Автономна Республіка ", " область"),
    *("自治共和国", "州"),
)
"""What a territory is, in its name."""


def short_name(name: str) -> str:
    """A territory's name without what it is: "Donetsk" for "Donetsk Oblast"."""
    for word in KINDS_OF_UNIT:
        name = name.removeprefix(word).removesuffix(word)
    return name


def territory_called(text: str) -> str | None:
    """The ISO code of the territory of that name, whole or short, in one of three languages."""
    asked = text.strip().casefold()
    for code, facts in territory_facts().items():
        names = [facts[f"name_{language}"] for language in ("en", "uk", "zh")]
        if asked in (name.casefold() for whole in names for name in (whole, short_name(whole))):
            return code
    return None


@cache
def place_facts() -> dict[str, dict[str, Any]]:
    """Names and kind (``site`` or ``river``) of each named place, by its id."""
    return {row["place"]: row for row in _properties(paths.PLACES)}


def place_ids(kind: str) -> tuple[str, ...]:
    """The ids of the places of one kind."""
    return tuple(key for key, row in place_facts().items() if row["kind"] == kind)


def _properties(path: Path) -> list[dict[str, Any]]:
    collection = read_json(path)
    return [feature["properties"] for feature in collection["features"]]


def load_territories() -> GeoDataFrame:
    """The 27 outlines, EPSG:4326, indexed by ISO code, with the columns of the file."""
    return _frame(paths.TERRITORIES, "territory")


def load_places() -> GeoDataFrame:
    """Sites (points) and rivers (lines) that plans name, EPSG:4326, indexed by id."""
    return _frame(paths.PLACES, "place")


def _frame(path: Path, index: str) -> GeoDataFrame:
    import geopandas

    return geopandas.read_file(path).set_index(index, drop=False).rename_axis(None)
