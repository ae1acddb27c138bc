"""Lines of contact: one file a date, rebuilt from who held which settlement."""

from __future__ import annotations

from typing import Any

from geopandas import read_file
from pandas import read_csv

from geo import paths
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


def summary(accuracy: dict[str, Any]) -> str:
    """How sure the line is, in sentences for a reader."""
    reach = band_km(accuracy)
    within = right_percent([row for row in filled_bins(accuracy) if row["to"] <= reach])
    moved = accuracy["displacement_km"]
    return (
        f"Settlements were left out, all those of a {accuracy['block_km']:g} km block at once, and"
        f" the line was drawn without them: {accuracy['right_side_percent']:.1f}% of"
        f" {accuracy['left_out']:,} fell on the side they belong to. At every distance beyond"
        f" {reach:g} km of the line at least {SURE_PERCENT}% did; nearer, {within:.0f}%. So the"
        f" shaded band reaches {reach:g} km to either side, and within it the map cannot tell."
        f" Where a block was left out the line moved by {moved['median']:.1f} km (median), and by"
        f" more than {moved['p90']:.1f} km along a tenth of its length."
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
