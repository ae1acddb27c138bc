"""A rebuild gives what is shipped, and the same bytes each time."""

from __future__ import annotations

import json

import pytest

from geo import paths
from geo.build import basemap, divisions, lines, territories
from geo.line import line_dates

DATE = "2025-11-21"


def test_outlines_and_divisions_are_rebuilt_to_the_same_bytes(tmp_path, monkeypatch):
    built = [
        paths.TERRITORIES,
        paths.overview(paths.TERRITORIES),
        paths.RAIONS,
        *(paths.division_file(date) for date in line_dates()),
        *(paths.overview(paths.division_file(date)) for date in line_dates()),
    ]
    shipped = {path.name: path.read_bytes() for path in built}
    for name in ("TERRITORIES", "RAIONS"):
        monkeypatch.setattr(paths, name, tmp_path / getattr(paths, name).name)
    territories.build()
    monkeypatch.setattr(paths, "DIVISIONS", tmp_path)
    for date in line_dates():
        divisions.build(date)
    for name, content in shipped.items():
        assert (tmp_path / name).read_bytes() == content, name


def test_the_basemap_is_rebuilt_to_the_same_bytes(tmp_path, monkeypatch):
    shipped = {path.name: path.read_bytes() for path in (*paths.BASEMAP.iterdir(), paths.PLACES)}
    assert len(shipped) == 4
    monkeypatch.setattr(paths, "BASEMAP", tmp_path)
    monkeypatch.setattr(paths, "PLACES", tmp_path / paths.PLACES.name)
    basemap.build()
    for name, content in shipped.items():
        assert (tmp_path / name).read_bytes() == content, name


@pytest.fixture(scope="module")
def rebuilt():
    """The line of the plan's date, without measuring again how sure it is."""
    return lines.draw(DATE)


def shipped_line():
    return json.loads((paths.LINES / f"{DATE}.geojson").read_text(encoding="utf-8"))


def test_the_shipped_line_is_what_the_build_draws(rebuilt):
    before = shipped_line()
    before.pop("accuracy")
    first, second = (json.dumps(each, ensure_ascii=False) for each in (before, rebuilt))
    assert first == second
