"""Files as readers upload them become a line, and the report says what was done."""

from __future__ import annotations

import itertools
import json
import tempfile

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from geo.crs import EQUAL_AREA, WGS84, area_km2
from geo.line_faults import faults_of_fit
from geo.notices import Notice, say
from geo.plan import load_plan, plan_ids
from geo.uploads import messages
from geo.uploads.notices import UploadError, plain
from geo.uploads.own_line import own_line
from geo.uploads.upload import read_upload
from geo.zones import zones
from tests import uploads as make
from tests.uploads import apart_km2, country, read_line, told


def line_kml(points=make.sticking_out) -> bytes:
    return make.kml("".join(make.kml_line(points(each)) for each in make.pieces()))


def held_frame(crs: object) -> gpd.GeoDataFrame:
    return make.frame([make.shipped().held], name=["<b>held</b>"]).to_crs(crs)


def hand_drawn() -> bytes:
    drawn = [make.sticking_out(make.rough(each, 6, metres=200)) for each in make.pieces()]
    return make.geojson(*map(shapely.LineString, drawn))


# kind: (file name, its content, format, km² it may be off from the shipped line, what is said)
REAL = {
    "area over the sea and abroad": (
        "Assessed control.geojson",
        lambda: make.geojson(make.isw_like()),
        "GeoJSON",
        1,
        [messages.OFF_LAND, messages.HOLES],
    ),
    "KML path with heights": (
        "front.kml",
        line_kml,
        "KML",
        1,
        [messages.HEIGHTS_LEFT_OUT],
    ),
    "KMZ whose path ends at the border": (
        "front.kmz",
        lambda: make.zipped({"doc.kml": line_kml(np.array), "files/icon.png": b"\x89PNG"}),
        "KMZ",
        1,
        [messages.SNAPPED],
    ),
    "GeoPackage in UCS-2000": (
        "held.gpkg",
        lambda: make.geopackage({"held": held_frame(6381)}),
        "GeoPackage",
        1,
        [messages.CONVERTED],
    ),
    "GeoPackage in UTM 36N": (
        "held.gpkg",
        lambda: make.geopackage({"held": held_frame(32636)}),
        "GeoPackage",
        1,
        [messages.CONVERTED],
    ),
    "zipped Shapefile": (
        "held.zip",
        lambda: make.shapefile(held_frame(32637)),
        "Shapefile",
        1,
        [messages.CONVERTED],
    ),
    "line drawn by hand beyond the border": ("drawn.geojson", hand_drawn, "GeoJSON", 900, []),
    "the shipped file itself": (
        "2025-11-21.geojson",
        lambda: json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    make.feature(make.shipped().contact, kind="line_of_contact"),
                    make.feature(make.shipped().held, kind="russian_held"),
                ],
            }
        ).encode(),
        "GeoJSON",
        1,
        [],
    ),
}


