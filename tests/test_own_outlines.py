"""A reader's own outlines: matched to the oblasts by code or name, and what is said of them."""

from __future__ import annotations

import pytest
import shapely

from geo.crs import WGS84, area_km2
from geo.line_faults import faults_of_fit
from geo.uploads import messages
from geo.uploads.own_line import own_line
from geo.uploads.own_outlines import own_outlines
from geo.uploads.unit_names import meant
from geo.uploads.upload import read_upload
from tests import uploads as make
from tests.uploads import apart_km2, country, told


def test_a_set_of_whole_oblasts_replaces_the_outlines():
    upload = read_upload("oblasts.gpkg", make.geopackage({"oblasts": make.whole_oblasts()}))
    found = own_outlines(upload, None, country())
    assert len(found.matches) == 27
    assert list(found.territories.index) == list(country().index)
    assert found.territories.crs == WGS84
    assert found.territories.is_valid.all()
    sea = next(each for each in found.report if each.text == messages.SEA_INCLUDED)
    assert sea.values["territory"]["en"] == "Kherson Oblast"
    bigger = area_km2(found.territories)["UA-65"] - area_km2(country())["UA-65"]
    assert sea.values["area"] == pytest.approx(bigger, abs=1)
    assert found.territories.loc["UA-65", "area_km2"] == pytest.approx(
        area_km2(found.territories)["UA-65"], abs=0.1
    )


def test_outlines_are_cut_to_land_on_request():
    upload = read_upload("oblasts.gpkg", make.geopackage({"oblasts": make.whole_oblasts()}))
    found = own_outlines(upload, None, country(), cut_to_land=True)
    assert messages.CUT_TO_LAND in told(found.report)
    assert area_km2(found.territories).to_list() == pytest.approx(
        area_km2(country()).to_list(), abs=0.5
    )
    line = own_line(
        read_upload("a.geojson", make.geojson(make.isw_like())), None, found.territories
    )
    assert faults_of_fit(line.line, found.territories, "own") == []


def outlines_of(codes, **columns):
    table = make.frame([country().geometry[code] for code in codes], **columns)
    return read_upload("o.gpkg", make.geopackage({"o": table}))


def test_a_few_outlines_leave_the_others_as_they_were():
    found = own_outlines(outlines_of(["UA-14"], name=["Donetska oblast"]), None, country())
    assert [(match.territory, match.how) for match in found.matches] == [
        ("UA-14", messages.BY_NAME)
    ]
    assert messages.ONLY_SOME in told(found.report)
    others = found.territories.drop("UA-14").geometry
    assert others.geom_equals(country().drop("UA-14").geometry).all()


def test_parts_of_an_oblast_are_joined():
    whole = country().geometry["UA-14"]
    west, south, east, north = whole.bounds
    halves = [
        whole.intersection(shapely.box(west, south, 37.5, north)),
        whole.intersection(shapely.box(37.5, south, east, north)),
    ]
    table = make.frame(halves, ADM1_PCODE=["UA14", "UA14"], ADM2_EN=["a", "b"])
    found = own_outlines(read_upload("o.gpkg", make.geopackage({"o": table})), None, country())
    assert [(match.how, match.features) for match in found.matches] == [(messages.BY_KATOTTG, 2)]
    assert apart_km2(found.territories.geometry["UA-14"], whole) < 0.5


def test_what_is_not_matched_is_told_with_its_reason():
    upload = outlines_of(
        ["UA-14", "UA-09", "UA-63", "UA-65", "UA-05"],
        name=["Donetsk", "Kharkiv", "Atlantis", "UA65020000000039871", None],
    )
    found = own_outlines(upload, None, country())
    assert [match.territory for match in found.matches] == ["UA-14"]
    reasons = {each.text: each.english() for each in found.report}
    assert (
        "“Kharkiv” says Kharkiv Oblast, but lies elsewhere (near Luhansk Oblast)"
        in (reasons[messages.MISPLACED])
    )
    assert "“Atlantis”" in reasons[messages.NOT_MATCHED]
    assert "“UA65020000000039871”" in reasons[messages.OF_A_PART]
    assert reasons[messages.NAMELESS].endswith("(number: 1).")


