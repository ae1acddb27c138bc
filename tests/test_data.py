"""The files of ``data/``: documented, small, true to their sources, rebuilt to the same bytes."""

from __future__ import annotations

import hashlib

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo import paths
from geo.answers import answer, places
from geo.build import territories as build_territories
from geo.check import data_files
from geo.clause_ids import clause_order
from geo.crs import EQUAL_AREA, area_km2
from geo.cutting import divide
from geo.division import load_division
from geo.line import line_dates, load_line
from geo.plan import load_plan, plan_ids, plans_by_date
from geo.provenance import provenance
from geo.published import published_figures
from geo.reading import read_text
from geo.territories import load_places, load_territories, territory_facts
from geo.zones import unreached_terms, zones

FILES = data_files()
PLAN, DATE = "us-28-point-2025-11", "2025-11-21"

# Ours beside the official area: units whose official figure counts water, as the reference says.
WATER_KM2 = {"UA-65": -10.5, "UA-43": -5.0, "UA-48": -3.0, "UA-40": -2.0, "UA-30": 1.3}


def test_every_row_says_what_where_from_and_how_rebuilt():
    for row in provenance():
        cells = (row.name, row.what, row.source, row.licence, row.date, row.rebuilt_by)
        assert all(cells), row.name


def test_every_file_has_one_row_and_every_row_a_file():
    told = [file for row in provenance() for file in row.files]
    there = [str(path.relative_to(paths.DATA)) for path in FILES]
    assert sorted([*told, "README.md"]) == there
    assert all(row.files for row in provenance())


def test_all_of_data_is_small():
    assert sum(path.stat().st_size for path in FILES) < 8_000_000


def test_the_27_territories_are_exact_unions_of_the_138_raions():
    raions = gpd.read_file(paths.RAIONS)
    outlines = load_territories().geometry
    assert len(raions) == 138
    assert len(outlines) == 27
    for code, group in raions.groupby("iso_3166_2"):
        union = shapely.coverage_union_all(group.geometry.values)
        assert union.normalize().equals_exact(outlines[code].normalize(), 0)


@pytest.mark.parametrize(
    "path",
    [paths.RAIONS, paths.TERRITORIES, paths.overview(paths.TERRITORIES)],
    ids=lambda path: path.name,
)
def test_neighbours_share_every_vertex_and_leave_no_gap(path):
    shapes = gpd.read_file(path).geometry
    assert shapes.is_valid.all()
    assert shapely.coverage_is_valid(shapes.values)


@pytest.mark.parametrize("path", [paths.TERRITORIES, paths.overview(paths.TERRITORIES)])
def test_each_unit_keeps_its_area_when_simplified(path):
    frame = gpd.read_file(path).set_index("territory")
    whole = build_territories.united(build_territories.read_raions())
    change = (area_km2(frame) / area_km2(whole) - 1).abs()
    assert change.max() < 0.005, change.idxmax()


def test_areas_agree_with_the_official_ones_or_say_why_not():
    for code, facts in territory_facts().items():
        percent = 100 * (facts["area_km2"] / facts["official_area_km2"] - 1)
        assert percent == pytest.approx(WATER_KM2.get(code, 0), abs=0.6), code
        if abs(percent) > 0.4:
            assert facts["why_areas_differ_en"], code


def test_every_territory_has_names_capital_and_a_dated_population():
    for code, facts in territory_facts().items():
        for column in ("name_en", "name_uk", "name_zh", "capital_en", "capital_uk", "capital_zh"):
            assert facts[column], (code, column)
        assert facts["population"] > 0
        assert facts["population_year"] in (2014, 2022)
        assert facts["population_source"]


@pytest.mark.parametrize("date", line_dates())
def test_a_line_says_what_it_is_and_how_sure(date):
    line = load_line(date)
    for member in ("source", "licence", "method", "limits", "accuracy", "shares"):
        assert line.about[member], member
    assert load_territories().geometry["UA-43"].buffer(-1e-4).within(line.held)


