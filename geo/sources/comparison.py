"""How far two sources agree: settlement by settlement, and line against line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.crs import EQUAL_AREA, WGS84
from geo.errors import Fault, NotFoundError
from geo.sources.settlements import held_column, joined

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from geopandas import GeoDataFrame
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from geo.line import Line
    from geo.sources.viina import Control

STEP_M = 250
"""Metres of line to each point from which the way to the other line is measured."""


@dataclass(frozen=True)
class Settlement:
    """One on which the sources differ: names, oblast (ISO 3166-2), degrees, VIINA's ``status``."""

    name_en: str
    name_uk: str
    territory: str
    lat: float
    lon: float
    status: str


@dataclass(frozen=True)
class Agreement:
    """Settlements that both sources answer for: ``both``; ``contested``: so by VIINA.

    ``ours_only``: Russian-held by our table and not by VIINA, ``theirs_only``: the other way.
    ``table_only``: settlements of our table without a status in VIINA's. Contested counts as not
    Russian-held, as it does in our table.
    """

    date: str
    column: str
    both: int
    contested: int
    table_only: int
    ours_only: tuple[Settlement, ...]
    theirs_only: tuple[Settlement, ...]

    @property
    def agree(self) -> int:
        """Settlements that both put on the same side."""
        return self.both - len(self.ours_only) - len(self.theirs_only)


def compare(table: pd.DataFrame, control: Control) -> Agreement:
    """Hold VIINA's statuses against the column of ``table`` for the same day.

    ``table``: :func:`geo.sources.settlements.control_table`. Raises :class:`NotFoundError` if it
    has no such day.
    """
    column = held_column(control.date)
    if column not in table.columns:
        days = [str(name)[5:].replace("_", "-") for name in table if str(name).startswith("held_")]
        message = f"it has no day {control.date}; its days are {', '.join(days)}."
        raise NotFoundError(Fault("settlement_control.csv", message))
    rows = joined(table, control)
    ours, theirs = rows[column] == "R", rows["status"] == "RU"
    return Agreement(
        date=control.date,
        column=control.column,
        both=len(rows),
        contested=int((rows["status"] == "CONTESTED").sum()),
        table_only=len(table) - len(rows),
        ours_only=_settlements(rows[ours & ~theirs]),
        theirs_only=_settlements(rows[theirs & ~ours]),
    )


def _settlements(rows: pd.DataFrame) -> tuple[Settlement, ...]:
    """Large before small."""
    ordered = rows.sort_values("population", ascending=False, kind="stable").fillna({"name_uk": ""})
    names = ["name_en", "name_uk", "oblast_iso", "lat", "lon", "status"]
    return tuple(Settlement(*row) for row in ordered[names].itertuples(index=False, name=None))


@dataclass(frozen=True)
class LineDifference:
    """Ground that only one of two lines puts on the Russian-held side, and how far they lie apart.

    ``ours_only_km2`` and ``theirs_only_km2``: square kilometres by oblast (ISO 3166-2), those of
    0.1 and more. ``median_km`` and ``p90_km``: over points every 250 m of both lines, the way to
    the other one.
    """

    ours_only_km2: dict[str, float]
    theirs_only_km2: dict[str, float]
    median_km: float
    p90_km: float


def compare_lines(ours: Line, theirs: Line, territories: GeoDataFrame) -> LineDifference:
    """Hold two lines against each other; ``territories``: outlines by ISO code, any CRS.

    Measured in the equal-area CRS. Of the same day, it shows how sources differ; of two days, how
    the line moved as well.
    """
    import geopandas as gpd
    import numpy as np

    shapes = gpd.GeoSeries([ours.held, theirs.held, ours.contact, theirs.contact], crs=WGS84)
    held, other_held, line, other_line = shapes.to_crs(EQUAL_AREA)
    outlines = territories.geometry.to_crs(EQUAL_AREA)
    away = np.concatenate([_away(line, other_line), _away(other_line, line)]) / 1_000
    return LineDifference(
        ours_only_km2=_areas(held.difference(other_held), outlines),
        theirs_only_km2=_areas(other_held.difference(held), outlines),
        median_km=round(float(np.median(away)), 3),
        p90_km=round(float(np.percentile(away, 90)), 3),
    )


def _areas(ground: BaseGeometry, outlines: pd.Series) -> dict[str, float]:
    areas = {str(code): outline.intersection(ground).area for code, outline in outlines.items()}
    return {code: round(area / 1e6, 1) for code, area in areas.items() if area >= 1e5}


def _away(line: BaseGeometry, other: BaseGeometry) -> NDArray[np.float64]:
    """Metres from points all along ``line`` to ``other``."""
    import numpy as np
    import shapely

    parts = shapely.get_parts(shapely.line_merge(line))
    points = [
        shapely.line_interpolate_point(part, np.arange(0, part.length, STEP_M)) for part in parts
    ]
    shapely.prepare(other)
    away: NDArray[np.float64] = shapely.distance(other, np.concatenate(points))
    return away
