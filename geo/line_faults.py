"""What is wrong with a line of contact, as sentences that say where and how to mend it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely

from geo.crs import EQUAL_AREA, WGS84
from geo.errors import Fault
from geo.line_members import faults_of_members
from geo.shapes import joined

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

    from geo.line import Line

KINDS = {
    "russian_held": ("Polygon", "MultiPolygon"),
    "line_of_contact": ("LineString", "MultiLineString"),
}
TOLERANCE_M = 50
"""How far a line may stray from where it belongs before it is a fault: below its own accuracy."""

GAP_M = 500
"""The shortest missing stretch that is reported."""

SPILL_KM2 = 1.0
"""Held area outside the country that is put down to rounding."""


def faults_of_file(collection: Any, file: str) -> list[Fault]:
    """Faults of form: members, kinds, CRS, coordinates, geometry. Empty if it can be used."""
    faults = faults_of_members(collection, file)
    if isinstance(collection, dict):
        faults += [Fault(file, message) for message in _feature_messages(collection)]
    return faults


def _feature_messages(collection: dict[str, Any]) -> Iterator[str]:
    features = collection.get("features")
    if not isinstance(features, list):
        yield "'features' is not a list; give it one feature of each kind."
        return
    rows = [feature for feature in features if isinstance(feature, dict)]
    found = [(_kind(row.get("properties")), row.get("geometry")) for row in rows]
    kinds = [kind for kind, _ in found]
    for kind in KINDS:
        if kinds.count(kind) != 1:
            yield f"it has {kinds.count(kind)} features of kind {kind!r}; give it exactly one."
    for kind, geometry in found:
        if kind in KINDS:
            yield from _geometry_messages(kind, geometry)
        else:
            yield f"a feature has kind {kind!r}; the kinds are {', '.join(KINDS)}."


def _kind(properties: Any) -> str:
    return str(properties.get("kind")) if isinstance(properties, dict) else "nothing"


def _geometry_messages(kind: str, geometry: Any) -> Iterator[str]:
    """What is wrong with the geometry of one feature, the worst thing only."""
    if geometry is None:
        yield f"the geometry of {kind!r} is empty; give it at least one part."
        return
    try:
        shape = shapely.from_geojson(json.dumps(geometry))
    except (shapely.errors.GEOSException, TypeError, ValueError, RecursionError):
        yield (
            f"the geometry of {kind!r} is not GeoJSON, or has coordinates that are not numbers;"
            " export it again."
        )
        return
    if shape.is_empty:
        yield f"the geometry of {kind!r} is empty; give it at least one part."
        return
    if shape.geom_type not in KINDS[kind]:
        yield f"{kind!r} is a {shape.geom_type}; it has to be a {' or '.join(KINDS[kind])}."
        return
    west, south, east, north = shape.bounds
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
        yield (
            f"the coordinates of {kind!r} go up to {max(east, north):,.0f}, so they are metres,"
            " not degrees; convert them to EPSG:4326."
        )
    elif west > 43 and east < 54 and south > 20 and north < 42:
        yield f"the coordinates of {kind!r} are swapped; GeoJSON wants longitude, then latitude."
    elif not shape.is_valid:
        yield f"the geometry of {kind!r} is invalid: {_where_invalid(shape)}; mend it there."


def _where_invalid(shape: BaseGeometry) -> str:
    """GEOS's reason, such as "Self-intersection[37.2 48.1]", as words."""
    reason, _, place = shapely.is_valid_reason(shape).partition("[")
    numbers = [f"{float(value):.4f}" for value in place.rstrip("]").split()]
    return f"{reason.lower()} at longitude {numbers[0]}, latitude {numbers[1]}"


def faults_of_fit(line: Line, territories: GeoDataFrame, file: str) -> list[Fault]:
    """Faults of a well-formed line against the outlines of the country (any CRS).

    The held area must lie inside the country, and the line must be the whole of its edge there:
    no stretch missing, none straying off.
    """
    country = joined(territories.geometry.to_crs(EQUAL_AREA).to_numpy())
    shapes = gpd.GeoSeries([line.held, line.contact], crs=WGS84).to_crs(EQUAL_AREA)
    messages = _fit_messages(country, shapes.iloc[0], shapes.iloc[1])
    return [Fault(file, message) for message in messages]


def _fit_messages(
    country: BaseGeometry, held: BaseGeometry, contact: BaseGeometry
) -> Iterator[str]:
    around = shapely.buffer(country, TOLERANCE_M)
    spill = shapely.difference(held, around)
    if spill.area / 1e6 > SPILL_KM2:
        yield (
            f"the held area leaves the country by {spill.area / 1e6:,.0f} km², most of it"
            f" {_at(_largest(spill))}; cut it to the outlines."
        )
    astray = shapely.difference(contact, around)
    if astray.length > GAP_M:
        yield (
            f"the line leaves the country for {astray.length / 1000:,.1f} km"
            f" {_at(_largest(astray))}; cut it to the outlines."
        )
    inner = shapely.buffer(country, -TOLERANCE_M)
    edge = shapely.intersection(shapely.boundary(held), inner)
    for gap in _stretches(shapely.difference(edge, shapely.buffer(contact, TOLERANCE_M))):
        yield (
            f"the line has a gap of {gap.length / 1000:,.1f} km {_at(gap)}; draw it along the edge"
            " of the held area."
        )
    inside = shapely.intersection(contact, inner)
    loose = shapely.difference(inside, shapely.buffer(shapely.boundary(held), TOLERANCE_M))
    for stretch in _stretches(loose):
        yield (
            f"the line runs off the edge of the held area for {stretch.length / 1000:,.1f} km"
            f" {_at(stretch)}; both must show the same edge."
        )


def _stretches(lines: BaseGeometry) -> list[BaseGeometry]:
    merged = shapely.line_merge(lines) if lines.geom_type == "MultiLineString" else lines
    return [part for part in shapely.get_parts(merged) if part.length > GAP_M]


def _largest(shape: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(shape)
    sizes = [part.area or part.length for part in parts]
    return parts[sizes.index(max(sizes))]


def _at(shape: BaseGeometry) -> str:
    """Where a shape (equal-area metres) is, for a reader: near its middle, in degrees."""
    point = gpd.GeoSeries([shapely.point_on_surface(shape)], crs=EQUAL_AREA).to_crs(WGS84).iloc[0]
    return f"near {point.y:.2f} N, {point.x:.2f} E"
