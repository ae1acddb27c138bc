"""Shapes from degrees (EPSG:4326) to equal-area metres and back."""

from __future__ import annotations

from geopandas import GeoSeries
from shapely.geometry.base import BaseGeometry

from geo.crs import EQUAL_AREA, WGS84


def to_metres(shape: BaseGeometry) -> BaseGeometry:
    """A shape in degrees, in the metres of :data:`geo.crs.EQUAL_AREA`."""
    return GeoSeries([shape], crs=WGS84).to_crs(EQUAL_AREA).iloc[0]


def to_degrees(shape: BaseGeometry) -> BaseGeometry:
    """A shape in the metres of :data:`geo.crs.EQUAL_AREA`, in degrees."""
    return GeoSeries([shape], crs=EQUAL_AREA).to_crs(WGS84).iloc[0]