def test_the_line_of_the_plan_agrees_with_the_published_checks():
    line = load_line(DATE)
    outlines = load_territories().geometry.to_crs(EQUAL_AREA)
    held = gpd.GeoSeries([line.held], crs="EPSG:4326").to_crs(EQUAL_AREA).iloc[0]
    share = {
        code: 100 * outlines[code].intersection(held).area / outlines[code].area
        for code in outlines.index
    }
    assert 76 <= share["UA-14"] <= 77
    assert 74 <= share["UA-23"] <= 75
    assert 71 <= share["UA-65"] <= 72
    assert share["UA-09"] == pytest.approx(99.6, abs=0.15)
    assert share["UA-63"] == pytest.approx(4.6, abs=0.8)  # strips at the border without settlements
    assert share["UA-48"] == pytest.approx(0.5, abs=0.1)
    assert share["UA-59"] == pytest.approx(0.9, abs=0.2)
    assert share["UA-12"] == pytest.approx(0.5, abs=0.2)
    for code, percent in line.about["shares"].items():
        assert percent == pytest.approx(share[code], abs=0.05), code


def test_left_out_settlements_fall_on_the_right_side():
    accuracy = load_line(DATE).about["accuracy"]
    assert accuracy["right_side_percent"] >= 95
    assert accuracy["left_out"] > 5000


@pytest.mark.parametrize("date", line_dates())
def test_the_built_division_is_what_the_line_gives_now(date):
    new = divide(load_territories(), load_line(date), load_places())
    built = load_division(date)
    assert list(built.pieces) == list(new.pieces)
    assert built.places == new.places
    assert (built.shipped, new.shipped) == (True, False)
    for zone, piece in built.pieces.items():
        assert piece.area_km2 == pytest.approx(new.pieces[zone].area_km2, abs=0.001)
        assert piece.unsure_km2 == pytest.approx(new.pieces[zone].unsure_km2, abs=0.1)
    for shapes in (built.shapes.zones, built.overview):
        assert list(shapes) == list(new.pieces)
        assert shapely.coverage_is_valid(
            [shapes[zone] for zone in shapes if zone[:5] in new.divided]
        )
    files = gpd.GeoSeries(built.shapes.zones, crs="EPSG:4326").to_crs(EQUAL_AREA)
    fresh = gpd.GeoSeries(new.shapes.zones, crs="EPSG:4326").to_crs(EQUAL_AREA)
    for zone, shape in files.items():
        assert shape.symmetric_difference(fresh[zone]).area < 1e-5 * shape.area + 20_000


def pieces_on(date: str) -> pd.DataFrame:
    pieces = load_division(date).pieces.values()
    return pd.DataFrame([{"territory": p.territory, "held_by": p.held_by} for p in pieces])


LATEST = "2026-08-21"
"""A line on which every territory that plans name as partly held is divided."""


@pytest.mark.parametrize("plan_id", plan_ids())
def test_every_term_of_a_plan_reaches_land(plan_id):
    plan = load_plan(plan_id)
    unreached = [
        set(map(str, unreached_terms(plan, pieces_on(date)))) for date in {plan.line, LATEST}
    ]
    assert set.intersection(*unreached) == set()
    assert places(plan, load_division(plan.line).places) is not None


@pytest.mark.parametrize("plan_id", plan_ids())
def test_every_source_of_a_plan_is_cited_and_its_clauses_are_in_order(plan_id):
    plan = load_plan(plan_id)
    cited = {key for clause in plan.clauses for key in clause.sources}
    cited |= {key for c in plan.clauses for reading in c.readings for key in reading.sources}
    assert set(plan.sources) == cited
    ids = [clause.id for clause in plan.clauses]
    assert ids == sorted(ids, key=clause_order)
    assert plan.sides
    assert 3 <= len(plan.summary) <= 5


def test_plans_that_took_the_place_of_others_are_later():
    for plan in plans_by_date():
        if plan.superseded_by:
            assert load_plan(plan.superseded_by).date > plan.date


def test_the_plans_are_the_fourteen_in_order_of_date():
    assert [plan.id for plan in plans_by_date()] == [
        "istanbul-communique-2022-03",
        "ukraine-peace-formula-2022-11",
        "russia-terms-2024-06",
        "us-final-offer-2025-04",
        "europe-ukraine-reply-2025-04",
        "russia-memorandum-2025-06",
        "russia-anchorage-terms-2025-08",
        "us-28-point-2025-11",
        "e3-edit-2025-11",
        "europe-24-point-2025-11",
        "geneva-19-point-2025-11",
        "us-free-zone-2025-12",
        "us-ukraine-20-point-2025-12",
        "draft-memorandum-2026-02",
    ]


