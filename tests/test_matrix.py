"""The treaty matrix: what the letters say, held against the reference cell by cell."""

from __future__ import annotations

import csv
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import geo.zones
from geo.answers import answer, clashes, place_answer
from geo.cutting import cut
from geo.division import load_division
from geo.line import load_line
from geo.matrix import PLANT, column, groups
from geo.notation import SYMBOLS, letters, notation, plant_notation
from geo.plan import load_plan, plan_ids
from geo.territories import load_territories, territory_codes
from tests.strategies import CODES, plan_of, plans

LINE = "2025-11-21"
REFERENCE = Path(__file__).parent / "data" / "matrix.csv"

laws = settings(max_examples=80, deadline=None, derandomize=True)


def reference_cells():
    """Plan, row and letters of every cell of the table that was drawn up by hand."""
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            plan = row.pop("plan")
            for code, said in row.items():
                yield pytest.param(plan, code, said, id=f"{plan}-{code}")


@cache
def zones_of(plan_id: str):
    """The zones of a plan; the land is cut once for all of them."""
    whole = geo.zones.cut
    geo.zones.cut = _cut_once
    try:
        return geo.zones.zones(load_plan(plan_id), load_territories(), load_line(LINE))
    finally:
        geo.zones.cut = whole


@cache
def _pieces():
    return cut(load_territories(), load_line(LINE))


def _cut_once(_territories, _line):
    return _pieces().copy()


def letters_of_zones(rows) -> set[str]:
    """The bare letters that the columns of zones come to, told once more in other words."""
    found = set()
    for row in rows:
        if row["treated_as"] == "Russia":
            found.add("r" if row["how"] == "de_facto" else "R")
        if row["treated_as"] == "Ukraine" and row["held_by"] == "Russia":
            found.add("U")
        by_status = {"frozen_line": "L", "demilitarized": "D", "left_open": "?"}
        found.add(by_status.get(row["status"], "U" if row["status"] == "relinquished" else ""))
        found.add("W" if "Ukraine" in row["leaves"] else "")
        found.add("D" if row["regime"] else "")
        if "demilitarized" in row["alternatives"]:
            found.add("(D)")
    return found - {""}


def without_marks(said: str) -> set[str]:
    found = {re.sub(r"(?<=\w)[*?]|(?<=\?)\*", "", sign) for sign in said.split()}
    return found - {"–", "unverified"}


@pytest.mark.parametrize(("plan_id", "code", "said"), list(reference_cells()))
def test_every_cell_says_what_the_reference_says(plan_id, code, said):
    plan = load_plan(plan_id)
    shown = column(plan, load_division(LINE))
    if code == PLANT:
        assert plant_notation(plan, place_answer(plan, PLANT)) == said
        assert shown.plant.notation == said
        return
    rows = zones_of(plan_id).query("territory == @code").to_dict("records")
    pieces = [answer(plan, code, row["held_by"]) for row in rows]
    assert set(notation(pieces).split(", ")) == set(said.split())
    assert shown.cells[code].notation == notation(pieces)
    assert letters_of_zones(rows) == without_marks(said)
    if said == "unverified":
        assert {row["certainty"] for row in rows} == {"unverified"}


def test_the_reference_covers_every_plan_that_is_shipped():
    assert {case.values[0] for case in reference_cells()} == set(plan_ids())


def test_every_territory_stands_in_one_group():
    codes = [code for group in groups().values() for code in group]
    assert sorted(codes) == sorted(territory_codes())


def term(clause="1", certainty="stated", **more):
    land = [{"territory": "UA-09"}]
    return {"clause": clause, "certainty": certainty, "land": land, **more}


