"""The ledger's page without a browser: tables, switches, charts, files, languages."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from geo.division import load_division
from geo.intervals import Interval
from geo.ledger import ledger
from geo.line import OWN_LINE, load_line
from geo.plan import DEFAULT_PLAN, load_plan
from pages.parts import speech
from pages.parts.charts import chart_config, edge, fill, mixed
from pages.parts.ledger_bars import bar_rows, bars_in_words
from pages.parts.ledger_figures import rounded_outwards, span
from pages.parts.ledger_flow import HEIGHT, flow_drawing, flow_in_words
from pages.parts.own import Own
from pages.parts.ribbons import draw
from tests.test_pages import opened, texts

BOOK = ledger(load_plan(DEFAULT_PLAN), load_division("2025-11-21"))


@pytest.fixture(autouse=True)
def english_again():
    yield
    speech.speak("en")


def ledger_page(**parameters: str):
    app = opened(**parameters).switch_page("pages/ledger.py").run()
    assert not app.exception
    return app


def tables(app) -> list[str]:
    return re.findall(r"<table.*?</table>", texts(app), re.DOTALL)


def numbers(cell: str) -> int:
    return int(re.sub(r"[^\d]", "", re.sub(r"<small>.*?</small>", "", cell)))


def rows_of(table: str, kind: str = "") -> list[list[str]]:
    """The number cells of each row; ``kind``: only rows of that class."""
    rows = re.findall(r"<tr([^>]*)>(.*?)</tr>", table, re.DOTALL)
    cells = [
        re.findall(r'<td class="number">(.*?)</td>', body, re.DOTALL)
        for given, body in rows
        if (f'"{kind}"' in given if kind else given == "")
    ]
    return [row for row in cells if row]


def choose(app, key: str, value: str):
    app.segmented_control(key=key).set_value(value).run()
    assert not app.exception
    return app


def test_the_page_says_in_a_sentence_what_the_plan_would_move():
    body = texts(ledger_page())
    assert "6,431 km² (5," in body
    assert "that Ukraine holds would be treated as Russian" in body
    assert "This is a proposal, not in force." in body
    assert "Millions have left since" in body
    assert "nine of ten plausible lines" in body


def test_the_table_is_a_real_one():
    table = tables(ledger_page())[0]
    assert "<caption>" in table
    assert table.count('scope="col"') == 10
    assert table.count('scope="row"') == 35 + 4 + 1  # pieces, subtotals, the total
    assert table.count('scope="rowgroup"') == 5
    assert 'data-go="map zone:UA-14-ukraine"' in table
    assert "Zaporizhzhia Nuclear Power Plant, Berdiansk" in table
    assert "Pokrovskyi" in table
    assert "2022, split by settlements" in table
    assert "2014, official figure" in table
    assert "2022, split by area" in table


@pytest.mark.parametrize("grouping", ["status", "territory"])
def test_what_is_shown_adds_up_to_the_km2_the_person_and_the_settlement(grouping):
    table = tables(choose(ledger_page(), "ledger_grouping", grouping))[0]
    pieces = rows_of(table)
    assert len(pieces) == 35
    (total,) = rows_of(table, "total")
    for column, last in ((0, 0), (2, 1), (3, 2)):
        assert sum(numbers(row[column]) for row in pieces) == numbers(total[last])
    assert numbers(total[0]) == 598_412
    assert numbers(total[1]) == 43_520_464


def test_by_clause_there_is_no_grand_total():
    app = choose(ledger_page(), "ledger_grouping", "clause")
    table = tables(app)[0]
    assert not rows_of(table, "total")
    assert "Clause 21(d): Withdrawal zone in Donetsk" in table
    assert "these sums overlap and there is no grand total" in texts(app)


def test_totals_stand_by_holder_treatment_status_and_clause():
    table = tables(ledger_page())[1]
    for words in ("Held by Russia", "Treated as Ukrainian", "Demilitarized", "Clause 21(b)"):
        assert words in table
    assert "603,540" in table
    assert "These overlap and are not added up." in table


def test_published_figures_stand_beside_ours_with_source_and_reason():
    body = texts(ledger_page())
    assert "The published nearly 5,000 km² lies below our range of 5," in body
    table = tables(ledger_page())[2]
    assert table.count("<tr>") == 16 + 1
    assert 'href="https://www.ndtv.com/' in table
    assert "Control and assessed advances" in table
    assert "Below it" in table
    assert "Inside it" in table
    assert "Above it" in table


def test_the_charts_switch_to_people():
    app = choose(ledger_page(), "ledger_unit", "people")
    assert "People by status of their land, before 2022" in texts(app)
    bars, flow = (chart.proto for chart in app.get("vega_lite_chart"))
    assert "Demilitarized · 688,506 people" in bars.alt
    assert "Held by Ukraine → Treated as Russian, Demilitarized: 688,506 people" in flow.alt


def test_charts_ask_no_other_host_for_anything():
    for chart in ledger_page().get("vega_lite_chart"):
        spec = chart.proto.spec.replace("https://vega.github.io/schema/", "")
        assert "://" not in spec
        assert '"url"' not in spec


def test_the_bars_are_described_with_their_ranges():
    rows = bar_rows(BOOK, "area")
    told = bars_in_words(rows)
    assert "Demilitarized · 6,299 km². Held by Ukraine: 6,299 km² (5," in told
    frozen = [row for row in rows if row["status"].startswith("Frozen")]
    assert [row["side"] for row in frozen] == ["Russia", "Ukraine"]
    assert frozen[1]["start"] == frozen[0]["end"]
    assert all(row["low"] <= row["end"] <= row["high"] for row in rows)


def test_the_flow_is_described():
    told = flow_in_words(flow_drawing(BOOK, "area"), "area")
    assert "Held by Ukraine → Treated as Russian, Demilitarized: 6,299 km²" in told
    assert "Held by Russia → Treated as Ukrainian, Given up by Russia: 1,698 km²" in told


def test_ribbons_are_to_scale_and_fill_the_drawing():
    drawing = flow_drawing(BOOK, "area")
    assert max(node.bottom for node in drawing.nodes) == pytest.approx(HEIGHT)
    scales = {
        round((bottom - top) / ribbon.amount, 9)
        for ribbon in drawing.ribbons
        for _x, top, bottom in ribbon.points
    }
    assert len(scales) == 1
    for side in (0, 1):
        column = sorted((n for n in drawing.nodes if n.side == side), key=lambda n: n.top)
        for above, below in pairwise(column):
            assert above.bottom < below.top


def test_ribbons_leave_out_what_nothing_flows_through():
    drawing = draw({("a", "x", "k"): 3, ("a", "y", "k"): 0}, ("ab", "xy"), 100, 10)
    assert [(node.name, node.side) for node in drawing.nodes] == [("a", 0), ("x", 1)]
    assert [ribbon.flow for ribbon in drawing.ribbons] == [("a", "x", "k")]
    assert draw({}, ("ab", "xy"), 100, 10).nodes == ()


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (5793.2, 6841.3, (5790, 6850)),
        (18.6, 303.2, (10, 310)),
        (3.2, 4.9, (3, 5)),
        (0, 9e6, (0, 9_000_000)),
    ],
)
def test_ranges_are_rounded_outwards(low, high, shown):
    found = rounded_outwards(low, high)
    assert found == shown
    assert found[0] <= low
    assert high <= found[1]


def test_a_range_is_told_or_that_it_was_not_measured():
    assert span(None) == "range not measured"
    assert span(Interval(5.0, 5.0, 5.0)) == ""
    assert span(Interval(1200.0, 1300.0, 1500.0)) == "1,200 to 1,500"


def test_on_a_line_of_the_readers_own_nothing_is_measured():
    app = opened()
    line = replace(load_line("2025-11-21"), date=OWN_LINE)
    app.session_state["own"] = Own(line=line)
    app.query_params["line"] = OWN_LINE
    app = app.switch_page("pages/ledger.py").run()
    assert not app.exception
    body = texts(app)
    assert "Counted by your line" in body
    assert "Ranges are not measured" in body
    assert "<small>range not measured</small>" in tables(app)[0]
    (total,) = rows_of(tables(app)[0], "total")
    assert "not measured" not in "".join(total)


@pytest.mark.parametrize(("language", "word"), [("uk", "км²"), ("zh", "平方公里")])
def test_every_language_is_spoken(language, word):
    body = texts(ledger_page(lang=language))
    assert word in body
    assert "Held by Russia" not in body


def test_colours_are_those_of_the_map_and_pale_where_ukraine_holds():
    assert fill("ceded", "Russia", "light") == "#8A5A8C"
    assert fill("ceded", "Ukraine", "dark") == "#3D2C42"
    assert fill("demilitarized", "Ukraine", "light") not in ("#EFA42A", "#FFFFFF")
    assert edge("frozen_line", "dark") == "#C4E7F9"
    assert mixed("#000000", "#FFFFFF", 0.5) == "#808080"


@pytest.mark.parametrize(("language", "thousands"), [("en", ","), ("uk", "\u00a0")])
def test_charts_write_numbers_as_the_language_does(language, thousands):
    speech.speak(language)
    assert chart_config("dark")["locale"]["number"]["thousands"] == thousands
