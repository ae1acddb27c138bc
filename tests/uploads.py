"""Makers of files as readers upload them: of real kinds, made from the shipped line."""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import EQUAL_AREA, WGS84
from geo.line import load_line
from geo.territories import load_territories
from geo.uploads.own_line import own_line
from geo.uploads.upload import read_upload

DATE = "2025-11-21"
KML_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"'
    ' xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><name>My map</name>'
)
SEA = shapely.box(33.0, 44.0, 38.6, 46.9)
"""Water south of the land that Russia holds, and all of Crimea."""


@cache
def shipped():
    return load_line(DATE)


def frame(shapes, **columns) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=WGS84)


def feature(shape, **properties) -> dict:
    is_shape = isinstance(shape, shapely.Geometry)
    geometry = json.loads(shapely.to_geojson(shape)) if is_shape else shape
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(*shapes, **members) -> bytes:
    """A FeatureCollection of these shapes (or geometries as dicts, or ``None``)."""
    features = [feature(shape) for shape in shapes]
    return json.dumps({"type": "FeatureCollection", **members, "features": features}).encode()


def geopackage(layers: dict[str, gpd.GeoDataFrame]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.gpkg"
        for name, table in layers.items():
            table.to_file(path, layer=name, driver="GPKG")
        return path.read_bytes()


def shapefile(table: gpd.GeoDataFrame, without: tuple[str, ...] = (), name: str = "area") -> bytes:
    """A Shapefile, zipped, in a folder as file managers pack them; some of its files left out."""
    with tempfile.TemporaryDirectory() as folder:
        table.to_file(Path(folder) / f"{name}.shp", engine="pyogrio")
        files = {
            f"my map/{path.name}": path.read_bytes()
            for path in sorted(Path(folder).iterdir())
            if path.suffix not in without
        }
    return zipped({**files, "__MACOSX/my map/._area.shp": b"\0\5\x16\7"})


def zipped(members: dict[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return sink.getvalue()


def kml(body: str) -> bytes:
    return f"{KML_HEAD}{body}</Document></kml>".encode()


def kml_line(points, height: float = 120.5) -> str:
    """A placemark as Google Earth saves a path."""
    text = " ".join(f"{x:.14f},{y:.14f},{height}" for x, y in points)
    return (
        "<Placemark><name>Path</name><Style><LineStyle><color>ff0000ff</color></LineStyle></Style>"
        f"<LineString><tessellate>1</tessellate><coordinates>{text}</coordinates></LineString>"
        "</Placemark>"
    )


def pieces() -> list[np.ndarray]:
    """The four stretches of the shipped line of contact, as arrays of positions."""
    return [shapely.get_coordinates(part) for part in shapely.get_parts(shipped().contact)]


def sticking_out(points: np.ndarray, degrees: float = 0.2) -> np.ndarray:
    """A stretch whose ends go on beyond the border that they lie on, away from the country."""
    first, last = (beyond(tuple(points[end]), degrees) for end in (0, -1))
    return np.vstack([first, points, last])


@cache
def beyond(end: tuple[float, float], degrees: float) -> np.ndarray:
    """A position so far from ``end``, on the way that leads least over land."""
    angles = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    rays = degrees * np.column_stack([np.cos(angles), np.sin(angles)])
    ways = shapely.linestrings([[end, end + ray] for ray in rays])
    inside = shapely.length(shapely.intersection(ways, land()))
    return end + rays[inside.argmin()]


def rough(points: np.ndarray, every: int, seed: int = 0, metres: float = 0) -> np.ndarray:
    """A stretch drawn with fewer vertices, each a little off; its ends stay."""
    kept = points[np.unique([0, *range(0, len(points), every), len(points) - 1])].copy()
    noise = np.random.default_rng(seed).uniform(-1, 1, kept.shape) * metres / 111_000
    kept[1:-1] += noise[1:-1]
    return kept


@cache
def isw_like() -> shapely.Geometry:
    """An area of control that covers the sea and stops well beyond the border."""
    metres = gpd.GeoSeries([shipped().held, SEA], crs=WGS84).to_crs(EQUAL_AREA)
    land = country().to_crs(EQUAL_AREA).union_all()
    wide = shapely.union(shapely.buffer(metres.iloc[0], 6_000), metres.iloc[1])
    area = shapely.difference(wide, shapely.difference(land, metres.iloc[0]))
    return shapely.make_valid(gpd.GeoSeries([area], crs=EQUAL_AREA).to_crs(WGS84).iloc[0])


@cache
def whole_oblasts() -> gpd.GeoDataFrame:
    """Outlines of all 27 units; that of Kherson oblast with its sea, as many maps have it."""
    table = country()
    shapes = table.geometry.copy()
    coast = shapely.box(32.0, 45.9, 34.9, 46.9)
    sea = shapely.difference(coast, shapely.buffer(land(), 1e-9))
    shapes["UA-65"] = shapely.union(shapes["UA-65"], sea)
    names = [str(name) for name in table["name_uk"]]
    return frame(shapes.values, name=names, code=list(table.index))


def database(*statements: str) -> bytes:
    """A sound GeoPackage on which these statements were run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.gpkg"
        path.write_bytes(geopackage({"held": frame([shapely.box(36, 47, 37, 48)])}))
        with closing(sqlite3.connect(path)) as base:
            for statement in statements:
                base.execute(statement)
            base.commit()
        return path.read_bytes()


def member(name: str, content: bytes = b"x", **fields) -> bytes:
    """A zip file with one member, some fields of whose entry are set."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        entry = zipfile.ZipInfo(name)
        for field, value in fields.items():
            setattr(entry, field, value)
        archive.writestr(entry, content)
    return sink.getvalue()


@cache
def country():
    return load_territories()


@cache
def land() -> shapely.Geometry:
    return country().union_all()


def read_line(data: bytes, name: str = "a.geojson", **wishes):
    layer = wishes.pop("layer", None)
    return own_line(read_upload(name, data), layer, country(), **wishes)


def told(report) -> list[str]:
    return [notice.text for notice in report]


def apart_km2(one, other) -> float:
    """The area on which two shapes in degrees differ."""
    flat = gpd.GeoSeries([one, other], crs=WGS84).to_crs(EQUAL_AREA)
    return flat.iloc[0].symmetric_difference(flat.iloc[1]).area / 1e6
