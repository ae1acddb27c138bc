"""Broken files, and files made to break or misuse what reads them: each gets its sentence."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import tempfile
import threading
import zipfile
from functools import cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.crs import WGS84
from geo.territories import load_territories
from geo.uploads import limits, messages, upload
from geo.uploads.limits import LARGEST_FILE_MB, MEGABYTE
from geo.uploads.messages import texts
from geo.uploads.notices import UploadError
from geo.uploads.own_line import own_line
from geo.uploads.own_outlines import own_outlines
from geo.uploads.upload import read_upload
from tests import uploads as make

BOX = shapely.box(36, 47, 38, 48)
LINE = shapely.LineString([(36, 47), (38, 48)])


@cache
def country():
    return load_territories()


def many_members() -> bytes:
    return make.zipped({f"{number}.kml": b"<kml/>" for number in range(limits.MOST_MEMBERS + 1)})


def lying() -> bytes:
    """A zip file whose directory says that its member is smaller than it is."""
    data = bytearray(make.zipped({"doc.kml": b" " * 5000}))
    for mark, offset in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = data.index(mark) + offset
        data[at : at + 4] = struct.pack("<I", 100)
    return bytes(data)


def twice() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("a.kml", "x")
        archive.writestr("A.kml", "y")
    return sink.getvalue()


def symlink() -> bytes:
    return make.member("doc.kml", b"/etc/passwd", create_system=3, external_attr=0o120777 << 16)


def locked() -> bytes:
    data = bytearray(make.zipped({"doc.kml": b"x" * 100}))
    data[data.index(b"PK\3\4") + 6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def kml_with(declaration: str, body: str = "") -> bytes:
    document = make.kml(body).decode()
    return document.replace("?>\n", f"?>\n{declaration}", 1).encode()


LAUGHS = "".join(f'<!ENTITY l{n + 1} "{"".join([f"&l{n};"] * 10)}">' for n in range(9))
VRT = b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/vsicurl/http://127.0.0.1/x</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'

# name: (file name, its content, the sentence). All are refused while they are read.
UNREADABLE = {
    "empty": ("a.geojson", b"", messages.EMPTY_FILE),
    "only blanks": ("a.geojson", b" \n\t " * 30, messages.EMPTY_FILE),
    "too large": ("a.kml", b"<" * (LARGEST_FILE_MB * MEGABYTE + 1), messages.TOO_LARGE),
    "a program": ("a.exe", b"MZ\x90", messages.OTHER_SUFFIX),
    "no suffix": ("front", b"{}", messages.OTHER_SUFFIX),
    "a virtual path": ("/vsicurl/http://127.0.0.1/x.vrt", b"{}", messages.OTHER_SUFFIX),
    "half a Shapefile": ("a.shp", b"\0\0\x27\x0a", messages.BARE_SHAPEFILE),
    "gzip": ("a.geojson", b"\x1f\x8b\x08", messages.OTHER_ARCHIVE),
    "RAR": ("a.zip", b"Rar!\x1a\x07", messages.OTHER_ARCHIVE),
    "UTF-16": ("a.geojson", '{"type": "Point"}'.encode("utf-16"), messages.NOT_UTF8),
    "Latin-1": ("a.geojson", '{"n": "K\xf6ln"}'.encode("latin-1"), messages.NOT_UTF8),
    "a web page": ("a.kml", b"<!DOCTYPE html><html></html>", messages.WEB_PAGE),
    "a picture": ("a.kmz", b"\x89PNG\r\n\x1a\n", messages.UNKNOWN_CONTENT),
    # Archives
    "cut off zip": ("a.zip", make.zipped({"a.kml": b"x" * 999})[:60], messages.BROKEN_ARCHIVE),
    "lying sizes": ("a.kmz", lying, messages.BROKEN_ARCHIVE),
    "zip bomb": ("a.kmz", partial(make.zipped, {"doc.kml": b" " * 30_000_000}), messages.ZIP_BOMB),
    "large zip bomb": (
        "a.kmz",
        partial(make.zipped, {f"{n}.kml": b" " * 9_000_000 for n in range(9)}),
        messages.UNPACKS_TOO_LARGE,
    ),
    "nested zip bomb": (
        "a.zip",
        lambda: make.zipped({"a.zip": make.zipped({"b.zip": make.zipped({"c": b" " * 9999})})}),
        messages.NESTED_ARCHIVE,
    ),
    "path traversal": ("a.zip", make.member("../../a.kml"), messages.PATH_IN_ARCHIVE),
    "path with backslashes": ("a.zip", make.member("a\\..\\..\\a.kml"), messages.PATH_IN_ARCHIVE),
    "absolute path": ("a.zip", make.member("/etc/a.kml"), messages.PATH_IN_ARCHIVE),
    "drive letter": ("a.zip", make.member("C:/a.kml"), messages.PATH_IN_ARCHIVE),
    "virtual path packed": (
        "a.zip",
        make.member("/vsicurl/http://127.0.0.1/a.shp"),
        messages.PATH_IN_ARCHIVE,
    ),
    "symlink": ("a.kmz", symlink, messages.LINK_IN_ARCHIVE),
    "password": ("a.kmz", locked, messages.ENCRYPTED),
    "many members": ("a.zip", many_members, messages.TOO_MANY_MEMBERS),
    "a member twice": ("a.zip", twice, messages.MEMBER_TWICE),
    "no map packed": ("a.zip", make.member("readme.txt"), messages.NOTHING_PACKED),
    "an empty zip": ("a.zip", make.zipped({}), messages.UNKNOWN_CONTENT),
    "two formats packed": (
        "a.zip",
        make.zipped({"a.kml": b"<kml/>", "a.geojson": b"{}"}),
        messages.SEVERAL_KINDS_PACKED,
    ),
    # KML
    "document type": ("a.kml", kml_with("<!DOCTYPE kml>"), messages.DOCTYPE),
    "billion laughs": (
        "a.kml",
        kml_with(f'<!DOCTYPE kml [<!ENTITY l0 "ha">{LAUGHS}]>', "<name>&l9;</name>"),
        messages.DOCTYPE,
    ),
    "external entity": (
        "a.kml",
        kml_with('<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "<name>&x;</name>"),
        messages.DOCTYPE,
    ),
    "packed external entity": (
        "a.kmz",
        make.zipped({"doc.kml": kml_with('<!DOCTYPE kml SYSTEM "http://127.0.0.1/x.dtd">')}),
        messages.DOCTYPE,
    ),
    "deep XML": ("a.kml", make.kml("<Folder>" * 50_000), messages.XML_TOO_DEEP),
    "cut off KML": ("a.kml", make.kml("<Folder>")[:-20], messages.BROKEN_XML),
    "GDAL's virtual format": ("a.kml", VRT, messages.NOT_KML),
    "another encoding": (
        "a.kml",
        make.kml("").replace(b"UTF-8", b"windows-1251"),
        messages.NOT_UTF8,
    ),
    # GeoPackage
    "trigger": (
        "a.gpkg",
        partial(
            make.database,
            "CREATE TRIGGER evil AFTER INSERT ON held BEGIN DELETE FROM gpkg_contents; END",
        ),
        messages.TRIGGER,
    ),
    "trigger under a standard name": (
        "a.gpkg",
        partial(
            make.database,
            'CREATE TRIGGER rtree_held_geom_insert2 AFTER INSERT ON held BEGIN INSERT INTO "rtree_'
            "held_geom\" VALUES (1,2,3,4,5); SELECT load_extension('x'); END",
        ),
        messages.TRIGGER,
    ),
    "view": (
        "a.gpkg",
        partial(make.database, "CREATE VIEW all_of_it AS SELECT * FROM held"),
        messages.VIEW,
    ),
    "virtual table": (
        "a.gpkg",
        partial(make.database, "CREATE VIRTUAL TABLE words USING fts5(word)"),
        messages.VIRTUAL_TABLE,
    ),
    "huge CRS in a GeoPackage": (
        "a.gpkg",
        partial(
            make.database,
            "UPDATE gpkg_spatial_ref_sys SET definition = hex(zeroblob(99999)) WHERE srs_id = 4326",
        ),
        messages.CRS_TOO_LONG,
    ),
    "cut off GeoPackage": (
        "a.gpkg",
        lambda: make.geopackage({"a": make.frame([BOX])})[:9000],
        messages.BROKEN_GEOPACKAGE,
    ),
    "another database": (
        "a.gpkg",
        partial(make.database, "DROP TABLE gpkg_contents"),
        messages.NOT_GEOPACKAGE,
    ),
    # GeoJSON
    "cut off GeoJSON": ("a.geojson", make.geojson(BOX)[:-9], messages.BROKEN_JSON),
    "one object a line": ("a.geojson", b'{"type": 1}\n{"type": 2}', messages.BROKEN_JSON),
    "deep JSON": ("a.geojson", b"[" * 200_000, messages.JSON_TOO_DEEP),
    "a number too long": ("a.geojson", b'{"type": ' + b"1" * 5000 + b"}", messages.JSON_TOO_DEEP),
    "TopoJSON": ("a.json", b'{"type": "Topology", "objects": {}}', messages.TOPOJSON),
    "other JSON": ("a.json", b'{"name": "x"}', messages.NOT_GEOJSON),
    "a list": ("a.json", b"[1, 2]", messages.NOT_GEOJSON),
    "features that are none": (
        "a.json",
        b'{"type": "FeatureCollection", "features": 3}',
        messages.NOT_GEOJSON,
    ),
    "positions that are texts": (
        "a.geojson",
        make.geojson({"type": "LineString", "coordinates": ["a", "b"]}),
        messages.UNREADABLE_GEOMETRY,
    ),
    "an unknown geometry": (
        "a.geojson",
        make.geojson({"type": "Blob", "coordinates": [1, 2]}),
        messages.UNREADABLE_GEOMETRY,
    ),
    "a memory hog": ("a.geojson", b"[" + b"[]," * 6_900_000 + b"[]]", messages.TOO_MUCH_MEMORY),
    "too many features": (
        "a.geojson",
        lambda: make.geojson(*[None] * (limits.MOST_FEATURES + 1)),
        messages.TOO_MANY_FEATURES,
    ),
    "too many vertices": (
        "a.geojson",
        b'{"type": "LineString", "coordinates": ['
        + b"[36,48]," * (limits.MOST_VERTICES + 1)
        + b"[37,48]]}",
        messages.TOO_MANY_VERTICES,
    ),
    # Shapefile
    "garbage as Shapefile": ("a.zip", make.zipped({"a.shp": b"x" * 999}), messages.GDAL_CANNOT),
    "huge CRS beside a Shapefile": (
        "a.zip",
        make.zipped({"a.shp": b"x", "a.prj": b"PROJCS[" * 9999}),
        messages.CRS_TOO_LONG,
    ),
}


@pytest.fixture
def private(tmp_path, monkeypatch):
    """A folder for temporary files that has to be empty in the end."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    yield tmp_path
    assert list(tmp_path.iterdir()) == []


