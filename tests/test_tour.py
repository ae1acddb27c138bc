"""The plan in seven steps: every step's words, areas and view lead somewhere."""

from __future__ import annotations

import re

import geopandas as gpd
import pytest

from geo import paths
from geo.check import check_file
from geo.division import load_division
from geo.plan import load_plan
from geo.reading import read_json
from geo.territories import load_territories
from geo.tour import load_tour
from geo.tour_faults import COUNTRY
from pages.parts.link import read_view
from pages.parts.scene import scene_of
from pages.parts.view import LAYERS

TOUR = load_tour()
PLAN = load_plan("us-28-point-2025-11")
TEXT = paths.TOUR.read_text(encoding="utf-8")
STEPS = {step.id: step for step in TOUR.steps}
DIVISION = load_division(TOUR.line)
SHAPES = gpd.GeoSeries(DIVISION.overview, crs="EPSG:4326")


def zones():
    """The rows of the zones, by name."""
    return scene_of(PLAN, DIVISION).zones


def test_there_are_seven_steps_in_their_order():
    assert list(STEPS) == [
        "donbas",
        "buffer-zone",
        "crimea-and-luhansk",
        "frozen-south",
        "land-given-back",
        "nuclear-plant",
        "what-comes-with-it",
    ]
    assert [STEPS[name].clauses for name in list(STEPS)[1:6]] == [
        ("21(d)",),
        ("21(a)",),
        ("21(b)",),
        ("21(c)",),
        ("19",),
    ]
    assert set(TOUR.steps[6].clauses) == {"5", "6", "7", "10(c)", "25", "26", "27", "28"}


def test_the_tour_is_of_the_plan_and_of_its_line():
    assert (TOUR.plan, TOUR.line) == (PLAN.id, PLAN.line)
    assert set(TOUR.title) == {"en", "uk", "zh"}


@pytest.mark.parametrize("step", TOUR.steps, ids=lambda step: step.id)
def test_a_step_is_fifty_to_ninety_words_in_three_languages(step):
    assert 50 <= len(step.text["en"].split()) <= 90
    for text in (step.title, step.text):
        assert set(text) == {"en", "uk", "zh"}
        assert len(set(text.values())) == 3
        assert re.search("[а-яіїєґ]", text["uk"])
        assert re.search("[一-鿿]", text["zh"])
        assert not re.search("[ыэёъ“]", text["uk"])


@pytest.mark.parametrize("step", TOUR.steps, ids=lambda step: step.id)
def test_placeholders_are_the_same_in_every_language_and_name_zones(step):
    for text in step.text.values():
        assert set(re.findall(r"\{(\w+)\}", text)) == set(step.areas)
    for listed in step.areas.values():
        assert set(listed) <= set(zones())
    told = step.told("en", dict.fromkeys(step.areas, "1 km²"))
    assert not re.search(r"[{}]", told)


@pytest.mark.parametrize("step", TOUR.steps, ids=lambda step: step.id)
def test_clauses_and_layers_are_there(step):
    assert set(step.clauses) <= {clause.id for clause in PLAN.clauses}
    assert set(step.layers) <= set(LAYERS)
    assert "line_of_contact" in step.layers
    assert len(set(step.layers)) == len(step.layers)


@pytest.mark.parametrize("step", TOUR.steps, ids=lambda step: step.id)
def test_a_step_opens_as_a_link_without_a_notice(step):
    parameters = step.selection.parameters() | {"layers": ",".join(step.layers)}
    view = read_view({name: [value] for name, value in parameters.items()})
    assert view.notices == ()
    assert view.picked is not None
    assert set(view.layers) == set(step.layers)
    assert view.territory == step.selection.territory
    assert view.place == step.selection.place
    assert view.clause == step.selection.clause


@pytest.mark.parametrize("step", TOUR.steps[:5], ids=lambda step: step.id)
def test_the_land_a_step_measures_is_shown_in_it(step):
    rows = zones()
    measured = {rows[zone]["status"] for listed in step.areas.values() for zone in listed}
    assert measured <= set(step.layers), "land is measured that the step hides"


def test_what_is_given_back_is_all_the_land_of_that_status():
    given = {name for name, row in zones().items() if row["status"] == "relinquished"}
    assert set(STEPS["land-given-back"].areas["area"]) == given


