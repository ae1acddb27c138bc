"""Laws that the zones of any plan on any line over any outlines obey."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from geo.answers import clashes
from geo.crs import EQUAL_AREA, area_km2
from geo.errors import PlanError
from geo.zones import COLUMNS, unreached_terms, zones
from tests.strategies import lines, plan_of, plans, terms, territories

laws = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
MILLIMETRE = 0.001  # the projection, there and back, moves a point by less


def found_zones(plan, outlines, line):
    plan = known_land_only(plan, outlines)
    assume(not clashes(plan, list(outlines.index)))
    return plan, zones(plan, outlines, line)


def known_land_only(plan, outlines):
    """``plan`` without terms on territories that were not drawn."""
    kept = [
        term.model_dump(exclude_none=True)
        for term in plan.terms
        if all(code in outlines.index for land in term.land for code in land.codes)
    ]
    return plan_of(kept)


@laws
@given(plans(), territories(), lines())
def test_zones_never_overlap_and_cover_every_territory(plan, outlines, line):
    _, found = found_zones(plan, outlines, line)
    flat = found.to_crs(EQUAL_AREA)
    whole = outlines.to_crs(EQUAL_AREA).geometry
    for (_, a), (_, b) in itertools.combinations(flat.geometry.items(), 2):
        assert a.intersection(b).area < 2 * MILLIMETRE * a.length
    for code, parts in flat.groupby("territory").geometry:
        joined = parts.union_all()
        assert joined.symmetric_difference(whole[code]).area < 2 * MILLIMETRE * whole[code].length


@laws
@given(plans(), territories(), lines())
def test_areas_are_equal_area_and_add_up(plan, outlines, line):
    _, found = found_zones(plan, outlines, line)
    summed = found.groupby("territory")["area_km2"].sum()
    for code, area in area_km2(outlines).items():
        assert summed[code] == pytest.approx(area, rel=1e-9)
    assert found["area_km2"].to_list() == pytest.approx(area_km2(found).to_list(), rel=1e-6)


@laws
@given(plans(), territories(), lines())
def test_a_zone_has_the_clauses_that_name_its_ground_and_no_others(plan, outlines, line):
    plan, found = found_zones(plan, outlines, line)
    ground = outlines.to_crs("EPSG:4326").geometry
    for row in found.itertuples():
        point = row.geometry.representative_point()
        russian = line.held.covers(point)
        here = next(code for code, shape in ground.items() if shape.covers(point))
        expected = {
            term.clause
            for term in plan.terms
            for land in term.land
            if (land.territory in (None, here))
            and (land.outside is None or here not in land.outside)
            and (land.held_by is None or (land.held_by == "Russia") == russian)
        }
        assert set(row.clauses) == expected
        assert row.held_by == ("Russia" if russian else "Ukraine")
        if row.status != "unaffected":
            assert expected


@laws
@given(plans(), territories(), lines(), st.randoms(use_true_random=False))
def test_nothing_depends_on_the_order_of_terms_or_rows(plan, outlines, line, chance):
    plan, found = found_zones(plan, outlines, line)
    shuffled = plan_of(shuffle([term.model_dump(exclude_none=True) for term in plan.terms], chance))
    again = zones(shuffled, outlines.loc[shuffle(list(outlines.index), chance)], line)
    for column in COLUMNS[:-1]:
        assert found[column].to_list() == again[column].to_list()
    assert found.geometry.geom_equals(again.geometry).all()


def shuffle(items: list, chance: random.Random) -> list:
    return chance.sample(items, len(items))


@laws
@given(plans(), territories(), lines(), st.data())
def test_adding_a_term_never_changes_land_it_does_not_name(plan, outlines, line, data):
    plan, before = found_zones(plan, outlines, line)
    extra = data.draw(terms(list(outlines.index)))
    bigger = plan_of([*(term.model_dump(exclude_none=True) for term in plan.terms), extra])
    assume(not clashes(bigger, list(outlines.index)))
    after = zones(bigger, outlines, line)
    added = bigger.terms[-1]
    for old, new in zip(before.itertuples(), after.itertuples(), strict=True):
        named = any(land.reaches(new.territory, new.held_by) for land in added.land)
        assert old.geometry.equals(new.geometry)
        if not named:
            for column in COLUMNS[:-1]:
                assert getattr(old, column) == getattr(new, column)


@laws
@given(plans(), territories(), lines())
def test_every_term_reaches_land_or_is_reported(plan, outlines, line):
    plan, found = found_zones(plan, outlines, line)
    reported = len(unreached_terms(plan, found))
    reached = sum(
        any(
            land.reaches(row.territory, row.held_by)
            for land in term.land
            for row in found.itertuples()
        )
        for term in plan.terms
    )
    assert reached + reported == len(plan.terms)


@laws
@given(plans(), territories(), lines())
def test_terms_that_clash_are_refused_whatever_their_order(plan, outlines, line):
    plan = known_land_only(plan, outlines)
    found = clashes(plan, list(outlines.index))
    backwards = plan_of([term.model_dump(exclude_none=True) for term in reversed(plan.terms)])
    assert bool(found) == bool(clashes(backwards, list(outlines.index)))
    if found:
        with pytest.raises(PlanError, match="name a smaller part in one of them"):
            zones(plan, outlines, line)