def content(made) -> bytes:
    return made() if callable(made) else made


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_gets_its_sentence(name, request):
    file, made, sentence = UNREADABLE[name]
    data = content(made)
    request.getfixturevalue("private")
    with pytest.raises(UploadError) as caught:
        read_upload(file, data)
    assert [notice.text for notice in caught.value.notices] == [sentence]
    assert "{" not in str(caught.value)
    assert str(caught.value).endswith(".")


def scribble() -> shapely.LineString:
    points = np.random.default_rng(0).uniform((37, 48), (37.5, 48.5), (4000, 2))
    return shapely.LineString(points)


def crumbs() -> list:
    """Short dashes along a parallel, far apart."""
    places = [(x, y) for x in np.arange(24, 38, 0.3) for y in np.arange(48.6, 50, 0.1)]
    return [shapely.LineString([(x, y), (x + 0.01, y)]) for x, y in places]


def west_and_east():
    table = country().geometry
    return shapely.union_all([table["UA-32"], table["UA-30"], table["UA-14"]])


def metres(shape=BOX) -> shapely.Geometry:
    return gpd.GeoSeries([shape], crs=WGS84).to_crs(3857).iloc[0]


# name: (file name, its content, the sentence). All can be read, but are no line.
NO_LINE = {
    "not a number": ("a.geojson", make.geojson(LINE).replace(b"38.0", b"NaN"), messages.NOT_FINITE),
    "infinite": ("a.geojson", make.geojson(LINE).replace(b"38.0", b"1e999"), messages.NOT_FINITE),
    "not a number in KML": (
        "a.kml",
        make.kml(make.kml_line([(36, 47), (np.nan, 48), (38, np.inf)])),
        messages.NOT_FINITE,
    ),
    "not a number in a GeoPackage": (
        "a.gpkg",
        lambda: make.geopackage({"a": make.frame([shapely.LineString([(36, 47), (np.nan, 48)])])}),
        messages.NOT_FINITE,
    ),
    "no features": ("a.geojson", make.geojson(), messages.EMPTY_LAYERS),
    "only empty shapes": (
        "a.geojson",
        make.geojson(None, shapely.Polygon()),
        messages.EMPTY_LAYERS,
    ),
    "only links": (
        "a.kml",
        make.kml("<NetworkLink><Link><href>http://127.0.0.1/</href></Link></NetworkLink>"),
        messages.EMPTY_LAYERS,
    ),
    "only points": ("a.geojson", make.geojson(shapely.Point(37, 48)), messages.POINTS_ONLY),
    "in France": ("a.geojson", make.geojson(shapely.box(2, 47, 3, 48)), messages.ELSEWHERE),
    "metres": ("a.geojson", make.geojson(metres()), messages.METRES_GUESSED),
    "metres of nowhere": (
        "a.geojson",
        make.geojson(shapely.box(9e7, 9e7, 9.1e7, 9.1e7)),
        messages.METRES_WITHOUT_CRS,
    ),
    "a wrong CRS": (
        "a.gpkg",
        lambda: make.geopackage({"a": gpd.GeoDataFrame(geometry=[metres()], crs=32631)}),
        messages.ELSEWHERE_IN_CRS,
    ),
    "astronomical": ("a.geojson", make.geojson(shapely.box(0, 0, 1e300, 1)), messages.TOO_LONG),
    "a tiny area": (
        "a.geojson",
        make.geojson(shapely.Point(37, 48).buffer(0.003)),
        messages.TINY_AREA,
    ),
    "an area at sea": (
        "a.geojson",
        make.geojson(shapely.box(31, 43.5, 32, 44)),
        messages.TINY_AREA,
    ),
    "both sides": ("a.geojson", lambda: make.geojson(west_and_east()), messages.BOTH_SIDES),
    "the wrong side": ("a.geojson", make.geojson(shapely.box(24, 49, 35, 52)), messages.WRONG_SIDE),
    "a scribble": ("a.geojson", lambda: make.geojson(scribble()), messages.SCRIBBLE),
    "crumbs of a line": ("a.geojson", lambda: make.geojson(*crumbs()), messages.TOO_MANY_PIECES),
    "a line across nothing": ("a.geojson", make.geojson(LINE), messages.DOES_NOT_DIVIDE),
    "a line abroad": (
        "a.geojson",
        make.geojson(shapely.LineString([(39.5, 51), (40, 52)])),
        messages.DOES_NOT_DIVIDE,
    ),
}


