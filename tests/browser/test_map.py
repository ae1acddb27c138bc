"""The map as a reader uses it, with every outside request refused."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

SEVEN = {
    "UA-14-ukraine": (
        "Donetsk Oblast, the part Ukraine holds",
        "Demilitarized",
        ["21(a)", "21(d)"],
    ),
    "UA-14-russia": ("Donetsk Oblast, the part Russia holds", "Ceded", ["21(a)"]),
    "UA-09-russia": ("Luhansk Oblast, the part Russia holds", "Ceded", ["21(a)"]),
    "UA-43-russia": ("Autonomous Republic of Crimea", "Ceded", ["21(a)"]),
    "UA-23-russia": (
        "Zaporizhzhia Oblast, the part Russia holds",
        "Frozen along the line",
        ["21(b)"],
    ),
    "UA-65-russia": ("Kherson Oblast, the part Russia holds", "Frozen along the line", ["21(b)"]),
    "UA-63-russia": ("Kharkiv Oblast, the part Russia holds", "Given up by Russia", ["21(c)"]),
}


def test_the_whole_map_is_drawn_without_another_host(open_page):
    reader = open_page()
    drawn = reader.drawn()
    assert sum(n for name, n in drawn.items() if name.startswith("territory territory-")) == 27
    statuses = {name.split()[1] for name in drawn if name.startswith("zone ")}
    assert {"zone-ceded", "zone-demilitarized", "zone-frozen_line", "zone-relinquished"} <= statuses
    assert drawn["line-of-contact"] == 1
    assert drawn["border-recognised"] == 1
    assert reader.paths(".site-zaporizhzhia-npp") == 1
    assert reader.errors == []


def test_the_border_is_the_heaviest_line_and_solid(open_page):
    reader = open_page()
    style = """(s) => { const st = getComputedStyle(document.querySelector(s));
        return [parseFloat(st.strokeWidth), st.strokeDasharray]; }"""
    border, dashes = reader.frame.evaluate(style, ".border-recognised")
    assert dashes == "none"
    for other in (".territory", ".line-of-contact", ".neighbour-border", ".coast"):
        assert border > reader.frame.evaluate(style, other)[0]
    assert reader.frame.evaluate(style, ".line-of-contact")[1] != "none"


def test_seven_clicks_open_seven_clauses_and_the_map_stays(open_page):
    reader = open_page()
    reader.mark_frame()
    before = reader.camera()
    for zone, (name, status, clauses) in SEVEN.items():
        reader.click_zone(zone)
        reader.expect_heading(name)
        expect(reader.panel.locator(".panel-status strong")).to_have_text(status)
        numbers = reader.panel.locator(".clauses .clause-number").all_inner_texts()
        assert set(clauses) <= set(numbers)
        assert not {"21(a)", "21(b)", "21(c)", "21(d)"} & (set(numbers) - set(clauses))
        for clause in clauses:
            row = reader.panel.locator(".clause", has_text=clause).first
            assert row.locator(".sources a").count() >= 1
        reader.frame.wait_for_selector(f"path.zone.selected[data-zone={zone}]", state="attached")
        assert reader.paths("path.zone.selected") == 1
    assert reader.camera() == before
    assert reader.frame_is_the_same()
    assert reader.errors == []


def test_what_is_inferred_is_called_inferred(open_page):
    reader = open_page()
    reader.click_zone("UA-63-russia")
    reader.expect_heading("Kharkiv Oblast, the part Russia holds")
    expect(reader.panel.locator(".sureness")).to_have_text("Inferred")


def test_the_luhansk_pocket_says_that_no_withdrawal_clause_names_it(open_page):
    reader = open_page()
    reader.zoom_to("UA-09-ukraine")
    reader.click_zone("UA-09-ukraine")
    reader.expect_heading("Luhansk Oblast, the part Ukraine holds")
    expect(reader.panel).to_contain_text("No withdrawal or buffer clause names")


def test_both_figures_for_the_withdrawal_zone_stand_side_by_side(open_page):
    reader = open_page("/?territory=UA-14&held_by=ukraine")
    text = reader.panel.inner_text()
    assert "by the line of 21 November 2025" in text
    assert "nearly 5,000 km²" in text
    assert "20 November 2025" in text
    assert "AFP" in text


def test_an_unaffected_oblast_says_so_and_names_the_points_for_the_whole_country(open_page):
    reader = open_page()
    reader.click_zone("UA-46-ukraine")
    reader.expect_heading("Lviv Oblast")
    expect(reader.panel).to_contain_text("names this land")
    expect(reader.panel).to_contain_text("Points that apply to the whole country")
    assert reader.panel.locator(".points li").count() > 3


@pytest.mark.parametrize("layer", ["ceded", "demilitarized", "frozen_line", "relinquished"])
def test_a_switch_changes_only_its_own_paths(open_page, layer):
    reader = open_page()
    reader.mark_frame()
    camera, before = reader.camera(), reader.drawn()
    reader.switch(layer)
    reader.frame.wait_for_function(
        "(s) => document.querySelectorAll(s).length === 0", arg=f"path.zone-{layer}"
    )
    own = {name for name in before if f"zone-{layer} " in name}
    assert own
    assert reader.drawn() == {name: n for name, n in before.items() if name not in own}
    reader.switch(layer)
    reader.frame.wait_for_selector(f"path.zone-{layer}", state="attached")
    assert reader.drawn() == before
    assert reader.camera() == camera
    assert reader.frame_is_the_same()


def test_with_a_layer_off_the_land_below_still_answers(open_page):
    reader = open_page("/?layers=demilitarized,line_of_contact")
    center = reader.frame.evaluate(
        "(() => { const m = territoryMapInstance.map; "
        "const p = m.latLngToContainerPoint([48.9, 39.0]); return [p.x, p.y]; })()"
    )
    reader.click_map(*center)
    reader.expect_heading("Luhansk Oblast")


def test_the_line_of_contact_has_a_switch_of_its_own(open_page):
    reader = open_page()
    reader.switch("line_of_contact")
    reader.frame.wait_for_function("document.querySelectorAll('.line-of-contact').length === 0")
    assert reader.paths("path.zone-ceded") > 0


def test_sea_and_foreign_land_clear_nothing(open_page):
    reader = open_page()
    reader.click_zone("UA-14-ukraine")
    reader.expect_heading("Donetsk Oblast, the part Ukraine holds")
    for lat, lon in ((43.6, 33.0), (53.0, 37.0)):
        x, y = reader.frame.evaluate(
            "([lat, lon]) => {"
            " const p = territoryMapInstance.map.latLngToContainerPoint([lat, lon]);"
            " return [Math.max(5, p.x), Math.max(5, p.y)]; }",
            [lat, lon],
        )
        reader.click_map(x, y)
    reader.page.wait_for_timeout(400)
    reader.expect_heading("Donetsk Oblast, the part Ukraine holds")
    assert reader.errors == []


def test_the_plant_opens_point_19_and_the_dnipro_point_23(open_page):
    reader = open_page()
    reader.frame.click(".site-zaporizhzhia-npp")
    reader.expect_heading("Zaporizhzhia Nuclear Power Plant")
    expect(reader.panel.locator(".clause-number").first).to_have_text("19")
    reader.page.goto(f"{reader.address}/?place=dnipro")
    reader.expect_heading("Dnipro")
    expect(reader.panel.locator(".clause-number").first).to_have_text("23")


def test_the_picker_does_by_keyboard_what_a_click_does(open_page):
    reader = open_page()
    reader.page.locator(".st-key-territory_picker input").focus()
    reader.page.keyboard.type("Kharkiv Oblast, the part R")
    reader.page.keyboard.press("Enter")
    reader.expect_heading("Kharkiv Oblast, the part Russia holds")
    reader.frame.wait_for_selector("path.selected[data-zone=UA-63-russia]", state="attached")


def test_a_zone_can_be_picked_on_the_map_by_keyboard(open_page):
    reader = open_page()
    reader.frame.focus("path[data-zone=UA-14-ukraine]")
    reader.page.keyboard.press("Enter")
    reader.expect_heading("Donetsk Oblast, the part Ukraine holds")


def test_back_and_forward_lead_through_the_views(open_page):
    reader = open_page()
    reader.mark_frame()
    reader.click_zone("UA-14-ukraine")
    reader.expect_heading("Donetsk Oblast, the part Ukraine holds")
    reader.page.wait_for_url("**territory=UA-14**")
    reader.click_zone("UA-09-russia")
    reader.expect_heading("Luhansk Oblast, the part Russia holds")
    reader.page.wait_for_url("**territory=UA-09**")
    reader.switch("ceded")
    reader.frame.wait_for_function("document.querySelectorAll('.zone-ceded').length === 0")
    reader.page.wait_for_url("**layers=**")
    reader.page.go_back()
    reader.frame.wait_for_selector(".zone-ceded", state="attached")
    expect(reader.page.locator(".st-key-layer_ceded input")).to_be_checked()
    reader.page.go_back()
    reader.expect_heading("Donetsk Oblast, the part Ukraine holds")
    reader.page.go_back()
    reader.expect_heading("Click any piece of land")
    reader.page.go_forward()
    reader.expect_heading("Donetsk Oblast, the part Ukraine holds")
    reader.frame.wait_for_selector("path.selected[data-zone=UA-14-ukraine]", state="attached")
    assert reader.frame_is_the_same()


def test_a_link_that_is_put_anew_while_it_is_pressed_is_followed(open_page):
    reader = open_page("/?territory=UA-14&held_by=ukraine")
    reader.wait_until_links_are_heard()
    reader.wait_until_it_rests()
    link = reader.panel.locator(".clause-number a", has_text="21(a)")
    link.scroll_into_view_if_needed()
    box = link.bounding_box()
    reader.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    reader.page.mouse.down()
    place = reader.panel.locator("[data-testid=stHtml]")
    place.evaluate("(place) => { place.innerHTML = place.innerHTML; }")
    reader.page.mouse.up()
    expect(reader.panel.locator(".panel-status")).to_contain_text("Clause 21(a)")


def test_back_before_the_script_has_said_anything_brings_a_layer_back(open_page):
    reader = open_page("/?territory=UA-14")
    reader.switch("demilitarized")
    reader.page.wait_for_url("**layers=**")
    reader.switch("demilitarized")
    reader.page.wait_for_url(lambda url: "layers=" not in url)
    reader.wait_until_it_rests()
    reader.page.evaluate("() => { WebSocket.prototype.send = () => {}; }")
    reader.switch("ceded")
    reader.frame.wait_for_function("!document.querySelector('.zone-ceded')")
    reader.page.go_back()
    reader.frame.wait_for_selector(".zone-ceded", state="attached")


def test_a_map_that_gets_its_size_again_stands_exactly_where_it_stood(open_page):
    reader = open_page()
    apart = reader.frame.evaluate(
        """() => { const drawn = territoryMapInstance, {map} = drawn;
        const kept = map.unproject(map.project(map.getCenter()).add([0.36, 0.15]));
        parent.territoryCamera = {center: kept, zoom: map.getZoom()};
        drawn.fit();
        return map.project(map.getCenter()).distanceTo(map.project(kept)); }"""
    )
    assert apart < 1e-6


def test_the_address_bar_reopens_the_present_view(open_page):
    reader = open_page()
    reader.click_zone("UA-65-russia")
    reader.expect_heading("Kherson Oblast, the part Russia holds")
    reader.switch("relinquished")
    reader.frame.wait_for_function("document.querySelectorAll('.zone-relinquished').length === 0")
    reader.page.wait_for_url("**layers=**")
    link = reader.page.url.removeprefix(reader.address)
    again = open_page(link)
    again.expect_heading("Kherson Oblast, the part Russia holds")
    again.frame.wait_for_function("document.querySelectorAll('.zone-relinquished').length === 0")
    again.frame.wait_for_selector("path.selected[data-zone=UA-65-russia]", state="attached")


def test_a_clause_number_in_the_panel_opens_the_clause_and_its_land(open_page):
    reader = open_page()
    reader.mark_frame()
    reader.click_zone("UA-14-ukraine")
    reader.panel.locator(".clause-number a", has_text="21(a)").click()
    expect(reader.panel.locator(".panel-status")).to_contain_text("Clause 21(a)")
    reader.frame.wait_for_selector("path.selected[data-zone=UA-43-russia]", state="attached")
    assert reader.frame_is_the_same()


def test_the_true_outlines_are_drawn_from_zoom_7(open_page):
    reader = open_page()
    length = "document.querySelector('path[data-zone=UA-14-russia]').getAttribute('d').length"
    reader.frame.evaluate("void territoryMapInstance.map.setView([48, 38], 6.75, {animate: false})")
    coarse = reader.frame.evaluate(length)
    reader.frame.evaluate("void territoryMapInstance.map.setView([48, 38], 7, {animate: false})")
    reader.frame.wait_for_function(f"{length} > 1.3 * {coarse}")
    assert reader.paths("path.territory") == 27


def test_a_small_zone_can_be_brought_near_and_the_whole_country_again(open_page):
    reader = open_page("/?territory=UA-09&held_by=ukraine")
    far = reader.camera()
    width = "(() => document.querySelector('.zone.selected').getBoundingClientRect().width)()"
    assert reader.frame.evaluate(width) < 40
    reader.page.get_by_role("link", name="Show it on the map").click()
    reader.frame.wait_for_function(f"{width} > 100")
    reader.frame.get_by_role("button", name="Whole country").click()
    reader.frame.wait_for_function(f"{width} < 40")
    assert reader.camera() == pytest.approx(far, abs=1e-6)


def test_a_table_holds_the_same_zones(open_page):
    reader = open_page()
    rows = reader.page.locator(".st-key-zone_table tbody tr")
    assert rows.count() == reader.paths("path.zone")
    rows.filter(has_text="Zaporizhzhia Oblast, the part Ukraine holds").locator("a").click()
    reader.expect_heading("Zaporizhzhia Oblast, the part Ukraine holds")


def test_at_1400_by_900_map_and_panel_are_in_view_without_scrolling(open_page):
    reader = open_page("/?territory=UA-14&held_by=ukraine")
    for selector in (".st-key-territory_map", ".st-key-clause_panel"):
        box = reader.page.locator(selector).bounding_box()
        assert box["y"] + box["height"] <= 900
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 1400


def test_at_390_by_844_the_panel_is_directly_under_the_map_and_its_dates(open_page):
    reader = open_page("/?territory=UA-14&held_by=ukraine", width=390, height=844, has_touch=True)
    page_map = reader.page.locator(".st-key-territory_map").bounding_box()
    dates = reader.page.locator(".st-key-line_dates").bounding_box()
    picker = reader.page.locator(".st-key-territory_picker").bounding_box()
    panel = reader.panel.bounding_box()
    assert page_map["y"] < picker["y"] < panel["y"]
    assert dates["y"] - (page_map["y"] + page_map["height"]) < 40
    assert picker["y"] - (dates["y"] + dates["height"]) < 40
    assert page_map["width"] >= 380
    overflow = reader.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_follows_the_theme(open_page, scheme):
    reader = open_page(color_scheme=scheme)
    reader.frame.wait_for_function(
        "(s) => document.documentElement.dataset.mapTheme === s", arg=scheme
    )
    water = reader.frame.evaluate(
        "getComputedStyle(document.querySelector('.leaflet-container')).backgroundColor"
    )
    assert water == {"light": "rgb(214, 222, 226)", "dark": "rgb(16, 20, 23)"}[scheme]
