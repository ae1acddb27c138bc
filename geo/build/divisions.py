"""Built divisions: the land cut along a dated line, ready to be drawn without any computing."""

from __future__ import annotations

import shapely
from geopandas import GeoDataFrame, GeoSeries

from geo import paths
from geo.build.files import features, rounded, write_collection
from geo.build.territories import label_points, simplified
from geo.crs import WGS84
from geo.cutting import OVERVIEW_TOLERANCE_M, cut, zones_of_places
from geo.line import load_line
from geo.territories import CREDIT, load_places, load_territories


def build(line_date: str) -> None:
    """Write the pieces of the divided territories on one line, and their coarser overview.

    Whole territories are in ``territories.geojson`` already. The overview also lists every piece
    of the country, and the zones of each named place.
    """
    line = load_line(line_date)
    pieces = cut(load_territories(), line).to_crs(WGS84)
    listed = pieces.drop(columns="geometry").round({"area_km2": 3}).to_dict(orient="records")
    divided = pieces["territory"].duplicated(keep=False).to_numpy()
    shapes = _as_coverage(pieces.geometry)
    coarse = simplified(shapes, OVERVIEW_TOLERANCE_M)
    named = pieces[["zone"]].join(label_points(shapes))
    members = {"line": line_date, "credit": f"{CREDIT}. {line.about['source']['en']}"}
    path = paths.division_file(line_date)
    for file, outlines, more in (
        (path, shapes, {}),
        (
            paths.overview(path),
            coarse,
            {"pieces": listed, "places": zones_of_places(pieces, load_places())},
        ),
    ):
        frame = GeoDataFrame(named, geometry=outlines, crs=WGS84)[divided]
        write_collection(file, features(frame), **members, **more)


def _as_coverage(shapes: GeoSeries) -> GeoSeries:
    """Round to the file's decimals; where cuts leave a neighbour without a vertex, add it."""
    cleaned = shapely.coverage_clean(rounded(shapes.values), snapping_distance=2e-5)
    return GeoSeries(rounded(cleaned), index=shapes.index, crs=WGS84)