@pytest.mark.parametrize("name", NO_LINE)
def test_what_is_no_line_gets_its_sentence_and_a_preview(name, request):
    file, made, sentence = NO_LINE[name]
    data = content(made)
    request.getfixturevalue("private")
    found = read_upload(file, data)
    with pytest.raises(UploadError) as caught:
        own_line(found, None, country())
    assert caught.value.notices[0].text == sentence
    assert "{" not in str(caught.value)
    assert caught.value.preview["type"] == "FeatureCollection"
    json.dumps(caught.value.preview, allow_nan=False)


def test_a_day_that_is_none_is_refused():
    found = read_upload("a.geojson", make.geojson(make.isw_like()))
    for day in ("2025-11-31", "yesterday", "2025-11-21<script>"):
        with pytest.raises(UploadError, match="is not a day"):
            own_line(found, None, country(), day=day)


NO_OUTLINES = {
    "lines": (make.geojson(LINE), messages.POINTS_ONLY),
    "nameless": (make.geojson(BOX), messages.NONE_MATCHED),
}


@pytest.mark.parametrize("name", NO_OUTLINES)
def test_what_is_no_outline_gets_its_sentence(name, private):
    data, sentence = NO_OUTLINES[name]
    with pytest.raises(UploadError) as caught:
        own_outlines(read_upload("a.geojson", data), None, country())
    assert caught.value.notices[0].text == sentence


