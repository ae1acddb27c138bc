"""Lines of contact: one file a date, rebuilt from who held which settlement."""

from __future__ import annotations

from typing import Any

from geopandas import read_file
from pandas import read_csv

from geo import paths
from geo.build import line_texts
from geo.build.files import write_collection
from geo.build.line import build_line, kakhovka_reservoir

SURE_PERCENT = 95
"""Beyond the band at least so many of the settlements that were left out fall on their side."""


def band_km(accuracy: dict[str, Any]) -> float:
    """How far from the line, in km, it is not sure: up to the last distance that is less sure.

    At every distance beyond it, at least :data:`SURE_PERCENT` of the settlements that were left
    out fall on their right side. ``accuracy`` is that of :func:`geo.build.line.build_line`.
    """
    bins = filled_bins(accuracy)
    unsure = [row["to"] for row in bins if row["right_side_percent"] < SURE_PERCENT]
    band: float = max(unsure, default=bins[0]["from"])
    return band


def filled_bins(accuracy: dict[str, Any]) -> list[dict[str, Any]]:
    """The distances from the line at which settlements were left out."""
    return [row for row in accuracy["by_distance_km"] if row["left_out"]]


def right_percent(bins: list[dict[str, Any]]) -> float:
    """Percentage on the right side over several distances."""
    count = sum(row["left_out"] for row in bins)
    right = sum(row["left_out"] * row["right_side_percent"] for row in bins)
    return float(right / count) if count else 100.0


def summary(accuracy: dict[str, Any]) -> dict[str, str]:
    """How sure the line is, in sentences for a reader, by language."""
    reach = band_km(accuracy)
    within = right_percent([row for row in filled_bins(accuracy) if row["to"] <= reach])
    moved = accuracy["displacement_km"]
    return line_texts.summary(
        block=f"{accuracy['block_km']:g}",
        right=f"{accuracy['right_side_percent']:.1f}",
        count=f"{accuracy['left_out']:,}",
        band=f"{reach:g}",
        sure=str(SURE_PERCENT),
        within=f"{within:.0f}",
        median=f"{moved['median']:.1f}",
        p90=f"{moved['p90']:.1f}",
    )


def build(date: str) -> None:
    """Write the line of one date (a column of the control table) to ``data/lines``."""
    settlements = read_csv(paths.REFERENCE / "settlement_control.csv")
    collection = build_line(date, settlements, read_file(paths.RAIONS), kakhovka_reservoir())
    accuracy = collection["accuracy"]
    collection["accuracy"] = {
        "summary": summary(accuracy),
        "band_km": band_km(accuracy),
        **accuracy,
    }
    members = {key: value for key, value in collection.items() if key != "type"}
    write_collection(paths.LINES / f"{date}.geojson", members.pop("features"), **members)
