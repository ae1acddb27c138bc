"""``zones()`` and the ledger on outlines and a line with ten and a hundred times the vertices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import geopandas as gpd
import shapely

from benchmarks.domain.densify import densified
from benchmarks.domain.growth import milliseconds
from geo.cutting import divide
from geo.ledger import ledger
from geo.line import OWN_LINE, load_line
from geo.plan import DEFAULT_PLAN, load_plan
from geo.territories import load_places, load_territories
from geo.zones import zones


@dataclass(frozen=True)
class Case:
    """Outlines and a line of one size."""

    times: int
    vertices: int
    zones_ms: list[float]
    ledger_ms: list[float]


def cases(sizes: tuple[int, ...], rounds: int) -> Iterator[Case]:
    """Each size after the other; once more, which warms up, is not counted."""
    plan = load_plan(DEFAULT_PLAN)
    territories, line = load_territories(), load_line(plan.line)
    named = load_places()
    for times in sizes:
        outlines = territories.set_geometry(
            gpd.GeoSeries(
                [densified(shape, times) for shape in territories.geometry],
                index=territories.index,
                crs=territories.crs,
            )
        )
        finer = replace(
            line,
            date=OWN_LINE,
            held=densified(line.held, times),
            contact=densified(line.contact, times),
        )
        division = divide(outlines, finer, named)
        yield Case(
            times,
            int(shapely.get_num_coordinates([*outlines.geometry, finer.held]).sum()),
            milliseconds(lambda o=outlines, f=finer: zones(plan, o, f), rounds),  # type: ignore[misc]
            milliseconds(lambda d=division: ledger(plan, d), 1),  # type: ignore[misc]
        )