@pytest.mark.parametrize("kind", REAL)
def test_a_file_of_a_real_kind_becomes_a_line(kind, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    name, content, format_name, most_apart, expected = REAL[kind]
    data = content()
    upload = read_upload(name, data)
    assert upload.format == format_name
    found = own_line(upload, None, country())
    assert set(expected) <= set(told(found.report))
    assert apart_km2(found.line.held, make.shipped().held) < most_apart
    assert found.line.date == "own"
    assert found.line.held.is_valid
    assert faults_of_fit(found.line, country(), "own") == []
    assert list(tmp_path.iterdir()) == []


def test_the_zones_of_a_reader_s_line_add_up_to_the_oblasts():
    found = read_line(make.geojson(make.isw_like()))
    plan = load_plan(plan_ids()[0])
    parts = zones(plan, country(), found.line).groupby("territory")["area_km2"].sum()
    for code, area in area_km2(country()).items():
        assert parts[code] == pytest.approx(area, rel=1e-9)
    whole = zones(plan, country(), make.shipped())
    here = zones(plan, country(), found.line)
    assert list(here["zone"]) == list(whole["zone"])
    assert here["area_km2"].to_list() == pytest.approx(whole["area_km2"].to_list(), abs=1)


def test_a_line_of_one_s_own_says_whose_it_is_and_claims_no_certainty():
    found = read_line(make.geojson(make.isw_like()), "<i>mine</i>.geojson", day="2025-11-21")
    about = found.line.about
    assert about["source"]["en"].startswith("Your own file, <i>mine</i>.geojson.")
    assert set(about["source"]) == set(about["method"]) == {"en", "uk", "zh"}
    assert set(about["accuracy"]["summary"]) == {"en", "uk", "zh"}
    assert about["accuracy"]["band_km"] is None
    assert (about["day"], about["file"]) == ("2025-11-21", "<i>mine</i>.geojson")
    shipped = make.shipped().about["shares"]
    assert about["shares"] == pytest.approx(shipped, abs=0.02)


def straight(*parts) -> bytes:
    return make.geojson(*[shapely.LineString(part) for part in parts])


def broken_line(km: float):
    """The shipped line with so long a piece cut out of its middle, near 37.4 E."""
    main = make.sticking_out(make.pieces()[0])
    flat = gpd.GeoSeries([shapely.LineString(main)], crs=WGS84).to_crs(EQUAL_AREA).iloc[0]
    half = flat.length / 2
    halves = [
        shapely.ops.substring(flat, 0, half),
        shapely.ops.substring(flat, half + km * 1000, flat.length),
    ]
    return gpd.GeoSeries(halves, crs=EQUAL_AREA).to_crs(WGS84).to_list()


def test_a_gap_is_told_with_its_length_and_place_and_drawn():
    with pytest.raises(UploadError) as caught:
        read_line(make.geojson(*broken_line(3)))
    notices = {notice.text: notice for notice in caught.value.notices}
    assert set(notices) == {messages.DOES_NOT_DIVIDE, messages.GAPS}
    gaps = notices[messages.GAPS]
    assert gaps.values["count"] == 1
    assert 1 < gaps.values["longest"] <= 3
    assert " N, 3" in gaps.values["where"]["en"]
    drawn = [each["properties"]["kind"] for each in caught.value.preview["features"]]
    assert drawn == ["raw", "gap"]


def test_a_gap_is_bridged_on_request():
    found = read_line(make.geojson(*broken_line(3)), bridge_gaps=True)
    whole = read_line(straight(make.sticking_out(make.pieces()[0])))
    assert messages.BRIDGED in told(found.report)
    assert apart_km2(found.line.held, whole.line.held) < 5
    assert "bridge" in [each["properties"]["kind"] for each in found.preview["features"]]


def test_a_gap_too_long_to_bridge_leaves_two_ends():
    with pytest.raises(UploadError) as caught:
        read_line(make.geojson(*broken_line(40)), bridge_gaps=True)
    ends = [notice for notice in caught.value.notices if notice.text == messages.LOOSE_ENDS]
    assert ends[0].values["count"] == 2


def test_an_end_short_of_the_border_is_bridged_to_it():
    main = make.pieces()[0]
    short = shapely.ops.substring(shapely.LineString(main), 0.02, 10.28)
    with pytest.raises(UploadError, match="gaps"):
        read_line(make.geojson(short))
    found = read_line(make.geojson(short), bridge_gaps=True)
    whole = read_line(straight(make.sticking_out(main)))
    assert apart_km2(found.line.held, whole.line.held) < 25


def test_swapped_coordinates_are_turned_and_told():
    swapped = shapely.transform(make.isw_like(), lambda xy: xy[:, ::-1])
    found = read_line(make.geojson(swapped))
    assert messages.SWAPPED in told(found.report)
    assert apart_km2(found.line.held, make.shipped().held) < 1


def test_metres_without_a_crs_are_refused_unless_the_reader_names_it():
    data = make.shapefile(held_frame(32636), without=(".prj",))
    with pytest.raises(UploadError, match=r"They would lie in Ukraine in .*EPSG:32636"):
        read_line(data, "a.zip")
    found = read_line(data, "a.zip", crs="EPSG:32636")
    assert apart_km2(found.line.held, make.shipped().held) < 1


@pytest.mark.parametrize(
    "crs",
    ["foo", "EPSG:99999999", "+proj=longlat +nadgrids=/etc/passwd", "EPSG:32636" * 10_000, "\0"],
)
def test_a_crs_that_the_reader_types_is_a_name_or_is_refused(crs):
    data = make.shapefile(held_frame(32636), without=(".prj",))
    with pytest.raises(UploadError, match="names no coordinate system for maps"):
        read_line(data, "a.zip", crs=crs)


def test_degrees_under_a_metric_crs_are_taken_for_degrees():
    table = held_frame(WGS84).set_crs(32636, allow_override=True)
    found = read_line(make.geopackage({"a": table}), "a.gpkg")
    assert messages.DEGREES_AFTER_ALL in told(found.report)
    assert apart_km2(found.line.held, make.shipped().held) < 1


def test_a_long_edge_stays_straight_in_the_file_s_own_crs():
    ends = gpd.GeoSeries([shapely.Point(30, 48.5), shapely.Point(42, 48.5)], crs=WGS84)
    flat = shapely.LineString([(p.x, p.y) for p in ends.to_crs(32636)])
    data = make.geopackage({"a": gpd.GeoDataFrame(geometry=[flat], crs=32636)})
    layer = read_upload("a.gpkg", data).layers[0]
    assert layer.crs_words == "WGS 84 / UTM zone 36N (EPSG:32636)"
    from geo.uploads.placed import placed

    line = placed(layer).shapes[0]
    back = gpd.GeoSeries([line], crs=WGS84).to_crs(32636).iloc[0]
    assert shapely.hausdorff_distance(back, flat) < 50 * 1000
    assert shapely.distance(flat, shapely.points(back.coords)).max() < 0.01


def test_the_other_side_is_offered_and_taken():
    rest = shapely.difference(make.land(), make.shipped().held)
    with pytest.raises(UploadError, match=r"covers Kyiv but not Simferopol"):
        read_line(make.geojson(rest))
    found = read_line(make.geojson(rest), flip=True)
    assert messages.FLIPPED in told(found.report)
    assert apart_km2(found.line.held, make.shipped().held) < 1


def test_an_area_that_leaves_a_city_out_says_so():
    outside = shapely.difference(make.isw_like(), shapely.box(33, 44, 37, 46.1))
    found = read_line(make.geojson(outside))
    left = [each for each in found.report if each.text == messages.NOT_HELD_HERE]
    assert [each.values["city"]["en"] for each in left] == ["Simferopol"]
    assert "Сімферополь" in left[0].said("uk", lambda text: text)


def test_an_area_that_crosses_itself_is_mended_and_told_where():
    west, south, east, north = 36.9, 47.2, 38.1, 48.2
    bow = shapely.Polygon([(west, south), (east, north), (east, south), (west, 48.0)])
    held = shapely.difference(make.isw_like(), shapely.box(west, south, east, north))
    found = read_line(make.geojson(bow, held))
    crossed = next(each for each in found.report if each.text == messages.CROSSED_AREA)
    points = [
        each["geometry"]["coordinates"]
        for each in found.preview["features"]
        if each["properties"]["kind"] == "crossing"
    ]
    assert len(points) == 1
    lon, lat = points[0]
    assert (lon, lat) == pytest.approx((37.433, 47.644), abs=0.001)
    assert f"{lat:.2f} N, {lon:.2f} E" in crossed.english()


def test_holes_in_an_area_stay_out():
    hole = shapely.Point(34.5, 45.4).buffer(0.1)
    found = read_line(make.geojson(shapely.difference(make.isw_like(), hole)))
    assert not found.line.held.intersects(hole.centroid)
    holes = next(each for each in found.report if each.text == messages.HOLES)
    assert holes.values["area"] == pytest.approx(276 + 8, abs=10)


def test_a_closed_line_is_a_pocket_of_the_other_side():
    ring = np.array(shapely.Point(34.0, 49.3).buffer(0.2).exterior.coords)
    found = read_line(straight(make.sticking_out(make.pieces()[0]), ring))
    assert found.line.held.intersects(shapely.Point(34.0, 49.3))


def test_ground_between_two_drawn_lines_counts_as_not_held():
    main = make.sticking_out(make.pieces()[0])
    detour = shapely.LineString([main[300], main[300] + (-0.6, 0.3), main[420]])
    found = read_line(make.geojson(shapely.LineString(main), detour))
    pocket = next(each for each in found.report if each.text == messages.POCKETS)
    assert pocket.values["area"] > 100
    kinds = [each["properties"]["kind"] for each in found.preview["features"]]
    assert {"pocket", "crossing"} <= set(kinds)
    held = make.shipped().held
    assert shapely.difference(found.line.held, held).area < 0.01


def test_collections_and_mixtures_are_taken_apart():
    point, line = shapely.Point(37, 48), shapely.LineString([(37, 48), (38, 49)])
    mixed = shapely.GeometryCollection([make.isw_like(), shapely.GeometryCollection([point, line])])
    found = read_line(make.geojson(mixed, None, shapely.Polygon()))
    assert {messages.POINTS_LEFT_OUT, messages.LINES_LEFT_OUT, messages.EMPTY_LEFT_OUT} <= set(
        told(found.report)
    )
    assert apart_km2(found.line.held, make.shipped().held) < 1


def test_of_several_layers_one_has_to_be_chosen():
    data = make.geopackage({"November": held_frame(WGS84), "December": held_frame(WGS84)})
    with pytest.raises(UploadError, match="choose one: «November», «December»"):
        read_line(data, "a.gpkg")
    with pytest.raises(UploadError, match="There is no layer “January”"):
        read_line(data, "a.gpkg", layer="January")
    found = read_line(data, "a.gpkg", layer="December")
    assert any(
        each.english() == "Layer used: “December”, of 2 in the file." for each in found.report
    )


def test_layers_of_points_and_empty_ones_need_no_choice():
    points = make.frame([shapely.Point(37, 48)], name=["Pokrovsk"])
    data = make.geopackage({"towns": points, "held": held_frame(WGS84), "none": points[:0]})
    upload = read_upload("a.gpkg", data)
    assert [(each.name, each.features, each.kinds) for each in upload.layers] == [
        ("towns", 1, ("Point",)),
        ("held", 1, ("MultiPolygon",)),
        ("none", 0, ()),
    ]
    assert messages.LAYER_USED in told(own_line(upload, None, country()).report)


def test_a_strip_between_two_drawings_of_one_border_is_nobody_s():
    """An area that ends 100 m inside the border leaves no Ukrainian-held strip behind it."""
    land = gpd.GeoSeries([make.land()], crs=WGS84).to_crs(EQUAL_AREA).iloc[0]
    held = gpd.GeoSeries([make.shipped().held], crs=WGS84).to_crs(EQUAL_AREA).iloc[0]
    inside = gpd.GeoSeries([shapely.intersection(held, shapely.buffer(land, -100))], crs=EQUAL_AREA)
    found = read_line(make.geojson(inside.to_crs(WGS84).iloc[0]))
    strips = next(each for each in found.report if each.text == messages.STRIPS)
    assert strips.values["added"] > 100
    assert apart_km2(found.line.held, make.shipped().held) < 60
    main = max(shapely.get_parts(found.line.contact), key=lambda part: part.length)
    assert main.length == pytest.approx(10.3, abs=0.2)


def test_names_and_properties_are_kept_as_plain_short_text():
    nasty = "<script>alert(1)</script>\u202e\x07" + "x" * 500
    shape = json.loads(shapely.to_geojson(make.shipped().held))
    feature = {"type": "Feature", "properties": {"n": nasty, nasty: 1, "f": 0.5}, "geometry": shape}
    upload = read_upload(nasty + ".geojson", json.dumps(feature).encode())
    assert upload.name == plain(nasty)
    assert upload.layers[0].rows == [{"n": plain(nasty), plain(nasty): "1"}]
    tag = make.zipped({"<b>x.geojson": make.geojson(make.shipped().held)})
    assert read_upload("a.zip", tag).layers[0].name == "GeoJSON"
    tag = make.shapefile(held_frame(WGS84), name="<b>x")
    assert read_upload("a.zip", tag).layers[0].name == "<b>x"
    assert len(plain(nasty)) == 60
    assert "\u202e" not in plain(nasty)
    assert plain(nasty).endswith("…")


def test_a_layer_whose_name_is_a_statement_is_just_a_layer():
    name = 'x"; DROP TABLE gpkg_contents; --'
    upload = read_upload("a.gpkg", make.geopackage({name: held_frame(WGS84)}))
    assert [layer.name for layer in upload.layers] == [name]
    assert own_line(upload, name, country()).line.held.is_valid


def test_a_value_with_braces_is_no_template():
    assert (
        say(messages.NOT_MATCHED, value="{where}{0}").english().startswith("“{where}{0}” was not")
    )


def test_every_sentence_can_be_said_in_each_language():
    notice = say(
        messages.MATCHED,
        territory={"en": "Kyiv", "uk": "Київ"},
        how=Notice(messages.BY_ISO),
        value="x",
    )
    assert (
        notice.said(
            "uk", {messages.MATCHED: "{territory}: {how} {value}", messages.BY_ISO: "код"}.get
        )
        == "Київ: код x"
    )
    assert notice.said("zh", lambda text: text).startswith("Kyiv: matched")
    assert say(messages.OFF_LAND, area=1234.5).said("uk", str, lambda value: f"{value:.0f}") == (
        "What lies at sea or abroad was cut off (1234 km²)."
    )


# A law


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],  # to shrink would take minutes
)
@given(
    every=st.integers(1, 12),
    seed=st.integers(0, 1000),
    metres=st.floats(0, 1500),
    backwards=st.lists(st.booleans(), min_size=4, max_size=4),
    order=st.permutations(range(4)),
)
def test_however_roughly_it_is_drawn_a_line_divides_the_land(every, seed, metres, backwards, order):
    drawn = [make.sticking_out(make.rough(each, every, seed, metres)) for each in make.pieces()]
    turned = [each[::-1] if back else each for each, back in zip(drawn, backwards, strict=True)]
    upload = read_drawn(straight(*[turned[number] for number in order]))
    line = own_line(upload, None, country()).line
    assert line.held.is_valid
    assert line.held.intersects(shapely.Point(37.81, 48.0))
    assert not line.held.intersects(shapely.Point(36.23, 49.99))
    flat = gpd.GeoSeries([line.held], crs=WGS84).to_crs(EQUAL_AREA).iloc[0]
    for outline in country().to_crs(EQUAL_AREA).geometry:
        parts = outline.intersection(flat).area + outline.difference(flat).area
        assert parts == pytest.approx(outline.area, rel=1e-9)
    assert apart_km2(line.held, make.shipped().held) < 5000
    assert faults_of_fit(line, country(), "own") == []


def read_drawn(data: bytes):
    """The layer of a GeoJSON file, read in this process: the law is not about reading."""
    from pathlib import Path

    from geo.uploads.geojson import read_geojson
    from geo.uploads.upload import Layer, Upload

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.geojson"
        path.write_bytes(data)
        raw = read_geojson(path)
    layer = Layer(raw.name, np.array(raw.shapes), raw.rows, WGS84, "WGS 84", None, False, 0)
    return Upload("a.geojson", "GeoJSON", (layer,), ())


def test_what_two_lines_hold_does_not_depend_on_the_order_of_pieces():
    parts = [make.sticking_out(each) for each in make.pieces()]
    held = [
        read_line(straight(*order)).line.held
        for order in itertools.islice(itertools.permutations(parts), 3)
    ]
    assert apart_km2(held[0], held[1]) < 0.01
    assert apart_km2(held[0], held[2]) < 0.01
