"""The two coordinate reference systems in use, and areas measured in the right one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame, GeoSeries

WGS84 = "EPSG:4326"
"""Longitude and latitude in degrees: the CRS of every file and of every result."""

EQUAL_AREA = "+proj=laea +lat_0=48.5 +lon_0=36 +datum=WGS84 +units=m"
"""Lambert azimuthal equal-area centred on the east of Ukraine, metres: to cut and measure in."""


def area_km2(shapes: GeoDataFrame | GeoSeries) -> pd.Series:
    """Areas in square kilometres, measured in :data:`EQUAL_AREA`; ``shapes`` in any CRS."""
    areas: pd.Series = shapes.to_crs(EQUAL_AREA).area / 1e6
    return areas
