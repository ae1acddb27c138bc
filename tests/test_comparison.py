"""Comparing two plans: its laws under any plans and lines, what it finds in ours, and its files."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
import shapely
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from geo.__main__ import main
from geo.answers import answer, clashes
from geo.comparison import FACTS, compare, differing_places, said_of
from geo.comparison_files import COLUMNS, as_csv, as_json, as_rows
from geo.cutting import divide
from geo.division import load_division
from geo.line import OWN_LINE, line_dates
from geo.plan import load_plan
from geo.territories import load_places, territory_facts
from geo.word_changes import word_changes, words_of
from tests.strategies import lines, plans, territories
from tests.test_zone_laws import known_land_only

DATE, LATER = "2025-11-21", "2026-08-21"
PLACES = load_places()

laws = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


def divided(outlines, line, name):
    contact = line.contact or shapely.LineString()
    about = {"accuracy": {"band_km": None}}
    return divide(outlines, replace(line, date=name, contact=contact, about=about), PLACES)


def fitting(plan, outlines):
    plan = known_land_only(plan, outlines)
    assume(not clashes(plan, list(outlines.index)))
    return plan


def swapped(part):
    return part.territory, part.right.held_by, part.left.held_by


def key(part):
    return part.territory, part.left.held_by, part.right.held_by


@laws
@given(st.tuples(plans(), plans()), territories(), lines(), lines(), st.booleans())
def test_any_two_plans_on_any_two_lines_account_for_all_land(
    both_plans, outlines, first, second, same_line
):
    one, two = (fitting(plan, outlines) for plan in both_plans)
    left = divided(outlines, first, "first")
    right = left if same_line else divided(outlines, second, "second")
    found = compare(one, left, two, right)
    country = sum(piece.area_km2 for piece in left.pieces.values())
    both = found.total(found.different).area_km2 + found.total(found.same).area_km2
    assert both == pytest.approx(country, abs=0.01)
    people = sum(territory_facts()[code]["population"] for code in outlines.index)
    assert sum(part.people.count for part in found.parts) == people
    assert len({key(part) for part in found.parts}) == len(found.parts)
    for part in found.different:
        assert any(said_of(part.left, fact) != said_of(part.right, fact) for fact in FACTS)
        assert part.left == answer(one, part.territory, part.left.held_by)
        assert part.right == answer(two, part.territory, part.right.held_by)
    for part in found.same:
        assert not part.moved
        assert all(said_of(part.left, fact) == said_of(part.right, fact) for fact in FACTS)


@laws
@given(plans(), plans(), territories(), lines(), lines())
def test_swapping_the_sides_swaps_what_they_say_and_no_figure(one, two, outlines, first, second):
    one, two = fitting(one, outlines), fitting(two, outlines)
    left, right = divided(outlines, first, "first"), divided(outlines, second, "second")
    there = {key(part): part for part in compare(one, left, two, right).parts}
    back = {swapped(part): part for part in compare(two, right, one, left).parts}
    assert set(there) == set(back)
    for name, part in there.items():
        assert (part.left, part.right) == (back[name].right, back[name].left)
        assert part.area_km2 == pytest.approx(back[name].area_km2)
        assert part.settlements == back[name].settlements
        assert abs(part.people.count - back[name].people.count) <= 1
        assert part.differs == back[name].differs


@pytest.mark.parametrize("day", line_dates()[:-1])
def test_people_of_ground_between_two_days_are_the_same_from_both_sides(day):
    plan, last = load_plan("us-28-point-2025-11"), line_dates()[-1]
    first, second = load_division(day), load_division(last)
    there = {key(part): part for part in compare(plan, first, plan, second).parts}
    back = {swapped(part): part for part in compare(plan, second, plan, first).parts}
    for name, part in there.items():
        assert abs(part.people.count - back[name].people.count) <= 1, name


@laws
@given(plans(), territories(), lines())
def test_a_plan_beside_itself_on_one_line_differs_nowhere(plan, outlines, line):
    plan = fitting(plan, outlines)
    division = divided(outlines, line, "a line")
    assert compare(plan, division, plan, division).different == ()


def differing(left, right, line=DATE, right_line=None):
    found = compare(
        load_plan(left), load_division(line), load_plan(right), load_division(right_line or line)
    )
    return {
        (part.zones[0] if part.zones[0] == part.zones[1] else part.zones): part.differs
        for part in found.different
    }


def test_the_28_points_and_the_edit_of_the_e3_differ_on_all_land_that_either_names():
    both, forces_too = ("status", "recognition"), ("status", "recognition", "forces")
    assert differing("us-28-point-2025-11", "e3-edit-2025-11") == {
        "UA-43-russia": both,
        "UA-40-russia": both,
        "UA-09-russia": both,
        "UA-09-ukraine": both,
        "UA-14-russia": both,
        "UA-14-ukraine": forces_too,
        "UA-23-russia": both,
        "UA-23-ukraine": both,
        "UA-65-russia": both,
        "UA-65-ukraine": both,
        "UA-63-russia": forces_too,
        "UA-59-russia": forces_too,
        "UA-12-russia": forces_too,
        "UA-48-russia": forces_too,
    }


def test_one_plan_on_two_dates_differs_on_the_ground_that_changed_hands_alone():
    found = differing("us-28-point-2025-11", "us-28-point-2025-11", DATE, LATER)
    assert all(isinstance(zones, tuple) for zones in found)
    assert found["UA-14-ukraine", "UA-14-russia"] == ("status", "holder", "forces")
    assert found["UA-14-russia", "UA-14-ukraine"] == ("status", "holder", "forces")
    assert found["UA-23-ukraine", "UA-23-russia"] == ("recognition", "holder")
    assert found["UA-09-ukraine", "UA-09-russia"] == ("holder",)
    assert {zones[0][:5] for zones in found} == {
        *("UA-09", "UA-12", "UA-14", "UA-23", "UA-59", "UA-63", "UA-65"),
    }


def test_land_between_two_lines_has_no_range_and_on_one_line_it_has():
    one, two = load_plan("us-28-point-2025-11"), load_plan("e3-edit-2025-11")
    first, later = load_division(DATE), load_division(LATER)
    same_line = compare(one, first, two, first)
    area = same_line.total(same_line.different).area
    assert area.low < area.central < area.high
    assert same_line.total(same_line.parts).area.high == pytest.approx(
        same_line.total(same_line.parts).area_km2
    )
    assert compare(one, first, two, later).total(same_line.different).area is None
    own = replace(first, line=OWN_LINE, shipped=False)
    on_own = compare(one, own, two, own)
    assert on_own.total(on_own.different).area is None
    assert on_own.total(on_own.different).people == same_line.total(same_line.different).people


def test_files_say_plans_lines_and_that_nothing_is_in_force():
    plan, other = load_plan("us-28-point-2025-11"), load_plan("e3-edit-2025-11")
    division = load_division(DATE)
    mine = other.model_copy(update={"id": "own", "kind": "own"})
    rows = as_rows(compare(plan, division, mine, division))
    read = list(csv.DictReader(io.StringIO(as_csv(rows))))
    assert tuple(read[0]) == COLUMNS
    assert len(read) == len(json.loads(as_json(rows))) == 14
    assert {row["left_standing"] for row in read} == {"proposal, not in force"}
    assert {row["right_standing"] for row in read} == {"a reader's own plan, nobody's proposal"}
    assert {(row["left_line"], row["right_line"]) for row in read} == {(DATE, DATE)}
    donetsk = next(
        row for row in json.loads(as_json(rows)) if row["left_status"] == "demilitarized"
    )
    assert donetsk["right_status"] == "left_open"
    assert donetsk["left_leaves"] == ["Ukraine"]
    assert donetsk["left_deciding"] == ["21(d)", "21(a)"]
    assert donetsk["differs"] == ["status", "recognition", "forces"]


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_the_command_line_compares(capsys, form):
    assert main(["compare", "us-28-point-2025-11", "e3-edit-2025-11", "--format", form]) == 0
    told = capsys.readouterr().out
    assert "not in force" in told
    assert "Donetsk Oblast" in told


def test_the_command_line_says_when_nothing_differs_and_when_a_plan_is_unknown(capsys):
    assert main(["compare", "us-28-point-2025-11", "us-28-point-2025-11"]) == 0
    assert "say the same of all land" in capsys.readouterr().out
    assert main(["compare", "us-28-point-2025-11", "us-29-point-2025-11"]) == 2
    assert "did you mean us-28-point-2025-11?" in capsys.readouterr().err


@laws
@given(st.text(max_size=60), st.text(max_size=60))
def test_marked_words_are_the_whole_text_and_the_others_stand_in_both(left, right):
    found = word_changes(left, right)
    assert "".join(text for text, _ in found.left) == left
    assert "".join(text for text, _ in found.right) == right
    kept = [
        "".join(text for text, changed in side if not changed).casefold().split()
        for side in (found.left, found.right)
    ]
    assert "".join(kept[0]) == "".join(kept[1])


def test_words_that_changed_are_marked_in_three_languages():
    english = word_changes("The army is limited to 600,000.", "The army is limited to 800,000.")
    assert [text for text, changed in english.left if changed] == ["600,000"]
    assert [text for text, changed in english.right if changed] == ["800,000"]
    ukrainian = word_changes("Крим визнають де-юре.", "Крим визнають де-факто.")
    assert [text for text, changed in ukrainian.right if changed] == ["де-факто"]
    chinese = word_changes("军队限制为六十万人。", "军队限制为八十万人。")
    assert [text for text, changed in chinese.right if changed] == ["八"]


def test_texts_with_nothing_in_common_are_not_told_apart_by_words():
    assert not word_changes("Forces leave.", "Elections within 100 days; no delay").comparable
    assert word_changes("", "").comparable
    assert words_of("12,5 km²—so") == ["12,5", " ", "km²", "—", "so"]


def test_the_us_final_offer_and_the_russian_memorandum_agree_on_crimea_alone_of_what_both_name():
    both, all_three = ("status", "recognition"), ("status", "recognition", "forces")
    assert differing("us-final-offer-2025-04", "russia-memorandum-2025-06") == {
        "UA-09-russia": ("recognition",),
        "UA-09-ukraine": ("recognition", "forces"),
        "UA-14-russia": both,
        "UA-14-ukraine": all_three,
        "UA-23-russia": both,
        "UA-23-ukraine": all_three,
        "UA-65-russia": both,
        "UA-65-ukraine": all_three,
        "UA-63-russia": both,
        "UA-48-russia": both,
    }


def test_sites_and_rivers_differ_where_one_plan_is_silent_or_says_otherwise():
    points, edit = load_plan("us-28-point-2025-11"), load_plan("e3-edit-2025-11")
    assert differing_places(points, points) == []
    assert differing_places(points, edit) == ["dnipro"]
    assert "zaporizhzhia-npp" in differing_places(points, load_plan("us-final-offer-2025-04"))