@pytest.mark.parametrize("step", TOUR.steps, ids=lambda step: step.id)
def test_the_map_of_a_step_lies_in_the_country_and_shows_its_land(step):
    (south, west), (north, east) = step.bounds
    assert south < north
    assert west < east
    left, low, right, high = load_territories().total_bounds
    assert low <= south < north <= high
    assert left <= west < east <= right
    for listed in step.areas.values():
        left, low, right, high = SHAPES[list(listed)].total_bounds
        assert west - 0.1 <= left <= right <= east + 0.1, listed
        assert south - 0.1 <= low <= high <= north + 0.1, listed


def test_the_box_of_the_country_is_that_of_its_outlines():
    left, low, right, high = load_territories().total_bounds
    (south, west), (north, east) = COUNTRY
    assert 0 <= low - south < 0.2
    assert 0 <= left - west < 0.2
    assert 0 <= north - high < 0.2
    assert 0 <= east - right < 0.2


def test_the_plant_lies_on_its_map():
    point = read_json(paths.PLACES)["features"]
    lon, lat = next(
        feature["geometry"]["coordinates"]
        for feature in point
        if feature["properties"]["place"] == "zaporizhzhia-npp"
    )
    (south, west), (north, east) = STEPS["nuclear-plant"].bounds
    assert south < lat < north
    assert west < lon < east


# what is replaced (the first time it stands), by what, words of the sentence
BROKEN = {
    "six steps": (TEXT[TEXT.index("  - id: what-comes") :], "", "there are 6 steps; a tour has 7"),
    "unknown zone": ("area: UA-14-ukraine", "area: UA-15-ukraine", "did you mean UA-"),
    "unknown clause": ('["21(b)"]', '["21(x)"]', "no clause '21\\(x\\)'"),
    "unknown layer": ("layers: [ceded,", "layers: [cedet,", "did you mean|not one of"),
    "unknown territory": ("territory: UA-14}", "territory: UA-99}", "no territory 'UA-99'"),
    "unknown place": ("place: zaporizhzhia-npp", "place: zaporizhia-npp", "did you mean zapor"),
    "two selections": (
        "territory: UA-14}",
        "territory: UA-14, place: dnipro}",
        "exactly one of territory, place or clause",
    ),
    "zone that is not": (
        "{place: zaporizhzhia-npp}",
        "{territory: UA-43, held_by: ukraine}",
        "no zone 'UA-43-ukraine'",
    ),
    "holder without territory": (
        "{place: zaporizhzhia-npp}",
        "{place: zaporizhzhia-npp, held_by: russia}",
        "goes with a territory",
    ),
    "placeholder without area": ("{held}", "{hold}", "has {hold}, which is not under areas"),
    "area not used in one language": ("约{crimea}", "约很大", "not used in zh"),
    "brace": ("seized it in 2022", "seized it in 2022 {", "single brace"),
    "longitude first": (
        "[[47.0, 33.8], [48.0, 35.5]]",
        "[[33.8, 47.0], [35.5, 48.0]]",
        "outside the country",
    ),
    "corners swapped": (
        "[[47.0, 33.8], [48.0, 35.5]]",
        "[[48.0, 35.5], [47.0, 33.8]]",
        "smaller numbers first",
    ),
    "one corner": ("[[47.0, 33.8], [48.0, 35.5]]", "[[47.0, 33.8]]", "bound"),
    "id twice": ("- id: buffer-zone", "- id: donbas", "given twice"),
    "line": ('line: "2025-11-21"', 'line: "2025-11-22"', "no line of contact of 2025-11-22"),
    "plan": ("plan: us-28-point-2025-11", "plan: us-29", "there is no plan 'us-29'"),
    "Chinese missing": ('zh: "核电站"', 'zh: " "', "missing in zh; add it"),
    "empty": (TEXT, "", "the file is empty"),
    "a list": (TEXT, "- 1\n", "mapping of keys"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_tour_gets_a_sentence(name, tmp_path):
    old, new, words = BROKEN[name]
    assert old in TEXT
    path = tmp_path / "tour.yaml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    sentences = [str(fault) for fault in check_file(path)]
    assert any(re.search(words, sentence) for sentence in sentences), sentences
    assert all(sentence.endswith((".", "?")) for sentence in sentences), sentences


def test_the_file_is_sound():
    assert check_file(paths.TOUR) == []
