"""Cut territories along a line of contact; the geometry behind a division."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import geopandas as gpd
import shapely
from geopandas import GeoDataFrame

from geo.answers import SIDES
from geo.crs import EQUAL_AREA, WGS84
from geo.division import Division, Piece, Shapes
from geo.errors import Fault, OutlineError
from geo.zone_ids import zone_id

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.line import Line
    from geo.plan import Side

SMALLEST_KM2 = 0.1
"""Smaller pieces come from two drawings of one border, not from land that somebody holds."""

OVERVIEW_TOLERANCE_M = 800
"""How far outlines may be from the true ones on maps of the whole country."""

COLUMNS = ("zone", "territory", "held_by", "area_km2", "unsure_km2", "geometry")


def cut(territories: GeoDataFrame, line: Line) -> GeoDataFrame:
    """Cut each territory along the line of contact.

    ``territories``: polygons indexed by ISO 3166-2 code, any CRS. One row a piece in order of
    ``zone``, columns :data:`COLUMNS`, in the equal-area CRS (LAEA, 48.5 N, 36 E) in which the
    pieces are cut and measured, so that those of a territory add up to it. ``unsure_km2``: what of
    it lies within the line's ``band_km``. Raises :class:`OutlineError` if ``territories`` has no
    CRS, a code twice, or an outline that is empty or invalid.
    """
    _check_outlines(territories)
    outlines = territories.geometry.to_crs(EQUAL_AREA).sort_index()
    held = gpd.GeoSeries([line.held], crs=WGS84).to_crs(EQUAL_AREA).iloc[0]
    shapely.prepare(held)
    rows = [
        {
            "zone": zone_id(str(code), side),
            "territory": code,
            "held_by": side,
            "area_km2": part.area / 1e6,
            "geometry": part,
        }
        for code, outline in outlines.items()
        for side, part in _parts(outline, held)
    ]
    frame = GeoDataFrame(rows, crs=EQUAL_AREA)
    frame["unsure_km2"] = _area_near_line(frame, line)
    return cast("GeoDataFrame", frame[list(COLUMNS)])


def divide(territories: GeoDataFrame, line: Line, named: GeoDataFrame) -> Division:
    """The same as a :class:`Division`, outlines in EPSG:4326.

    ``named``: sites and rivers, indexed by id (:func:`geo.territories.load_places`).
    """
    pieces = cut(territories, line).to_crs(WGS84)
    shapes = Shapes(dict(zip(pieces["zone"], pieces.geometry, strict=True)), line.contact)
    rows = pieces.drop(columns="geometry").to_dict(orient="records")
    return Division(
        line=line.date,
        about={"date": line.date, **line.about},
        pieces={row["zone"]: Piece(**cast("dict[str, Any]", row)) for row in rows},
        places=zones_of_places(pieces, named),
        read_shapes=lambda: shapes,
        read_overview=lambda: dict(zip(shapes.zones, _coarse(pieces), strict=True)),
    )


def _coarse(pieces: GeoDataFrame) -> gpd.GeoSeries:
    """The pieces for maps of the whole country, simplified together where neighbours fit."""
    metres = pieces.geometry.to_crs(EQUAL_AREA)
    if shapely.coverage_is_valid(metres.to_numpy()):
        coarse = shapely.coverage_simplify(metres.to_numpy(), OVERVIEW_TOLERANCE_M)
    else:  # outlines that a reader brought may overlap
        simple = shapely.simplify(metres.to_numpy(), OVERVIEW_TOLERANCE_M)
        coarse = shapely.make_valid(simple, method="structure", keep_collapsed=False)
    return gpd.GeoSeries(coarse, crs=EQUAL_AREA).to_crs(WGS84)


def zones_of_places(pieces: GeoDataFrame, named: GeoDataFrame) -> dict[str, list[str]]:
    """The zones that each site lies in, and each river passes, by the place's id; EPSG:4326."""
    return {
        str(place): list(pieces.loc[pieces.geometry.intersects(shape), "zone"])
        for place, shape in named.geometry.sort_index().items()
    }


def _area_near_line(pieces: GeoDataFrame, line: Line) -> list[float]:
    reach = line.about.get("accuracy", {}).get("band_km")
    if reach is None:
        return [0.0] * len(pieces)
    contact = gpd.GeoSeries([line.contact], crs=WGS84).to_crs(EQUAL_AREA)
    band = contact.buffer(1000 * reach).iloc[0]
    return [float(round(area, 1)) for area in pieces.geometry.intersection(band).area / 1e6]


def _parts(outline: BaseGeometry, held: BaseGeometry) -> list[tuple[Side, BaseGeometry]]:
    """The Russian-held and the other part of one outline, where they exist; equal-area metres."""
    if not held.intersects(outline):
        return [("Ukraine", outline)]
    if held.covers(outline):
        return [("Russia", outline)]
    inside = _polygons(shapely.intersection(outline, held))
    rest = _polygons(shapely.difference(outline, held))
    parts = list(zip(SIDES, (inside, rest), strict=True))
    found = [(side, part) for side, part in parts if part.area / 1e6 > SMALLEST_KM2]
    return found if len(found) > 1 else [(side, outline) for side, _ in found]


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    """The areas of an overlay's result, without the lines and points where edges only touched."""
    areas = [part for part in shapely.get_parts(shape) if part.geom_type.endswith("Polygon")]
    return areas[0] if len(areas) == 1 else shapely.MultiPolygon(areas)


def _check_outlines(territories: GeoDataFrame) -> None:
    if territories.crs is None:
        message = "the outlines name no CRS; set it, EPSG:4326 if they are degrees."
        raise OutlineError(Fault("territories", message))
    bad = territories.index[
        territories.geometry.is_empty | territories.geometry.isna() | ~territories.is_valid
    ]
    faults = [Fault("territories", f"the outline of {code} is empty or invalid.") for code in bad]
    doubled = territories.index[territories.index.duplicated()]
    faults += [
        Fault("territories", f"{code} is given twice; keep one outline.") for code in doubled
    ]
    if faults:
        raise OutlineError(faults)
