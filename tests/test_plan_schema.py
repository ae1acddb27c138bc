"""The published JSON Schema of the plan format is what the code reads."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from geo import paths
from geo.build import schema
from geo.yaml_lines import load_yaml
from tests.drafts import clause, small, term

PLANS = sorted(paths.PLANS.glob("*.yaml"))


@pytest.fixture(scope="module")
def validator():
    shipped = json.loads(paths.PLAN_SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(shipped)
    return Draft202012Validator(shipped)


def test_the_shipped_schema_is_the_one_that_the_build_makes(tmp_path, monkeypatch):
    shipped = paths.PLAN_SCHEMA.read_bytes()
    monkeypatch.setattr(paths, "PLAN_SCHEMA", tmp_path / "plan.schema.json")
    schema.build()
    assert paths.PLAN_SCHEMA.read_bytes() == shipped


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_shipped_plan_fits_it(validator, path):
    data, _lines = load_yaml(path.read_text(encoding="utf-8"), path.name)
    assert [error.message for error in validator.iter_errors(data)] == []


def test_a_small_plan_fits_it(validator):
    assert validator.is_valid(small())


WRONG = {
    "no clauses": small(clauses=[]),
    "a key of its own": small(colour="red"),
    "a status that is none": small(terms=[term(status="sold")]),
    "a title without English": small(title={"uk": "План"}),
    "a clause number that is none": small(clauses=[clause(id="21d")]),
    "another version": small(schema=2),
    "a term without land": small(terms=[term(land=[])]),
    "a title that is no text by language": small(title="Plan"),
    "no line": {key: value for key, value in small().items() if key != "line"},
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_plan_does_not_fit_it(validator, name):
    assert not validator.is_valid(WRONG[name])
