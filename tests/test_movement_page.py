"""The timeline's part on how the line moved, without a browser."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from geo.line import OWN_LINE, line_dates, load_line
from geo.movements import periods
from pages.parts import speech
from pages.parts.link import read_view
from pages.parts.movement_words import READINGS
from pages.parts.own import Own
from pages.parts.view import pick
from tests.test_pages import opened, texts
from tests.test_story_pages import page


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", html).strip()


def table(app, name: str) -> dict[str, list[str]]:
    """The rows of a table by their heads, cells without tags."""
    body = texts(app).split(f'class="zones {name}')[1].split("</table>")[0]
    rows = re.findall(r'<tr[^>]*><th scope="row">(.*?)</th>(.*?)</tr>', body, re.S)
    return {plain(head): [plain(c) for c in cells.split("</td>")][:-1] for head, cells in rows}


def choose(app, since: str, line: str):
    app.selectbox(key="movement_since").select(since)
    app.selectbox(key="movement_line").select(line).run()
    assert not app.exception
    return app


def test_it_opens_from_the_first_date_to_the_plans_own():
    app = page("timeline")
    assert app.selectbox(key="movement_since").value == "2024-11-21"
    assert app.selectbox(key="movement_line").value == "2025-11-21"
    rows = table(app, "movement-table")
    assert rows["Donetsk Oblast"] == ["2,990", "1", "+2,989", "+2,450 to +3,550", "a gain"]
    assert rows["Kherson Oblast"][4] == "cannot be told from no change"
    assert rows["Mykolaiv Oblast"] == ["0", "0", "0", "", "no change"]
    assert rows["All together"][:3] == ["4,272", "5", "+4,266"]
    assert "the ground that Russia held grew by 4,300 km²" in texts(app)


def test_other_days_change_the_table_and_the_link_to_the_map():
    app = choose(page("timeline"), "2026-05-21", "2026-08-21")
    rows = table(app, "movement-table")
    assert rows["Dnipropetrovsk Oblast"][2] == "−115"
    assert rows["All together"][4] == "cannot be told from no change"
    assert "changed by +7 km², which cannot be told from no change" in texts(app)
    assert 'data-go="map since:2026-05-21,2026-08-21"' in texts(app)
    view = pick(read_view({}), "since:2026-05-21,2026-08-21")
    assert (view.since, view.line) == ("2026-05-21", "2026-08-21")


def test_the_order_of_the_days_does_not_matter_and_the_same_day_twice_is_said():
    app = choose(page("timeline"), "2026-02-21", "2025-05-21")
    assert "From 21 May 2025 to 21 February 2026" in texts(app)
    choose(app, "2026-02-21", "2026-02-21")
    assert "Both days are the same" in texts(app)
    assert "movement-table" not in texts(app)


def test_a_link_that_compares_two_days_chooses_them():
    app = page("timeline", since="2025-05-21", line="2025-08-21")
    assert app.selectbox(key="movement_since").value == "2025-05-21"
    assert app.selectbox(key="movement_line").value == "2025-08-21"
    choose(app, "2025-05-21", "2026-08-21")
    assert table(app, "movement-table")["Sumy Oblast"][0] == "326"


def test_the_choice_outlives_another_page():
    app = choose(page("timeline"), "2025-08-21", "2026-05-21")
    app.switch_page("pages/sources.py").run()
    app.switch_page("pages/timeline.py").run()
    assert app.selectbox(key="movement_since").value == "2025-08-21"
    assert app.selectbox(key="movement_line").value == "2026-05-21"


def test_every_period_has_its_map_and_figures():
    body = texts(page("timeline")).split('class="small-maps"')[1].split("<details")[0]
    pictures = re.findall(r'src="(data:image/svg[^"]+)"', body)
    assert len(pictures) == len(periods())
    assert all(len(picture) < 12_000 for picture in pictures)
    assert len(set(pictures)) == len(periods())
    assert "311 km² gained, 304 lost" in body
    assert "21 November 2025 to 27 November 2025: 44 km² gained, 3 km² lost." in body


def test_the_table_of_periods_has_every_oblast():
    rows = table(page("timeline"), "movement-cells")
    assert len(rows) == len(periods())
    first = rows["21 Nov 2024 – 21 May 2025"]
    assert len(first) == 9
    assert first[-1].startswith("+1,815")


def bars(app) -> list[str]:
    """The net changes that the chart's text alternative tells, period by period."""
    told = app.get("vega_lite_chart")[0].proto.alt
    return re.findall(r"\d{4}: ([+−]?[\d,]+)", told)


def test_the_chart_shows_all_oblasts_or_one():
    app = page("timeline")
    assert bars(app) == ["+1,815", "+1,522", "+930", "+41", "+949", "+261", "+7"]
    app.selectbox(key="movement_where").select("UA-12").run()
    assert not app.exception
    assert bars(app) == ["0", "+14", "+119", "0", "+14", "−16", "−115"]


def test_the_size_of_the_zone_is_told_for_every_date():
    body = texts(page("timeline"))
    assert "The zone Ukraine would leave (Donetsk Oblast, the part Ukraine holds)" in body
    assert "9,300 km² on 21 Nov 2024" in body
    assert "5,300 km² on 21 Aug 2026." in body
    assert "nine of ten plausible lines give 5,790 to 6,850 km²" in body


def test_the_sizes_are_a_table_of_zones_and_dates():
    body = texts(page("timeline"))
    sizes = body[body.index('id="each-date"') :]
    rows = re.findall(r"<tr(?: class=\"status-sum\")?><th scope=\"row\">(.*?)</tr>", sizes, re.S)
    assert len(rows) == 18
    assert all(row.count("<td") == len(line_dates()) for row in rows)
    assert sizes.count("<figure>") == 9


@pytest.mark.parametrize("lang", ["uk", "zh"])
def test_it_speaks_the_language_of_the_link(lang):
    body = texts(page("timeline", lang=lang))
    speech.speak(lang)
    for words in ("How the line moved", "What each date would have changed", READINGS["unsure"]):
        assert speech.gettext(words) in body
        assert speech.gettext(words) != words
        assert words not in body
    speech.speak("en")


def test_with_a_line_of_the_readers_own_it_still_tells_of_the_shipped_ones():
    app = opened()
    app.session_state["own"] = Own(line=replace(load_line("2026-02-21"), date=OWN_LINE))
    app.query_params["line"] = OWN_LINE
    app.switch_page("pages/timeline.py").run()
    assert not app.exception
    assert app.selectbox(key="movement_line").value == line_dates()[-1]
    assert table(app, "movement-table")["All together"][2] == "+5,523"