def test_the_28_points_on_the_map():
    found = zones(load_plan(PLAN), load_territories(), load_line(DATE)).set_index("zone")
    expected = {
        "UA-43-russia": ("ceded", {"21(a)"}, "Russia", "de_facto", "stated"),
        "UA-40-russia": ("ceded", {"21(a)"}, "Russia", "de_facto", "inferred"),
        "UA-09-russia": ("ceded", {"21(a)"}, "Russia", "de_facto", "stated"),
        "UA-09-ukraine": ("ceded", {"21(a)"}, "Russia", "de_facto", "stated"),
        "UA-14-russia": ("ceded", {"21(a)"}, "Russia", "de_facto", "stated"),
        "UA-14-ukraine": ("demilitarized", {"21(a)", "21(d)"}, "Russia", "de_facto", "stated"),
        "UA-23-russia": ("frozen_line", {"21(b)"}, "Russia", "de_facto", "stated"),
        "UA-23-ukraine": ("frozen_line", {"21(b)"}, "Ukraine", "not_said", "inferred"),
        "UA-65-russia": ("frozen_line", {"21(b)"}, "Russia", "de_facto", "stated"),
        "UA-65-ukraine": ("frozen_line", {"21(b)"}, "Ukraine", "not_said", "inferred"),
        "UA-63-russia": ("relinquished", {"21(c)"}, "Ukraine", "not_said", "inferred"),
        "UA-59-russia": ("relinquished", {"21(c)"}, "Ukraine", "not_said", "inferred"),
        "UA-12-russia": ("relinquished", {"21(c)"}, "Ukraine", "not_said", "inferred"),
        "UA-48-russia": ("relinquished", {"21(c)"}, "Ukraine", "not_said", "inferred"),
    }
    named = found[found["status"] != "unaffected"]
    assert set(named.index) == set(expected)
    for zone, (status, clauses, treated_as, how, certainty) in expected.items():
        row = found.loc[zone]
        assert row["status"] == status, zone
        assert {name for name in row["clauses"] if name.startswith("21(")} == clauses, zone
        assert (row["treated_as"], row["how"]) == (treated_as, how), zone
        assert row["certainty"] == certainty, zone
    recognised = {"UA-43-russia", "UA-14-ukraine", "UA-65-russia"}
    assert all("10(c)" in found.loc[zone]["clauses"] for zone in recognised)
    assert "10(c)" not in found.loc["UA-65-ukraine"]["clauses"]
    assert all("22" in found.loc[zone]["clauses"] for zone in expected)


def test_the_plan_has_all_28_points_and_their_parts_each_with_a_source():
    plan = load_plan(PLAN)
    points = [clause.id for clause in plan.clauses if "(" not in clause.id]
    assert points == [str(number) for number in range(1, 29)]
    parts = {clause.id for clause in plan.clauses if "(" in clause.id}
    for point, letters in {
        "10": "abcd",
        "12": "abcdef",
        "13": "abc",
        "21": "abcd",
        "24": "abcd",
    }.items():
        assert {f"{point}({letter})" for letter in letters} <= parts
    assert len(plan.summary) == 5
    used = {key for clause in plan.clauses for key in clause.sources}
    used |= {
        key for clause in plan.clauses for reading in clause.readings for key in reading.sources
    }
    assert set(plan.sources) == used, "sources that nothing cites"


def test_the_published_figure_for_the_withdrawal_zone_is_there():
    figure = next(f for f in published_figures() if f.zone == "UA-14-ukraine" and f.km2)
    assert figure.km2 == 5000
    assert figure.as_of == "2025-11-20"


def test_what_was_received_from_others_is_as_it_was_received():
    listed = (paths.REFERENCE / "checksums.txt").read_text(encoding="utf-8").splitlines()
    assert len(listed) == 4
    for digest, name in (line.split() for line in listed):
        packed = paths.REFERENCE / f"{name}.gz"
        path = packed if packed.is_file() else paths.REFERENCE / name
        assert hashlib.sha256(read_text(path).encode()).hexdigest() == digest, name


def test_no_land_is_silent_on_what_it_is_told_about():
    found = zones(load_plan(PLAN), load_territories(), load_line(DATE))
    for row in found.itertuples():
        silent = " ".join(answer(load_plan(PLAN), row.territory, row.held_by).silences())
        if row.forces:
            assert "What forces may be here" not in silent, row.zone
