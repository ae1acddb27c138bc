"""Lines of contact: one file a date, rebuilt from who held which settlement."""

from __future__ import annotations

from typing import Any

from geopandas import read_file
from pandas import read_csv

from geo import paths
from geo.build.files import write_collection
from geo.build.line import build_line, kakhovka_reservoir

SURE_PERCENT = 99
"""The band reaches as far from the line as left-out settlements are less sure than this."""


def band(accuracy: dict[str, Any]) -> tuple[float, float, float]:
    """Half-width of the band (km), and the percentage right beyond it and within it.

    Beyond it at least :data:`SURE_PERCENT` of the settlements that were left out fall on their
    right side. ``accuracy`` is that of :func:`geo.build.line.build_line`.
    """
    bins = accuracy["by_distance_km"]
    for number in range(1, len(bins)):
        beyond, within = (_right(rows) for rows in (bins[number:], bins[:number]))
        if beyond >= SURE_PERCENT:
            return bins[number]["from"], beyond, within
    return bins[-1]["to"], 100.0, _right(bins)


def _right(bins: list[dict[str, Any]]) -> float:
    """Percentage on the right side over several bins of distance."""
    filled = [row for row in bins if row["left_out"]]
    count = sum(row["left_out"] for row in filled)
    right = sum(row["left_out"] * row["right_side_percent"] for row in filled)
    return float(right / count) if count else 100.0


def summary(accuracy: dict[str, Any]) -> str:
    """How sure the line is, in sentences for a reader."""
    reach, beyond, within = band(accuracy)
    moved = accuracy["displacement_km"]
    return (
        f"Settlements were left out, all those of a {accuracy['block_km']:g} km block at once, and"
        f" the line was drawn without them: {accuracy['right_side_percent']:.1f}% of"
        f" {accuracy['left_out']:,} fell on the side they belong to; {beyond:.0f}% beyond"
        f" {reach:g} km of the line, {within:.0f}% within it. So the shaded band reaches"
        f" {reach:g} km to either side, and nearer than that the map cannot tell."
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
        "band_km": band(accuracy)[0],
        **accuracy,
    }
    members = {key: value for key, value in collection.items() if key != "type"}
    write_collection(paths.LINES / f"{date}.geojson", members.pop("features"), **members)
