"""Lines of contact: one file a date, rebuilt from who held which settlement, and how sure it is.

``build`` measures all of it and takes minutes. ``draw`` gives one line without its accuracy in
seconds, ``build_ensemble`` the ensemble from what is in ``data/`` already.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from geopandas import read_file
from pandas import DataFrame, read_csv

from geo import calibration, paths
from geo.build import line_ensemble, line_texts
from geo.build.files import write_collection
from geo.build.line import Land, draw_line, kakhovka_reservoir, land, survey_line
from geo.build.line_accuracy import LeftOut
from geo.build.line_band import (
    NEAR_KM,
    SURE_PERCENT,
    TUNING,
    band_km,
    distance_rows,
    fit_chance,
    fit_scale,
    near_line,
    pooled,
    reliability,
)
from geo.build.line_between import fit_between_dates
from geo.build.line_coverage import (
    CLAIMED_PERCENT,
    MEMBERS,
    coverage_rows,
    fit_correlation,
    widening,
)
from geo.build.line_errors import SEED, Errors
from geo.calibration import Chance

CORES = 2

Collection = dict[str, Any]


def build(dates: Sequence[str]) -> None:
    """Write the lines of ``dates`` (columns of the control table) to ``data/lines``, and beside
    them the calibration of the band and of the chances, and the ensemble.

    ``dates`` have to hold the tuning dates (``KeyError`` if not). One date takes about a minute
    on one core; :data:`CORES` are worked at once.
    """
    with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as pool:
        surveys = dict(zip(dates, pool.map(_survey, dates), strict=True))
    left = {date: found for date, (_, found) in surveys.items()}
    accuracies = {date: collection["accuracy"] for date, (collection, _) in surveys.items()}
    measured = calibrate(left, accuracies)
    write_calibration(measured)
    for collection, _ in surveys.values():
        write(collection, measured)
    build_ensemble(dates)


def draw(date: str) -> Collection:
    """The line of one date without its accuracy, as in its file but for that member."""
    return draw_line(date, control_table(), _land())


def write(collection: Collection, measured: dict[str, Any]) -> None:
    """Write one line to ``data/lines``; ``measured`` is the calibration."""
    accuracy, band = collection["accuracy"], measured["band"]
    whole = summary(accuracy, band["km"])
    said = {
        language: text + ("" if language == "zh" else " ") + band["rule"][language]
        for language, text in whole.items()
    }
    members = {key: value for key, value in collection.items() if key != "type"}
    members["accuracy"] = {"summary": said, "band_km": band["km"], **accuracy}
    write_collection(paths.LINES / f"{members['date']}.geojson", members.pop("features"), **members)


def write_calibration(measured: Collection) -> None:
    """Write ``data/calibration.json``, a line for each of its parts."""
    parts = (f'"{name}": {json.dumps(part, ensure_ascii=False)}' for name, part in measured.items())
    text = ",\n".join(parts)
    calibration.FILE.write_text(f"{{\n{text}\n}}\n", encoding="utf-8")
    calibration.calibration.cache_clear()


def build_ensemble(dates: Sequence[str]) -> None:
    """Write the ensemble from the lines and the calibration that are in ``data/``."""
    fitted = calibration.calibration()["ensemble"]
    errors = Errors(**{name: fitted[name] for name in Errors.__dataclass_fields__})
    line_ensemble.build(dates, errors, control_table())


def calibrate(left: dict[str, LeftOut], accuracies: dict[str, Any]) -> dict[str, Any]:
    """What :mod:`geo.calibration` describes, from what was left out on each date."""
    dates = sorted(left)
    checking = [date for date in dates if date not in TUNING]
    tuned = pooled(left[date] for date in TUNING)
    groups = {
        "tuning": tuned,
        "checking": pooled(left[date] for date in checking),
        **{date: left[date] for date in dates},
    }
    band = band_km({"by_distance_km": distance_rows(tuned, 0)})
    chance = fit_chance(tuned)
    still, reach_km = fit_between_dates(left, chance)
    errors = fit_correlation(left, Errors(fit_scale(tuned), 0, still, reach_km))
    return {
        "tuning": list(TUNING),
        "checking": checking,
        "band": {
            "km": band,
            "percent": SURE_PERCENT,
            "rule": line_texts.band_rule(first=TUNING[0], second=TUNING[1], sure=str(SURE_PERCENT)),
            "by_distance_km": {name: distance_rows(one, band) for name, one in groups.items()},
            "near": {name: near_line(one, band) for name, one in groups.items()},
        },
        "chance": {
            "km": chance.km,
            "share": chance.share,
            "reliability": _reliabilities(groups, chance),
        },
        "ensemble": {
            "members": MEMBERS,
            "seed": SEED,
            **vars(errors),
            "claimed_percent": CLAIMED_PERCENT,
            "widened": widening(left, errors),
            "coverage": coverage_rows(left, errors),
        },
        "displacement_km": {date: accuracies[date]["displacement_km"] for date in dates},
    }


def summary(accuracy: dict[str, Any], band: float | None = None) -> dict[str, str]:
    """How sure a line is, in sentences for a reader, by language.

    ``band``: half-width, km; that of the line's own settlements if it is not given.
    """
    rows = accuracy["by_distance_km"]
    reach = band_km(accuracy) if band is None else band
    near = [row for row in rows if row["to"] <= NEAR_KM]
    moved = accuracy["displacement_km"]
    return line_texts.summary(
        block=f"{accuracy['block_km']:g}",
        right=f"{accuracy['right_side_percent']:.1f}",
        count=f"{accuracy['left_out']:,}",
        band=f"{reach:g}",
        near=f"{NEAR_KM:g}",
        within=f"{_right_percent([row for row in near if row['to'] <= reach]):.0f}",
        beyond=f"{_right_percent([row for row in near if row['from'] >= reach]):.0f}",
        median=f"{moved['median']:.1f}",
        p90=f"{moved['p90']:.1f}",
    )


def control_table() -> DataFrame:
    """Who held which settlement on which date: ``data/reference/settlement_control.csv``."""
    return read_csv(paths.REFERENCE / "settlement_control.csv.gz")


def _survey(date: str) -> tuple[Collection, LeftOut]:
    return survey_line(date, control_table(), _land())


def _land() -> Land:
    return land(read_file(paths.RAIONS), kakhovka_reservoir())


def _reliabilities(groups: dict[str, LeftOut], chance: Chance) -> dict[str, Any]:
    return {name: reliability(groups[name], chance) for name in ("tuning", "checking")}


def _right_percent(rows: list[dict[str, Any]]) -> float:
    """Percentage on the right side over several distances."""
    count = sum(row["left_out"] for row in rows)
    right = sum(row["left_out"] * row["right_side_percent"] for row in rows if row["left_out"])
    return float(right / count) if count else 100.0