RUSSIAN = [{"territory": "UA-09", "held_by": "Russia"}]
UKRAINIAN = [{"territory": "UA-09", "held_by": "Ukraine"}]


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ([], "–"),
        ([term(certainty="unverified")], "unverified"),
        ([term(conditions={"en": "words"})], "–"),
        ([term(status="ceded", treated_as="Russia", how="de_jure")], "R"),
        ([term(status="ceded", treated_as="Russia", how="not_said")], "R"),
        ([term(status="ceded", treated_as="Russia", how="de_facto")], "r"),
        ([term(status="ceded")], "R"),
        ([term(status="frozen_line", treated_as="Ukraine", land=UKRAINIAN)], "L"),
        ([term(status="frozen_line", treated_as="Ukraine", land=RUSSIAN)], "L, U"),
        ([term(status="relinquished", land=RUSSIAN, certainty="inferred")], "U*"),
        ([term(leaves=["Ukraine"])], "W"),
        ([term(leaves=["Russia"], keeps_out=["Ukraine"])], "–"),
        ([term(regime="economic_zone", certainty="disputed")], "D?"),
        ([term(status="left_open", certainty="inferred")], "?*"),
        ([term(status="demilitarized", alternative=True)], "(D)"),
        ([term(status="demilitarized", leaves=["Ukraine"], alternative=True)], "(D)"),
        ([term(leaves=["Ukraine"], alternative=True)], "(W)"),
        (
            [term(status="frozen_line"), term("2", status="demilitarized", alternative=True)],
            "L, (D)",
        ),
        ([term(regime="demilitarized"), term("2", status="demilitarized", alternative=True)], "D"),
        (
            [term(leaves=["Ukraine"]), term("2", certainty="inferred", leaves=["Ukraine"])],
            "W",
        ),
        (
            [
                term(certainty="inferred", leaves=["Ukraine"]),
                term("2", certainty="disputed", leaves=["Ukraine"]),
            ],
            "W?",
        ),
        # What names the land more closely decides; what it overrules gives no letter.
        (
            [
                term(status="left_open"),
                term("2", land=RUSSIAN, status="ceded", treated_as="Russia", how="de_facto"),
                term("2", land=UKRAINIAN, status="demilitarized", leaves=["Ukraine"]),
            ],
            "r, D, W",
        ),
    ],
)
def test_terms_come_to_letters(terms, said):
    plan = plan_of(terms)
    assert notation([answer(plan, "UA-09", side) for side in ("Russia", "Ukraine")]) == said


@given(plan=plans(), code=st.sampled_from(CODES))
@laws
def test_letters_come_in_one_order_each_once_whichever_piece_comes_first(plan, code):
    assume(not clashes(plan, CODES))
    pieces = [answer(plan, code, side) for side in ("Russia", "Ukraine")]
    found = letters(pieces)
    assert letters(reversed(pieces)) == found
    assert len({letter.symbol for letter in found}) == len(found)
    places = [(letter.offered, SYMBOLS.index(letter.symbol)) for letter in found]
    assert all(one < other for one, other in pairwise(places))


@given(plan=plans(), code=st.sampled_from(CODES), side=st.sampled_from(["Russia", "Ukraine"]))
@laws
def test_what_is_wholly_inferred_is_starred_and_what_is_wholly_stated_is_bare(plan, code, side):
    assume(not clashes(plan, CODES))
    for certainty, mark in (("inferred", "*"), ("stated", ""), ("disputed", "?")):
        rows = [
            each.model_dump(exclude_none=True) | {"certainty": certainty} for each in plan.terms
        ]
        found = letters([answer(plan_of(rows), code, side)])
        assert {letter.mark for letter in found} <= {mark}


def site(certainty="stated", **more):
    return {"clause": "1", "certainty": certainty, "land": [{"site": PLANT}], **more}


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ([], "–"),
        ([site(treated_as="Ukraine")], "U"),
        ([site(treated_as="Ukraine", operation=["us", "shared_output"])], "U via US"),
        ([site(treated_as="Ukraine", operation=["iaea"])], "U + IAEA"),
        ([site("inferred", treated_as="Russia")], "R*"),
        ([site(operation=["iaea", "shared_output"])], "IAEA, 50:50"),
        ([site(operation=["shared_output"])], "shared output"),
        ([site("disputed", operation=["joint"])], "disputed"),
        ([site("unverified")], "unverified"),
        ([site(treated_as="open")], "?"),
    ],
)
def test_terms_on_the_plant_come_to_a_word_or_two(terms, said):
    plan = plan_of(terms)
    assert plant_notation(plan, place_answer(plan, PLANT)) == said


def test_the_plant_known_from_one_outlet_only_says_so():
    plan = plan_of([site("inferred", operation=["shared_output"])])
    clause = plan.clauses[0].model_copy(update={"confidence": "single"})
    plan = plan.model_copy(update={"clauses": (clause, *plan.clauses[1:])})
    assert plant_notation(plan, place_answer(plan, PLANT)) == "single source"


def test_the_matrix_reads_a_readers_own_plan_anew_each_time():
    division = load_division(LINE)
    one = plan_of([term(status="left_open")]).model_copy(update={"id": "own", "kind": "own"})
    other = plan_of([]).model_copy(update={"id": "own", "kind": "own"})
    assert [column(plan, division).cells["UA-09"].notation for plan in (one, other)] == ["?", "–"]
