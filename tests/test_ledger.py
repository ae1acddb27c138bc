"""The ledger: its laws under any plan, its figures under the 28 points, and its files."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
import shapely
from hypothesis import HealthCheck, assume, given, settings

from geo.answers import clashes
from geo.cutting import divide
from geo.division import load_division
from geo.ledger import flows, ledger
from geo.ledger_entries import GROUPINGS, OVERLAPPING
from geo.ledger_files import COLUMNS, as_csv, as_json, as_rows, as_table
from geo.line import OWN_LINE, line_dates
from geo.plan import DEFAULT_PLAN, load_plan
from geo.published import Figure, figure_faults, figures_for, published_figures
from geo.published_beside import Beside, beside, nearest_line, published_beside
from geo.territories import load_places, territory_facts
from tests.strategies import lines, plans, territories
from tests.test_zone_laws import known_land_only

PLAN, DATE = load_plan(DEFAULT_PLAN), "2025-11-21"
PLACES = load_places()

laws = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def division():
    return load_division(DATE)


@pytest.fixture(scope="module")
def book(division):
    return ledger(PLAN, division)


def holds(interval):
    return interval.low <= interval.central <= interval.high


@laws
@given(plans(), territories(), lines())
def test_any_plan_on_any_line_adds_up_however_it_is_grouped(plan, outlines, line):
    plan = known_land_only(plan, outlines)
    assume(not clashes(plan, list(outlines.index)))
    contact = line.contact or shapely.LineString()
    measured = replace(line, contact=contact, about={"accuracy": {"band_km": None}})
    division = divide(outlines, measured, PLACES)
    book = ledger(plan, division)
    assert sorted(entry.zone for entry in book.entries) == list(division.pieces)
    assert book.total.people == sum(territory_facts()[c]["population"] for c in outlines.index)
    for code, entries in book.groups("territory").items():
        assert book.sum(entries).people == territory_facts()[code]["population"]
        assert sum(entry.share_percent for entry in entries) == pytest.approx(100)
    assert sum(book.whole_km2.values()) == round(book.total.area_km2)
    for entry in book.entries:
        assert abs(book.whole_km2[entry.zone] - entry.area_km2) < 2
    for grouping in set(GROUPINGS) - OVERLAPPING:
        sums = [book.sum(entries) for entries in book.groups(grouping).values()]
        assert sum(each.area_km2 for each in sums) == pytest.approx(book.total.area_km2)
        assert sum(each.people for each in sums) == book.total.people
        assert sum(each.settlements for each in sums) == book.total.settlements
    under = {entry.zone for entries in book.groups("clause").values() for entry in entries}
    assert under == set(division.pieces)
    moved = {entry.zone for entries in flows(book.entries).values() for entry in entries}
    assert moved == {entry.zone for entry in book.entries if entry.clauses}


@pytest.mark.parametrize("date", line_dates())
def test_on_every_date_the_sums_are_those_of_the_outlines(date):
    book = ledger(PLAN, load_division(date))
    outlines = sum(facts["area_km2"] for facts in territory_facts().values())
    assert book.total.area_km2 == pytest.approx(outlines, abs=2)
    assert book.total.people == 43_520_464
    assert book.total.official_km2 == 603_540
    for grouping in GROUPINGS:
        for entries in book.groups(grouping).values():
            sums = book.sum(entries)
            assert holds(sums.area)
            assert holds(sums.people_interval)
            assert holds(sums.settlements_interval)
            assert sums.area.central == pytest.approx(sums.area_km2)


def test_what_a_line_cannot_change_has_no_width(book):
    donetsk = book.sum(book.groups("territory")["UA-14"])
    assert donetsk.area.low == pytest.approx(donetsk.area.high)
    assert book.total.area.low == pytest.approx(book.total.area.high)
    frozen = book.sum(book.groups("status")["frozen_line"])
    assert frozen.area.low == pytest.approx(frozen.area.high)


def test_the_interval_of_a_sum_is_that_of_the_ensemble_not_a_sum_of_ends(book):
    russia = book.groups("held_by")["Russia"]
    together = book.sum(russia).area
    apart = [book.sum([entry]).area for entry in russia]
    assert together.high - together.low < 0.8 * sum(each.high - each.low for each in apart)


def test_the_28_points_on_the_line_of_21_november_2025(book):
    status = {key: book.sum(entries) for key, entries in book.groups("status").items()}
    assert {key: round(each.area_km2) for key, each in status.items()} == {
        "ceded": 72_524,
        "demilitarized": 6_299,
        "frozen_line": 52_502,
        "relinquished": 1_698,
        "unaffected": 465_389,
    }
    zone = status["demilitarized"]
    assert zone.zones == ("UA-14-ukraine",)
    assert 5_500 < zone.area.low < 6_100 < zone.area_km2 < 6_500 < zone.area.high < 7_200
    assert (zone.people, zone.settlements, zone.years) == (688_506, 210, (2022,))
    assert zone.unplaced == 335
    assert zone.official_km2 is None
    assert status["ceded"].years == (2014, 2022)


def test_sites_and_ports_stand_with_their_land(book):
    by_zone = {entry.zone: entry for entry in book.entries}
    assert by_zone["UA-23-russia"].plants == ("zaporizhzhia-npp",)
    assert by_zone["UA-23-ukraine"].plants == ()
    assert by_zone["UA-14-russia"].contents.ports == ("mariupol",)


def test_flows_go_from_holder_to_treatment(book):
    found = {
        flow: sorted(entry.zone for entry in entries)
        for flow, entries in flows(book.entries).items()
    }
    assert found["Ukraine", "Russia", "demilitarized"] == ["UA-14-ukraine"]
    assert found["Ukraine", "Russia", "ceded"] == ["UA-09-ukraine"]
    assert found["Russia", "Ukraine", "relinquished"] == [
        "UA-12-russia",
        "UA-48-russia",
        "UA-59-russia",
        "UA-63-russia",
    ]


def test_clauses_stand_in_their_order_and_no_clause_last(book):
    assert list(book.groups("clause")) == ["10(c)", "21(a)", "21(b)", "21(c)", "21(d)", "22", ""]
    assert len(book.groups("clause")["21(d)"]) == 1


def test_a_line_of_the_readers_own_has_no_intervals(division):
    own = ledger(PLAN, replace(division, line=OWN_LINE, shipped=False))
    sums = own.sum(own.entries[:1])
    assert (sums.area, sums.people_interval, sums.settlements_interval) == (None, None, None)
    row = as_rows(own, division)[0]
    assert (row["area_low_km2"], row["people_high"]) == (None, None)
    assert row["area_km2"] > 0


def test_the_files_hold_every_figure(book, division):
    rows = as_rows(book, division)
    read = list(csv.DictReader(io.StringIO(as_csv(rows))))
    assert tuple(read[0]) == COLUMNS
    assert len(read) == len(book.entries) == 35
    zone = next(row for row in read if row["zone"] == "UA-14-ukraine")
    assert (zone["area_km2"], zone["people"], zone["people_year"]) == ("6298.6", "688506", "2022")
    assert (zone["people_method"], zone["clauses"]) == ("settlements", "10(c) 21(a) 21(d) 22")
    assert (zone["plan"], zone["line"]) == (PLAN.id, DATE)
    for row in read:
        assert row["standing"] == "proposal, not in force"
        assert "DeepStateMap" in row["credit"]
        for name in ("people", "settlements"):
            assert int(row[f"{name}_low"]) <= int(row[name]) <= int(row[f"{name}_high"])
        assert float(row["area_low_km2"]) <= float(row["area_km2"]) <= float(row["area_high_km2"])
    assert sum(int(row["people"]) for row in read) == 43_520_464
    told = json.loads(as_json(rows))
    assert [row["zone"] for row in told] == [row["zone"] for row in read]
    assert told[0]["clauses"] == ["10(c)", "21(a)", "22"]


def test_a_spreadsheet_runs_nothing_of_the_file(book, division):
    rows = as_rows(book, division)
    rows[0]["name"] = '=HYPERLINK("https://a.example")'
    read = list(csv.DictReader(io.StringIO(as_csv(rows))))
    assert read[0]["name"].startswith("'=")


def test_the_terminals_table_ends_with_the_sum_of_all(book, division):
    last = as_table(as_rows(book, division)).splitlines()[-1].split()
    assert last[0] == "all"
    assert last[2:] == ["43,520,464", "28,587"]


def test_afps_figure_lies_below_our_interval_for_the_same_land():
    row = next(row for row in published_beside() if row.figure.id == "afp-donetsk-2025-11-20")
    assert row.line == DATE
    assert row.central == pytest.approx(6_299, abs=1)
    assert row.published == 5_000 < row.low
    assert row.verdict == "below"
    assert "assessed Russian advances" in row.figure.differs["en"]


def test_each_figure_stands_beside_ours_of_the_nearest_day():
    rows = {row.figure.id: row for row in published_beside()}
    assert len(rows) == len(published_figures()) == 16
    assert rows["isw-donetsk-2025-11-30"].line == "2025-11-27"
    assert rows["isw-donetsk-2025-10-31"].central == pytest.approx(76.2, abs=0.1)
    assert rows["afp-country-2025-11-20"].central == pytest.approx(18.8, abs=0.1)
    assert rows["afp-chernihiv-2025-11-20"].central == 0
    assert rows["afp-chernihiv-2025-11-20"].verdict == "above"
    # A change since a day of which there is no line has no counterpart.
    assert rows["isw-pace-2025-11-20"].central is None
    assert rows["isw-pace-2025-11-20"].verdict is None


def test_a_net_gain_is_what_is_gained_less_what_is_given_up(division):
    row = next(row for row in published_beside() if row.figure.id == "afp-net-gain-2025-11-20")
    area = {zone: piece.area_km2 for zone, piece in division.pieces.items()}
    gained = area["UA-14-ukraine"] + area["UA-09-ukraine"]
    given_up = area["UA-63-russia"] + area["UA-12-russia"] + area["UA-59-russia"]
    assert row.central == pytest.approx(gained - given_up)
    assert row.low < row.central < row.high


@pytest.mark.parametrize(
    ("published", "verdict"), [(9.0, "below"), (10.0, "inside"), (12.0, "inside"), (12.1, "above")]
)
def test_the_verdict_is_where_the_published_figure_lies(published, verdict):
    figure = published_figures()[0].model_copy(update={"km2": published})
    assert Beside(figure, DATE, 10.0, 11.0, 12.0).verdict == verdict


def test_the_nearest_line_is_found():
    assert nearest_line("2025-11-20") == "2025-11-21"
    assert nearest_line("2025-11-24") == "2025-11-21"
    assert nearest_line("2025-11-25") == "2025-11-27"
    assert nearest_line("2030-01-01") == "2026-08-21"


def test_mentions_stand_in_the_ledger_only():
    assert [figure.id for figure in figures_for("UA-14-ukraine")] == ["afp-donetsk-2025-11-20"]
    assert [figure.id for figure in figures_for(None)] == ["afp-country-2025-11-20"]
    assert sum(figure.zone == "UA-14-ukraine" for figure in published_figures()) == 5


def test_a_figure_about_an_unknown_zone_is_a_fault(tmp_path):
    figure = published_figures()[0].model_dump(mode="json", exclude_none=True)
    figure["less"] = ["UA-99-russia"]
    path = tmp_path / "published_figures.yaml"
    path.write_text(json.dumps({"figures": [figure]}), encoding="utf-8")
    (fault,) = figure_faults(path, {"UA-14-ukraine"}, set())
    assert "there is no zone 'UA-99-russia'" in fault.message


def test_a_figure_of_a_territory_is_about_its_russian_held_ground(division):
    figure = Figure.model_validate(
        published_figures()[0].model_dump() | {"zone": None, "territory": "UA-63"}
    )
    assert beside(figure).central == pytest.approx(division.pieces["UA-63-russia"].area_km2)