def test_overlaps_gaps_and_areas_that_differ_are_told():
    whole = country().geometry["UA-14"]
    moved = shapely.affinity.translate(whole, 0.1, 0)
    table = make.frame([moved], code=["UA-14"])
    found = own_outlines(read_upload("o.gpkg", make.geopackage({"o": table})), None, country())
    overlaps = [each.english() for each in found.report if each.text == messages.OVERLAP]
    assert any(each.startswith("Luhansk Oblast and Donetsk Oblast overlap by") for each in overlaps)
    assert messages.GAP_BETWEEN in told(found.report)
    small = make.frame([whole.intersection(shapely.box(36, 47, 38, 50))], code=["UA-14"])
    found = own_outlines(read_upload("o.gpkg", make.geopackage({"o": small})), None, country())
    differs = next(each for each in found.report if each.text == messages.AREA_DIFFERS)
    assert differs.values["official"] == 26517
    assert differs.values["area"] == round(area_km2(found.territories)["UA-14"])


def test_an_outline_that_crosses_itself_is_mended():
    west, south, east, north = country().geometry["UA-14"].bounds
    bow = shapely.Polygon([(west, south), (east, north), (east, south), (west, 48.5)])
    table = make.frame([bow], code=["UA-14"])
    found = own_outlines(read_upload("o.gpkg", make.geopackage({"o": table})), None, country())
    assert messages.OUTLINE_MENDED in told(found.report)
    assert found.territories.geometry["UA-14"].is_valid


@pytest.mark.parametrize(
    ("row", "codes", "how"),
    [
        ({"a": "x", "iso": "UA-09"}, ("UA-09",), messages.BY_ISO),
        ({"iso": "ua-09"}, ("UA-09",), messages.BY_ISO),
        ({"code": "UA44000000000018893"}, ("UA-09",), messages.BY_KATOTTG),
        ({"pcode": "UA73"}, ("UA-77",), messages.BY_KATOTTG),
        ({"HASC_1": "UA.LH"}, ("UA-09",), messages.BY_HASC),
        ({"HASC_1": "UA.KV"}, ("UA-32",), messages.BY_HASC),
        ({"name": "Luhansk", "iso": "UA-09"}, ("UA-09",), messages.BY_ISO),
        ({"n": "Луганська область"}, ("UA-09",), messages.BY_NAME),
        ({"n": "Луганська обл."}, ("UA-09",), messages.BY_NAME),
        ({"n": "Luhanska oblast"}, ("UA-09",), messages.BY_NAME),
        ({"n": "L'viv"}, ("UA-46",), messages.BY_NAME),
        ({"n": "卢甘斯克州"}, ("UA-09",), messages.BY_NAME),
        ({"n": "Луганская область"}, ("UA-09",), messages.BY_NAME),
        ({"n": "Autonomous Republic of Crimea"}, ("UA-43",), messages.BY_NAME),
        ({"n": "АР Крим"}, ("UA-43",), messages.BY_NAME),
        ({"n": "м. Київ"}, ("UA-30", "UA-32"), messages.BY_NAME),
        ({"n": "Київська"}, ("UA-32",), messages.BY_NAME),
        ({"n": "Kiev"}, ("UA-30", "UA-32"), messages.BY_NAME),
        ({"n": "Zaporizhzhya"}, ("UA-23",), messages.BY_NAME),
        ({"n": "Dnipropetrovksk region"}, ("UA-12",), messages.BY_LIKENESS),
    ],
)
def test_units_are_known_by_code_and_by_name(row, codes, how):
    found = meant(row)
    assert found is not None
    assert (found.codes, found.how) == (codes, how)


@pytest.mark.parametrize("row", [{}, {"n": "Moldova"}, {"n": "x"}, {"n": "UA99"}, {"n": "Kursk"}])
def test_other_names_are_no_units(row):
    assert meant(row) is None


def test_kyiv_and_its_oblast_are_told_apart_by_where_they_lie():
    found = own_outlines(outlines_of(["UA-30", "UA-32"], name=["Київ", "Kiev"]), None, country())
    assert [(match.territory, match.value) for match in found.matches] == [
        ("UA-30", "Київ"),
        ("UA-32", "Kiev"),
    ]
