"""A reader's own line and outlines in the session: what they change, and that they go with it."""

from __future__ import annotations

import gc
import re
import weakref
from dataclasses import replace
from functools import cache

import geopandas as gpd
import pytest

from geo.contents import contents_of
from geo.crs import EQUAL_AREA
from geo.cutting import divide
from geo.ground import ground_of
from geo.ledger import ledger
from geo.line import OWN_LINE, load_line
from geo.minimap import minimap
from geo.movements import movement_between
from geo.own_ground import carried_over
from geo.plan import DEFAULT_PLAN, load_plan
from geo.territories import load_places, load_territories
from pages.parts.inline import shapes_for_map
from pages.parts.own import Own
from pages.parts.scene import scene_of
from tests.test_pages import opened, texts

PLAN = load_plan(DEFAULT_PLAN)
OURS = load_territories()


def own_line(date="2025-08-21"):
    line = load_line(date)
    about = {**line.about, "accuracy": {**line.about["accuracy"], "band_km": None}}
    return replace(line, date=OWN_LINE, about=about)


@cache
def with_sea(code="UA-43", metres=20_000):
    """Our outlines, but one territory takes in the sea around it."""
    flat = OURS.geometry.to_crs(EQUAL_AREA)
    others = flat.drop(code).union_all()
    flat.loc[code] = flat.loc[code].buffer(metres).difference(others.buffer(1))
    return OURS.set_geometry(flat.to_crs(OURS.crs))


@cache
def shipped_pieces(date="2025-11-21"):
    return divide(OURS, load_line(date), load_places()).pieces


def test_an_own_line_divides_the_land_like_a_shipped_one():
    brought = Own()
    brought.bring_line(own_line())
    own, shipped = brought.division(OWN_LINE), brought.division("2025-08-21")
    assert (own.shipped, own.band_km, own.line) == (False, None, OWN_LINE)
    assert list(own.pieces) == list(shipped.pieces)
    for zone, piece in own.pieces.items():
        assert piece.area_km2 == pytest.approx(shipped.pieces[zone].area_km2, abs=0.01)
        assert piece.unsure_km2 == 0


def test_nothing_of_an_own_line_is_kept_when_the_session_is_gone():
    brought = Own()
    brought.bring_line(own_line())
    division = brought.division(OWN_LINE)
    scene_of(PLAN, division)
    ground_of(division)
    contents_of(division)
    ledger(PLAN, division)
    minimap(division)
    movement_between(brought.division("2025-11-21"), division)
    brought.shapes(division)
    alive = weakref.ref(division)
    del brought, division
    gc.collect()
    assert alive() is None


def test_an_own_line_is_sent_to_the_map_with_what_it_divides_only():
    brought = Own()
    brought.bring_line(own_line())
    division = brought.division(OWN_LINE)
    sent = brought.shapes(division)
    assert set(sent["detail"]) == {
        zone for zone, piece in division.pieces.items() if piece.territory in division.divided
    }
    assert set(sent["overview"]) == set(sent["detail"])
    assert "territories" not in sent
    assert brought.shapes(division) is sent
    other = divide(OURS, own_line("2024-11-21"), load_places())
    assert shapes_for_map(other, None)["key"] != sent["key"]


def test_own_outlines_go_with_the_side_that_holds_the_land_beside_them():
    outlines = with_sea()
    line = carried_over(load_line("2025-11-21"), outlines, OURS)
    pieces = divide(outlines, line, load_places()).pieces
    assert "UA-43-ukraine" not in pieces
    crimea = gpd.GeoSeries([outlines.geometry["UA-43"]], crs=outlines.crs).to_crs(EQUAL_AREA)
    assert pieces["UA-43-russia"].area_km2 == pytest.approx(crimea.area.sum() / 1e6, rel=1e-6)
    shipped = shipped_pieces()
    for zone in shipped:
        if not zone.startswith(("UA-43", "UA-65", "UA-40")):
            assert pieces[zone].area_km2 == pytest.approx(shipped[zone].area_km2, rel=1e-4)


def test_sea_along_a_divided_coast_goes_with_the_shore_it_lies_along():
    outlines = with_sea("UA-14", 5_000)
    line = carried_over(load_line("2025-11-21"), outlines, OURS)
    pieces = divide(outlines, line, load_places()).pieces
    shipped = shipped_pieces()
    assert pieces["UA-14-ukraine"].area_km2 == pytest.approx(
        shipped["UA-14-ukraine"].area_km2, rel=0.01
    )
    assert pieces["UA-14-russia"].area_km2 > shipped["UA-14-russia"].area_km2 + 300


def test_other_outlines_remove_the_line_that_was_cut_to_those_before():
    brought = Own()
    brought.bring_line(own_line(), "a file")
    brought.division(OWN_LINE)
    brought.bring_outlines(with_sea(), "another")
    assert (brought.line, brought.line_file) == (None, None)
    assert brought.divisions == {}
    division = brought.division("2025-11-21")
    assert not division.shipped
    sent = brought.shapes(division)
    assert set(sent["detail"]) == set(division.pieces)
    assert set(sent["territories"]["overview"]) == set(OURS.index)
    brought.bring_outlines(None)
    assert brought.division("2025-11-21").shipped


@pytest.mark.parametrize("page", ["", "clauses", "towns", "ledger", "timeline", "sources"])
def test_every_page_can_be_read_with_an_own_line(page):
    app = opened(territory="UA-14", held_by="ukraine", town="Kramatorsk")
    app.session_state["own"] = Own(line=own_line(), line_file="a file")
    app.query_params["line"] = OWN_LINE
    app = app.switch_page(f"pages/{page}.py").run() if page else app.run()
    assert not app.exception
    if page in ("", "towns", "ledger", "sources"):
        assert re.search("your line", texts(app), re.IGNORECASE)
