"""Where the files of ``data/`` are."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"

REFERENCE = DATA / "reference"
BASEMAP = DATA / "basemap"
PLANS = DATA / "plans"
PLAN_SCHEMA = DATA / "plan.schema.json"
LINES = DATA / "lines"
OTHER_LINES = LINES / "other"
DIVISIONS = DATA / "divisions"
LOCALE = DATA / "locale"

RAIONS = DATA / "raions.geojson"
TERRITORIES = DATA / "territories.geojson"
PLACES = DATA / "places.geojson"
GAZETTEER = DATA / "gazetteer.csv.gz"
PUBLISHED_FIGURES = DATA / "published_figures.yaml"
SOURCES = DATA / "sources.yaml"
TIMELINE = DATA / "timeline.yaml"
BACKGROUND = DATA / "background.yaml"
TOUR = DATA / "tour.yaml"
SEARCH_WORDS = DATA / "search_words.yaml"


def overview(path: Path) -> Path:
    """The coarser twin of a GeoJSON file, for maps of the whole country (zooms below 7)."""
    return path.with_name(path.name.replace(".geojson", ".overview.geojson"))


def division_file(line_date: str) -> Path:
    """The pieces of the territories that the line of one date divides; packed."""
    return DIVISIONS / f"{line_date}.geojson.gz"
