"""Built zones: the answer of a plan on a dated line, ready to be drawn without any computing."""

from __future__ import annotations

import shapely
from geopandas import GeoDataFrame, GeoSeries

from geo import paths
from geo.build.files import features, rounded, write_collection
from geo.build.territories import OVERVIEW_TOLERANCE_M, label_points, simplified
from geo.crs import WGS84
from geo.export import about
from geo.line import load_line
from geo.plan import load_plan
from geo.territories import load_places, load_territories
from geo.zones import area_near_line, places, zones

OVERVIEW_COLUMNS = ["zone", "territory", "status", "held_by", "area_km2", "geometry"]


def build(plan_id: str, line_date: str) -> None:
    """Write the zones of one plan on one line, and their coarser overview."""
    plan, line = load_plan(plan_id), load_line(line_date)
    found = zones(plan, load_territories(), line)
    members = about(plan, line)
    named = places(plan, load_places(), found)
    near = area_near_line(found, line, line.about["accuracy"]["band_km"])
    found["area_km2"] = found["area_km2"].round(3)
    path = paths.zones_file(plan_id, line_date)
    detail = found.set_geometry(_as_coverage(found.geometry))
    write_collection(path, features(detail), **members, places=named, unsure_km2=near)
    coarse = simplified(detail.geometry, OVERVIEW_TOLERANCE_M)
    overview = GeoDataFrame(detail[OVERVIEW_COLUMNS].set_geometry(coarse))
    overview = GeoDataFrame(overview.join(label_points(detail.geometry)), crs=WGS84)
    write_collection(paths.overview(path), features(overview), **members)


def _as_coverage(shapes: GeoSeries) -> GeoSeries:
    """Round to the file's decimals; where cuts leave a neighbour without a vertex, add it."""
    cleaned = shapely.coverage_clean(rounded(shapes.values), snapping_distance=2e-5)
    return GeoSeries(rounded(cleaned), index=shapes.index, crs=WGS84)