@pytest.fixture
def listener():
    """A server on this machine, and the requests that it gets."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def linked_kml(address: str) -> bytes:
    link = f"<NetworkLink><Link><href>{address}/a.kml</href></Link></NetworkLink>"
    overlay = f"<GroundOverlay><Icon><href>{address}/a.png</href></Icon></GroundOverlay>"
    style = f"<Style><IconStyle><Icon><href>{address}/b.png</href></Icon></IconStyle></Style>"
    return make.kml(
        link + overlay + style + f'<Schema id="{address}"/>' + make.kml_line([(36, 47), (38, 48)])
    )


def linked_json(address: str) -> bytes:
    crs = {"type": "link", "properties": {"href": f"{address}/crs", "type": "proj4"}}
    shape = {**json.loads(shapely.to_geojson(LINE)), "crs": crs}
    return make.geojson(shape, crs=crs)


def linked_shapefile(address: str) -> bytes:
    members = zipfile.ZipFile(io.BytesIO(make.shapefile(make.frame([LINE]), without=(".prj",))))
    files = {name: members.read(name) for name in members.namelist()}
    return make.zipped({**files, "my map/area.prj": f"{address}/crs.prj".encode()})


def linked_geopackage(address: str) -> bytes:
    return make.database(
        f"UPDATE gpkg_spatial_ref_sys SET definition = '{address}/crs' WHERE srs_id = 4326",
        f"UPDATE gpkg_contents SET identifier = '/vsicurl/{address}/x'",
    )


@pytest.mark.parametrize(
    ("name", "maker", "said"),
    [
        ("a.kml", linked_kml, {messages.NETWORK_LINKS, messages.OVERLAYS}),
        ("a.geojson", linked_json, set()),
        ("a.zip", linked_shapefile, set()),
        ("a.gpkg", linked_geopackage, set()),
    ],
)
def test_no_request_leaves_whatever_a_file_links_to(name, maker, said, listener, private):
    address, asked = listener
    found = read_upload(name, maker(address))
    assert {notice.text for notice in found.notices} == said
    assert found.layers[0].kinds in (("LineString",), ("Polygon",))
    assert asked == []


def test_a_crs_that_names_files_is_left_aside(private):
    for definition in (
        "+proj=longlat +nadgrids=/etc/passwd",
        "+proj=tmerc +lat_0=0 +nadgrids=http://127.0.0.1/x +type=crs",
        "+init=/etc/passwd:x",
        "x" * 30_000,
    ):
        data = make.geojson(
            shapely.box(1e5, 5e6, 2e5, 6e6),
            crs={"type": "name", "properties": {"name": definition}},
        )
        layer = read_upload("a.geojson", data).layers[0]
        assert layer.crs is None
        assert layer.crs_declared


def test_a_file_that_takes_too_long_is_stopped(private, monkeypatch):
    monkeypatch.setattr(upload, "MOST_SECONDS", 0.01)
    with pytest.raises(UploadError, match="took more than"):
        read_upload("a.geojson", make.geojson(BOX))


def test_a_reader_that_crashes_is_told_in_a_sentence(private, monkeypatch):
    monkeypatch.setattr(upload.sys, "executable", "/bin/false")
    with pytest.raises(UploadError, match="ended abruptly"):
        read_upload("a.geojson", make.geojson(BOX))


def test_the_process_that_reads_has_three_drivers_and_no_network(private):
    """Asked in the surroundings that it is given; the port that it would go through is closed."""
    code = "import json, pyogrio; print(json.dumps(sorted(pyogrio.list_drivers())))"
    surroundings = upload._surroundings()
    done = subprocess.run(
        [sys.executable, "-c", code], env=surroundings, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == ["ESRI Shapefile", "GPKG", "LIBKML"]
    assert surroundings["GDAL_HTTP_PROXY"] == "127.0.0.1:9"


def test_collections_inside_collections_are_taken_apart(private):
    shape = make.isw_like()
    inner = json.loads(shapely.to_geojson(shape))
    for _ in range(400):
        inner = {"type": "GeometryCollection", "geometries": [inner]}
    found = own_line(read_upload("a.geojson", make.geojson(inner)), None, country())
    assert found.line.held.intersects(shapely.Point(37.81, 48.0))


def test_the_content_decides_and_a_wrong_name_is_told(private):
    found = read_upload("a.kml", make.geojson(BOX))
    assert found.format == "GeoJSON"
    assert [notice.english() for notice in found.notices] == [
        "The name ends in .kml, but the content is GeoJSON; it was read as what it is."
    ]


def test_a_file_name_shows_as_plain_text(private):
    with pytest.raises(UploadError) as caught:
        read_upload("<img src=x onerror=alert(1)>\n\u202e" + "a" * 300 + ".exe", b"x")
    assert len(caught.value.file) == 60
    assert "\n" not in caught.value.file


def test_hostile_files_are_more_than_forty_and_meet_most_sentences():
    assert len(UNREADABLE) + len(NO_LINE) > 40
    refused = {sentence for _, _, sentence in (*UNREADABLE.values(), *NO_LINE.values())}
    assert refused <= set(texts())


def test_every_text_has_sound_placeholders():
    import string

    for text in texts():
        names = [name for _, name, form, _ in string.Formatter().parse(text) if name is not None]
        assert all(name.isidentifier() for name in names), text
