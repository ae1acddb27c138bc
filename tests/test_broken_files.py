"""Broken plan and line files: each gets a sentence that names the file, the place and the mend."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import shapely

from geo import paths
from geo.check import check_file, data_files

SOUND_PLAN = (Path(__file__).parent / "data" / "sound-plan.yaml").read_text(encoding="utf-8")

# name: (what is replaced, by what, a text of the line that is named, words of the sentence)
BROKEN_PLANS = {
    "indent": ('    title: {en: "Plant"}', '   title: {en: "Plant"}', "title", "not YAML"),
    "unclosed": ('{en: "Sound"}', '{en: "Sound"', "", "check indents, quotes and colons"),
    "tab": ("kind: draft", "\tkind: draft", "kind", "not YAML"),
    "empty": (SOUND_PLAN, "", None, "the file is empty; copy a plan"),
    "a list": (SOUND_PLAN, "- 1\n", "- 1", "a plan is a mapping of keys"),
    "anchor": ("class: A", "class: &x A", "&x", "write the value out"),
    "tag": ("kind: draft", "kind: !!python/name:os.system draft", "!!python", "plain value"),
    "key twice": ("kind: draft", "kind: draft\nkind: offer", "kind: offer", "given twice"),
    "unknown key": ("    how: de_facto", "    hwo: de_facto", "hwo", "check its spelling"),
    "missing key": ("kind: draft\n", "", "schema", "kind is missing; add it"),
    "no English": (
        'title: {en: "Plant"}',
        'title: {uk: "АЕС"}',
        "АЕС",
        "English text (en) is missing",
    ),
    "unknown status": ("status: ceded", "status: cedet", "cedet", "did you mean ceded?"),
    "unknown territory": (
        "[{territory: UA-14}]",
        "[{territory: UA-99}]",
        "UA-99",
        "'UA-99' is not one of the 27 codes; did you mean UA-09?",
    ),
    "territory in outside": ("[UA-14, UA-43]", "[UA-14, UA-34]", "UA-34", "did you mean UA-"),
    "unknown site": (
        "zaporizhzhia-npp",
        "zaporizhia-npp",
        "zaporizhia",
        "did you mean zaporizhzhia-npp",
    ),
    "two kinds of land": (
        "{site: zaporizhzhia-npp}",
        "{site: zaporizhzhia-npp, territory: UA-14}",
        "site:",
        "exactly one of territory, outside, site or river",
    ),
    "outside without a holder": (
        "held_by: Russia, outside",
        "outside",
        "outside: [UA-14",
        "needs held_by",
    ),
    "unknown clause in a term": (
        '- clause: "21(d)"',
        '- clause: "21(e)"',
        'clause: "21(e)"',
        "which the plan does not have; did you mean 21(",
    ),
    "clause twice": ('- id: "1"', '- id: "19"', None, "given twice; keep one or renumber"),
    "part without its point": ('- id: "21"\n', '- id: "20"\n', 'id: "21(a)"', "add 21 above it"),
    "unknown source": ("sources: [LIGA]", "sources: [LIGE]", "LIGE", "did you mean LIGA?"),
    "bad address": ("https://news", "javascript:news", "javascript", "starts with https://"),
    "no such day": ('date: "2025-11-20"', 'date: "2025-11-31"', "2025-11-31", "there is no day"),
    "no such line": (
        'line: "2025-11-21"',
        'line: "2025-11-22"',
        "line:",
        "there is no line of contact of 2025-11-22",
    ),
    "weak source without standing": ("class: A", "class: C", "LIGA", "needs a standing"),
    "too deep": ("kind: draft", f"kind: {'[' * 200_000}", None, "flatter"),
    "a number too long": ("schema: 1", f"schema: {'1' * 5_000}", "schema", "schema is '1111"),
    "bad date": ('date: "2025-11-20"', 'date: "20 November"', "20 November", "2025-11-20"),
    "two fates": (
        "[{territory: UA-14, held_by: Ukraine}]\n    status: demilitarized",
        "[{territory: UA-14}]\n    status: demilitarized",
        '  - clause: "21(d)"',
        "gives another status (demilitarized) than the term on clause 21(a)",
    ),
    "reach without a term": ("reach: country", "reach: land", "reach: land", "no term binds it"),
    "term without reach": (
        "topic: energy\n    reach: land",
        "topic: energy\n    reach: none",
        "reach: none",
        "its reach must be 'land'",
    ),
    "emphasis elsewhere": (
        'emphasis: {en: "ceded"}',
        'emphasis: {en: "lost"}',
        "lost",
        "copy the words",
    ),
    "unknown headline zone": (
        "headline_zone: UA-14-ukraine",
        "headline_zone: UA-14-ukrane",
        "headline_zone",
        "did you mean UA-14-ukraine?",
    ),
    "another name": ("id: sound-plan", "id: other-plan", "id: other-plan", "make them the same"),
}


@pytest.mark.parametrize("name", BROKEN_PLANS)
def test_a_broken_plan_is_told_with_file_line_and_mend(name, tmp_path):
    old, new, place, words = BROKEN_PLANS[name]
    assert old in SOUND_PLAN
    text = SOUND_PLAN.replace(old, new, 1)
    path = tmp_path / "sound-plan.yaml"
    path.write_text(text, encoding="utf-8")
    faults = check_file(path)
    assert faults
    assert all(fault.file == "sound-plan.yaml" for fault in faults)
    told = [fault for fault in faults if words in str(fault)]
    assert told, [str(fault) for fault in faults]
    if place:
        assert told[0].line in lines_with(text, place)


def lines_with(text: str, part: str) -> list[int]:
    return [number for number, line in enumerate(text.splitlines(), 1) if part in line]


def test_the_sound_plan_has_no_fault(tmp_path):
    path = tmp_path / "sound-plan.yaml"
    path.write_text(SOUND_PLAN, encoding="utf-8")
    assert check_file(path) == []


def test_bytes_that_are_not_text_are_told(tmp_path):
    path = tmp_path / "sound-plan.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    assert "save it as UTF-8" in str(check_file(path)[0])


HELD = shapely.box(36.8, 47.4, 37.8, 48.3)
BOW_TIE = [[[37, 47.6], [38, 48.3], [38, 47.6], [37, 48.3], [37, 47.6]]]
RING = shapely.boundary(HELD)


def line_file(held=HELD, contact=RING, **members) -> dict:
    """A sound line, or one with some of it replaced."""
    geometries = {"russian_held": held, "line_of_contact": contact}
    features = [
        {
            "type": "Feature",
            "properties": {"kind": kind},
            "geometry": json.loads(shapely.to_geojson(shape)) if shape is not None else None,
        }
        for kind, shape in geometries.items()
    ]
    texts = {"source": {"en": "A test."}, "method": {"en": "Drawn."}}
    return {
        "type": "FeatureCollection",
        "date": "2025-11-21",
        "licence": "None.",
        **texts,
        "limits": [{"en": "Not real."}],
        "accuracy": {"band_km": 4, "summary": {"en": "Sure to 4 km."}},
        "features": features,
        **members,
    }


def with_geometry(kind: str, geometry: object) -> dict:
    line = line_file()
    for feature in line["features"]:
        if feature["properties"]["kind"] == kind:
            feature["geometry"] = geometry
    return line


def with_kinds(*kinds: str) -> dict:
    line = line_file()
    first = line["features"][0]
    line["features"] = [{**first, "properties": {"kind": kind}} for kind in kinds]
    return line


def swapped(shape):
    return shapely.transform(shape, lambda xy: xy[:, ::-1])


def in_metres(shape):
    return shapely.transform(shape, lambda xy: xy * 111_000)


UNCLOSED = shapely.LineString(list(RING.coords)[:-1])
ASTRAY = shapely.MultiLineString([RING, [(37.0, 47.9), (37.6, 47.9)]])

BROKEN_LINES = {
    "not a collection": ({"type": "Polygon"}, "not a GeoJSON FeatureCollection"),
    "features missing": ({**line_file(), "features": None}, "'features' is not a list"),
    "no source": (line_file(source=""), "the member 'source' is missing"),
    "no accuracy": (line_file(accuracy=None), "the member 'accuracy' is missing"),
    "bad date": (line_file(date="21.11.2025"), "write it as 2025-11-21"),
    "no such day": (line_file(date="2025-13-45"), "there is no day 2025-13-45"),
    "accuracy is a text": (line_file(accuracy="good"), "make it an object with a summary"),
    "no summary": (line_file(accuracy={"band_km": 4}), "accuracy has no summary"),
    "no band": (line_file(accuracy={"summary": {"en": "Sure."}}), "accuracy has no band_km"),
    "limits are a text": (line_file(limits="None."), "make it a list of such texts"),
    "a limit is a bare text": (line_file(limits=["None."]), "make each a text by language"),
    "method is a bare text": (line_file(method="Drawn."), "make it a text by language"),
    "no English": (line_file(method={"uk": "Так."}), "has no English text"),
    "CRS is a text": (line_file(crs={"properties": "EPSG:3857"}), "convert it to EPSG:4326"),
    "another CRS": (
        line_file(crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}),
        "convert it to EPSG:4326",
    ),
    "a kind missing": (with_kinds("russian_held"), "0 features of kind 'line_of_contact'"),
    "a kind twice": (
        with_kinds("russian_held", "russian_held", "line_of_contact"),
        "2 features of kind 'russian_held'",
    ),
    "an unknown kind": (with_kinds("russian_held", "front"), "a feature has kind 'front'"),
    "no geometry": (with_geometry("russian_held", None), "is empty; give it at least one part"),
    "empty geometry": (
        with_geometry("russian_held", {"type": "Polygon", "coordinates": []}),
        "is empty; give it at least one part",
    ),
    "not a geometry": (with_geometry("russian_held", {"type": "Blob"}), "is not GeoJSON"),
    "a line as area": (line_file(held=RING), "it has to be a Polygon or MultiPolygon"),
    "crosses itself": (
        with_geometry("russian_held", {"type": "Polygon", "coordinates": BOW_TIE}),
        "self-intersection at longitude 37.5000, latitude 47.9500; mend it there",
    ),
    "metres": (line_file(held=in_metres(HELD)), "so they are metres, not degrees"),
    "swapped": (line_file(held=swapped(HELD)), "longitude, then latitude"),
    "leaves the country": (
        line_file(held=shapely.box(36.8, 47.4, 41, 48.3)),
        "the held area leaves the country by",
    ),
    "line leaves the country": (
        line_file(contact=shapely.MultiLineString([RING, [(37.8, 48.0), (42.0, 48.0)]])),
        "the line leaves the country for",
    ),
    "a gap": (line_file(contact=UNCLOSED), "the line has a gap of"),
    "off the edge": (line_file(contact=ASTRAY), "runs off the edge of the held area for"),
}


@pytest.mark.parametrize("name", BROKEN_LINES)
def test_a_broken_line_is_told_with_file_place_and_mend(name, tmp_path):
    content, words = BROKEN_LINES[name]
    path = tmp_path / "my-line.geojson"
    path.write_text(json.dumps(content), encoding="utf-8")
    faults = [str(fault) for fault in check_file(path)]
    told = [fault for fault in faults if words in fault]
    assert told, faults
    assert told[0].startswith("my-line.geojson")


def test_the_sound_line_has_no_fault(tmp_path):
    path = tmp_path / "my-line.geojson"
    path.write_text(json.dumps(line_file()), encoding="utf-8")
    assert check_file(path) == []


def test_not_even_json_is_told_with_its_line(tmp_path):
    path = tmp_path / "my-line.geojson"
    path.write_text('{"type":\n oops}', encoding="utf-8")
    assert str(check_file(path)[0]).startswith("my-line.geojson, line 2: this is not JSON")


def test_coordinates_that_are_no_numbers_are_told(tmp_path):
    path = tmp_path / "my-line.geojson"
    text = re.sub(r"37\.8", "NaN", json.dumps(line_file()), count=1)
    path.write_text(text, encoding="utf-8")
    assert any("coordinates that are not numbers" in str(fault) for fault in check_file(path))


def test_the_command_tells_faults_on_stderr_and_exits_with_1(tmp_path):
    path = tmp_path / "sound-plan.yaml"
    path.write_text(SOUND_PLAN.replace("status: ceded", "status: cedet"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "geo", "check", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    line = lines_with(path.read_text("utf-8"), "cedet")[0]
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(f"sound-plan.yaml, line {line}: term 1, status is 'cedet'")
    assert "Traceback" not in done.stderr


BROKEN_DATA = {
    "garbage outlines": ("territories.x.geojson", "garbage", "this is not JSON"),
    "no outlines": ("raions.geojson", '{"features": []}', "not a GeoJSON FeatureCollection"),
    "outline of nowhere": (
        "territories.geojson",
        json.dumps(
            {"features": [{"properties": {}, "geometry": json.loads(shapely.to_geojson(HELD))}]}
        ),
        "feature 1 has None, which is not one of the ISO codes",
    ),
    "latin-1 table": ("towns.csv", "name\nK\xf6ln\n".encode("latin-1"), "save it as UTF-8"),
    "half a position": ("towns.csv", "name,lat\nA,48\n", "no position in degrees"),
    "far too deep": ("a-line.geojson", "[" * 200_000, "nested too deep"),
    "properties are a text": (
        "a-line.geojson",
        json.dumps({**line_file(), "features": [{"properties": "x"}]}),
        "a feature has kind 'nothing'",
    ),
    "another kind of file": ("plan.docx", "", "files that end in '.docx' are not read"),
}


@pytest.mark.parametrize("name", BROKEN_DATA)
def test_any_other_broken_file_is_told_and_never_raises(name, tmp_path):
    file, content, words = BROKEN_DATA[name]
    path = tmp_path / file
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    faults = [str(fault) for fault in check_file(path)]
    assert any(words in fault for fault in faults), faults
    assert all(fault.startswith(file) for fault in faults)


def test_a_relative_path_is_checked_as_what_it_is(monkeypatch):
    monkeypatch.chdir(paths.DATA.parent)
    dated = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
    one_of_each_kind = {dated.sub("", str(path)): path for path in data_files()}
    assert len(one_of_each_kind) > 30
    for path in one_of_each_kind.values():
        assert check_file(path.relative_to(paths.DATA.parent)) == []
