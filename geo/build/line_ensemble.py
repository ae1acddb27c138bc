"""Plausible lines of contact: what each oblast would hold if the line ran a little otherwise.

Every member moves the edge of each shipped line by smooth random shifts
(:mod:`geo.build.line_errors`) and counts what is then Russian-held. The members are moved together
so that their middle is what the line itself says. Land that only water parts from the other side
(the Kinburn spit, Crimea) is too far from any line to vary.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from geopandas import GeoSeries
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo import intervals
from geo.build.gazetteer_places import DISTRICTS
from geo.build.line import same_place
from geo.build.line_accuracy import Bools, Floats
from geo.build.line_coverage import MEMBERS, moves
from geo.build.line_cut import PARTLY_HELD
from geo.build.line_errors import Errors, NoisePlaces
from geo.build.project import to_metres
from geo.crs import EQUAL_AREA, WGS84
from geo.intervals import COLUMNS
from geo.line import Line, load_line
from geo.territories import load_territories

CELL = 2_000  # m; land is counted in squares of this side
REACH = 25_000  # m; no shift is as large
ON_LINE_KM = 1  # so near to the line a settlement's one point does not say who holds it
OTHER_DISTRICTS = {"13631403", "13561808", "6723024", "6722148"}
"""Parts of Kostiantynivka and Kharkiv in the control table."""


@dataclass(frozen=True)
class Ground:
    """What is counted: squares of land near the line, then settlements; one row each.

    ``xy``: metres; ``oblast``: position in ``PARTLY_HELD``; ``km2``: land of a square, 0 for a
    settlement; ``people``: of a settlement, 0 for a square; ``settlement``: whether it is one.
    """

    xy: Floats
    oblast: NDArray[np.int64]
    km2: Floats
    people: Floats
    settlement: Bools

    def sums(self, weights: Floats) -> Floats:
        """The sums of ``weights`` by oblast."""
        return np.bincount(self.oblast, weights, len(PARTLY_HELD)).astype(np.float64)

    def held(self, away_km: Floats, shift: Floats | float = 0.0) -> Floats:
        """Square kilometres, people and settlements (rows) on Russian-held ground, by oblast, if
        the line runs otherwise by ``shift``; ``away_km`` is from the line as it is, signed.

        A square that the edge crosses counts by the part that lies beyond it. A settlement that
        is not on the line keeps the side that the table gives it.
        """
        known = self.settlement & (np.abs(away_km) > ON_LINE_KM)
        signed_km = away_km + np.where(known, 0, shift)
        part = np.clip(0.5 + signed_km * 1_000 / CELL, 0, 1)
        on = signed_km > 0
        return np.stack(
            [
                self.sums(self.km2 * part),
                self.sums(self.people * on),
                self.sums((self.settlement & on).astype(float)),
            ]
        )


def build(dates: Iterable[str], errors: Errors, settlements: pd.DataFrame) -> None:
    """Write ``data/ensemble.csv.gz`` from the lines of ``data/lines``; takes seconds.

    ``settlements``: the control table. One row a date, member and oblast, with the columns of
    :data:`geo.intervals.COLUMNS`.
    """
    lines = [load_line(date) for date in sorted(dates)]
    outlines = load_territories().geometry.to_crs(EQUAL_AREA)[list(PARTLY_HELD)]
    ground = _ground(lines, outlines, settlements)
    signed = [signed_km(line, ground.xy) for line in lines]
    places, moved = NoisePlaces(ground.xy), moves(signed)
    members = np.array(
        [
            [
                ground.held(away, shift)
                for away, shift in zip(signed, errors.shifts(places, moved, member), strict=True)
            ]
            for member in range(MEMBERS)
        ]
    )
    whole = np.stack(
        [
            outlines.area.to_numpy() / 1e6,
            ground.sums(ground.people),
            ground.sums(ground.settlement.astype(float)),
        ]
    )
    rows: list[tuple[object, ...]] = []
    for position, (line, away) in enumerate(zip(lines, signed, strict=True)):
        central = ground.held(away)
        central[0] = outlines.intersection(to_metres(line.held)).area / 1e6
        found = recentred(members[:, position], central, whole)
        rows += _rows(line.date, found, whole[1])
    _write(rows)


def recentred(members: Floats, central: Floats, whole: Floats) -> Floats:
    """``members`` (first axis) moved so that their median is ``central``, within 0 and ``whole``.

    A figure that is nothing or everything in the line can still be otherwise in the members.
    """
    moved: Floats = np.clip(members - np.median(members, axis=0) + central, 0, whole)
    return moved


def signed_km(line: Line, xy: Floats) -> Floats:
    """The distance in km of each point (metres) to the line, above 0 on Russian-held ground."""
    held, contact = to_metres(line.held), to_metres(line.contact)
    shapely.prepare([held, contact])
    side = np.where(shapely.contains_xy(held, xy), 1, -1)
    away: Floats = side * shapely.distance(contact, shapely.points(xy)) / 1_000
    return away


def countable(settlements: pd.DataFrame) -> pd.DataFrame:
    """The settlements of the partly held oblasts, none counted twice: no districts of a city that
    is listed too, and of places within 150 m of each other the most populous.
    """
    numbers = settlements["geonameid"].fillna(0).astype(int).astype(str)
    whole = settlements[~numbers.isin(DISTRICTS | OTHER_DISTRICTS)]
    rows = whole.sort_values("population", ascending=False, kind="stable")
    points = GeoSeries.from_xy(rows["lon"], rows["lat"], crs=WGS84).to_crs(EQUAL_AREA)
    xy = shapely.get_coordinates(points.to_numpy())
    rows = rows.assign(x=xy[:, 0], y=xy[:, 1])[~same_place(xy)]
    return rows[rows["oblast_iso"].isin(PARTLY_HELD)]


def _ground(lines: list[Line], outlines: GeoSeries, settlements: pd.DataFrame) -> Ground:
    """The squares that any of the lines comes near, and the settlements."""
    contact = shapely.union_all([to_metres(line.contact) for line in lines])
    xy, oblast = _squares(outlines, contact)
    towns = countable(settlements)
    of_town = towns["oblast_iso"].map(PARTLY_HELD.index).to_numpy()
    squares, count = np.zeros(len(xy)), np.zeros(len(towns))
    return Ground(
        xy=np.concatenate([xy, towns[["x", "y"]].to_numpy()]),
        oblast=np.concatenate([oblast, of_town]),
        km2=np.concatenate([squares + CELL**2 / 1e6, count]),
        people=np.concatenate([squares, towns["population"].to_numpy(dtype=float)]),
        settlement=np.concatenate([squares > 0, count == 0]),
    )


def _squares(outlines: GeoSeries, contact: BaseGeometry) -> tuple[Floats, NDArray[np.int64]]:
    """The middles of the squares near ``contact``, metres, and the oblast that each lies in."""
    west, south, east, north = outlines.total_bounds
    columns, rows = np.arange(west, east, CELL), np.arange(south, north, CELL)
    xy = np.column_stack([axis.ravel() for axis in np.meshgrid(columns, rows)])
    shapely.prepare(contact)
    xy = xy[shapely.dwithin(contact, shapely.points(xy), REACH)]
    oblast = np.full(len(xy), -1)
    for position, outline in enumerate(outlines):
        shapely.prepare(outline)
        oblast[shapely.contains_xy(outline, xy)] = position
    return xy[oblast >= 0], oblast[oblast >= 0]


def _rows(date: str, found: Floats, people: Floats) -> Iterator[tuple[object, ...]]:
    for member, (areas, held_people, count) in enumerate(found):
        shares = held_people / people
        for code, area, share, number in zip(PARTLY_HELD, areas, shares, count, strict=True):
            yield date, member, code, f"{area:.1f}", f"{share:.4f}", f"{number:.0f}"


def _write(rows: list[tuple[object, ...]]) -> None:
    """The same rows give the same bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    intervals.FILE.write_bytes(gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0))
