"""Where something is, in words: near which town, and in degrees."""

from __future__ import annotations

from functools import cache

import numpy as np

from geo import paths
from geo.reading import read_json

_LETTERS = {"en": ("N", "E"), "uk": ("пн. ш.", "сх. д."), "zh": ("N", "E")}
_NEAR = {
    "en": "near {town} ({place})",
    "uk": "{town}, поблизу ({place})",
    "zh": "{town}附近（{place}）",
}
NEAR_KM = 60


@cache
def _towns() -> tuple[np.ndarray, list[dict[str, str]]]:
    features = read_json(paths.BASEMAP / "labels.geojson")["features"]
    towns = [each for each in features if each["properties"]["kind"] == "town"]
    points = np.array([each["geometry"]["coordinates"] for each in towns])
    return points, [each["properties"] for each in towns]


def spot(lon: float, lat: float) -> dict[str, str]:
    """A point (degrees) in words, by language, with the nearest town on the map if one is near."""
    points, towns = _towns()
    east, north = ((points - (lon, lat)) * (np.cos(np.radians(lat)), 1.0)).T
    km = 111.2 * np.hypot(east, north)
    nearest = int(km.argmin())
    said = {}
    for language, (letter_n, letter_e) in _LETTERS.items():
        place = f"{lat:.2f} {letter_n}, {lon:.2f} {letter_e}"
        town = towns[nearest][f"name_{language}"]
        near = km[nearest] <= NEAR_KM
        said[language] = _NEAR[language].format(town=town, place=place) if near else place
    return said


def spots(points: np.ndarray, most: int = 3) -> dict[str, str]:
    """Several points in words, by language; the first few."""
    told = [spot(lon, lat) for lon, lat in points[:most].tolist()]
    rest = "; …" if len(points) > most else ""
    return {lang: "; ".join(each[lang] for each in told) + rest for lang in _LETTERS}
