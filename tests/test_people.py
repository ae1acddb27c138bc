"""People, settlements, ports and raions by piece of land."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import contents
from geo.contents import contents_of, count_contents, port_facts, settlements
from geo.cutting import divide
from geo.division import load_division
from geo.gazetteer import raion_facts
from geo.line import OWN_LINE, line_dates, load_line
from geo.people import SUPPORTED, people_of, shared
from geo.territories import load_places, load_territories, territory_facts

DATE = "2025-11-21"


@pytest.fixture(scope="module")
def division():
    return load_division(DATE)


@given(st.integers(0, 10**8), st.lists(st.floats(1e-3, 1e6), min_size=1, max_size=6))
def test_shares_add_up_and_are_off_by_less_than_one(total, weights):
    parts = shared(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < 1 + 1e-6


def test_the_largest_remainder_gets_what_is_left():
    assert shared(10, [1, 1, 1]) == [4, 3, 3]
    assert shared(100, [2.55, 97.45]) == [3, 97]
    assert shared(7, [0.0, 5.0]) == [0, 7]


@pytest.mark.parametrize("date", line_dates())
def test_people_add_up_to_the_official_figures_to_the_person(date):
    division = load_division(date)
    people = people_of(division)
    for code, facts in territory_facts().items():
        mine = [people[piece.zone] for piece in division.pieces_of(code)]
        assert sum(each.count for each in mine) == facts["population"], code
        assert {each.year for each in mine} == {facts["population_year"]}
    assert sum(each.count for each in people.values()) == 43_520_464


def test_the_method_is_named_and_follows_from_the_table(division):
    people = people_of(division)
    methods = {zone: each.method for zone, each in people.items()}
    assert methods["UA-14-ukraine"] == methods["UA-65-russia"] == "settlements"
    assert methods["UA-43-russia"] == methods["UA-05-ukraine"] == "official"
    # No settlement of the table lies on the Kinburn spit: nothing to divide the figure by.
    assert methods["UA-48-russia"] == methods["UA-48-ukraine"] == "area"
    assert people["UA-48-russia"].count == round(
        1_091_821 * division.pieces["UA-48-russia"].area_km2 / 23_871.07
    )


def test_people_of_the_withdrawal_zone(division):
    people = people_of(division)
    assert people["UA-14-ukraine"].count == 688_506
    assert people["UA-14-russia"].count == 4_059_372 - 688_506
    assert people["UA-40-russia"] == replace(people["UA-40-russia"], count=385_870, year=2014)


def test_settlements_without_a_figure_share_what_the_official_one_has_beyond_the_others(division):
    inside = contents_of(division)
    russia, ukraine = inside["UA-59-russia"], inside["UA-59-ukraine"]
    listed = russia.people_listed + ukraine.people_listed
    each = (1_035_772 - listed) / (russia.without_figure + ukraine.without_figure)
    expected = russia.people_listed + each * russia.without_figure
    assert people_of(division)["UA-59-russia"].count == round(expected)


def test_city_districts_do_not_count_beside_their_city(division):
    found = {place.geonameid: place for place in settlements()}
    assert "709717" in found  # Donetsk
    districts = {"13580034", "13607722", "6722148", "13607718", "13645588", "13645604"}
    assert not districts & found.keys()
    inside = contents_of(division)
    donetsk = sum(inside[f"UA-14-{side}"].people_listed for side in ("russia", "ukraine"))
    # With districts the table's rows of the oblast come to 6.6 million.
    assert donetsk == 3_861_781


def test_listed_settlements_support_a_split_in_every_divided_oblast(division):
    inside = contents_of(division)
    for code in division.divided:
        listed = sum(inside[piece.zone].people_listed for piece in division.pieces_of(code))
        assert SUPPORTED[0] < listed / territory_facts()[code]["population"] < SUPPORTED[1], code


def test_wartime_figures_of_two_cities_are_replaced_by_those_of_2022(division):
    inside = contents_of(division)
    kherson = next(place for place in settlements() if place.geonameid == "706448")
    assert kherson.population == 66_000
    assert inside["UA-65-ukraine"].people_listed > 279_131


@pytest.mark.parametrize("date", line_dates())
def test_every_settlement_is_in_one_piece_or_told_as_unplaced(date):
    division = load_division(date)
    inside = contents_of(division)
    unplaced = {division.pieces[zone].territory: each.unplaced for zone, each in inside.items()}
    placed = sum(each.settlements for each in inside.values())
    assert placed + sum(unplaced.values()) == sum(1 for _ in settlements())
    assert {code for code, count in unplaced.items() if count} <= set(division.divided)


def test_the_file_holds_what_is_counted(division):
    assert contents_of(division) == count_contents(division)
    assert set(contents_of(division)) == set(division.pieces)


def test_the_file_is_small():
    assert contents.PIECES.stat().st_size < 100_000


def test_a_line_of_the_readers_own_is_counted_when_asked(division):
    line = replace(load_line(DATE), date=OWN_LINE)
    own = divide(load_territories(), line, load_places())
    assert own.line == OWN_LINE
    assert contents_of(own) == contents_of(division)
    assert people_of(own) == people_of(division)


def test_every_port_lies_in_one_piece_of_its_oblast(division):
    inside = contents_of(division)
    where = {port: zone for zone, each in inside.items() for port in each.ports}
    assert set(where) == set(port_facts())
    assert sum(len(each.ports) for each in inside.values()) == len(where) == 28
    assert where["mariupol"] == "UA-14-russia"
    assert where["berdiansk"] == "UA-23-russia"
    assert where["kherson"] == "UA-65-ukraine"
    assert where["ochakiv"] == "UA-48-ukraine"
    assert where["sevastopol"] == "UA-40-russia"


def test_raions_that_the_line_cuts_are_those_of_their_oblast(division):
    inside = contents_of(division)
    names = {raion_facts()[code]["name_en"] for code in inside["UA-14-ukraine"].cut_raions}
    assert {"Pokrovskyi Raion", "Kramatorskyi Raion", "Bakhmutskyi Raion"} <= names
    assert inside["UA-14-ukraine"].cut_raions == inside["UA-14-russia"].cut_raions
    for zone, each in inside.items():
        piece = division.pieces[zone]
        assert bool(each.cut_raions) == (piece.territory in division.divided)
        assert {raion_facts()[code]["iso_3166_2"] for code in each.cut_raions} <= {piece.territory}
