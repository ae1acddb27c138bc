"""The light fonts have all that the dashboard shows of the fonts that they stand for."""

from __future__ import annotations

import asyncio
import re
from functools import cache

import pytest
from fontTools.ttLib import TTFont

from geo.paths import DATA
from pages.parts.assets import FRONTEND
from serving.answers import Answer, captured
from serving.font_build import icon_names, ligatures
from serving.light_fonts import FOLDER, ICONS, LIGHT, WEEK, LightFonts, original

TEMPLATES = FRONTEND.parent / "templates"


async def no_font(scope, receive, send):
    await Answer(404, (), b"no font of ours").send(send)


def ask(path: str, method: str = "GET") -> Answer:
    scope = {"type": "http", "method": method, "path": path, "headers": []}
    return asyncio.run(captured(LightFonts(no_font), scope))


@cache
def characters(name: str, of_streamlit: bool = False) -> set[int]:
    path = original(name) if of_streamlit else FOLDER / f"{name}.woff2"
    return set(TTFont(path).getBestCmap())


def shown() -> set[int]:
    """Every character of the dashboard's own texts: pages, catalogues, data."""
    files = [
        *FRONTEND.glob("*.js"),
        *TEMPLATES.iterdir(),
        *FRONTEND.parents[1].rglob("*.py"),
        *DATA.rglob("*.po"),
        *DATA.rglob("*.yaml"),
        *(DATA / "reference").glob("*.csv"),
        *(DATA / "basemap").glob("*.geojson"),
    ]
    return {ord(char) for file in files for char in file.read_text(encoding="utf-8")}


@pytest.mark.parametrize("name", LIGHT)
def test_a_light_font_has_every_character_that_its_original_has_and_we_show(name):
    missing = (shown() & characters(name, of_streamlit=True)) - characters(name)
    assert {chr(code) for code in missing} == set()


@pytest.mark.parametrize("name", LIGHT)
def test_it_is_a_fraction_of_the_original_under_a_name_of_its_own_and_the_same_licence(name):
    path = FOLDER / f"{name}.woff2"
    assert path.stat().st_size < original(name).stat().st_size / 2
    names = TTFont(path)["name"]
    assert names.getDebugName(1).startswith("Territory")
    assert "SIL Open Font License" in names.getDebugName(13)


def test_the_icon_font_has_the_same_icons_as_streamlits_scripts_can_show():
    every = ligatures(TTFont(original(ICONS)))
    light = ligatures(TTFont(FOLDER / f"{ICONS}.woff2"))
    assert {"search", "upload", "keyboard_arrow_right"} <= icon_names()
    assert icon_names() & set(every) == icon_names() & set(light)


@pytest.mark.parametrize("name", [ICONS, *LIGHT])
def test_streamlits_path_of_a_font_answers_the_light_one(name):
    answer = ask(f"/under/static/media/{original(name).name}")
    assert answer.body == (FOLDER / f"{name}.woff2").read_bytes()
    assert answer.header("content-type") == "font/woff2"
    assert answer.header("cache-control") == WEEK


@pytest.mark.parametrize(
    "path",
    [
        "/static/media/SourceCodeVF-Upright.ttf.BjWn63N-.woff2",
        "/static/media/SourceSansVF-Upright/../../../x.woff2",
        "/static/js/index.js",
        "/clauses",
    ],
)
def test_all_else_passes(path):
    assert ask(path).body == b"no font of ours"


def test_the_style_sheet_asks_the_headline_font_for_the_one_weight_it_has():
    rules = re.findall(r"\{[^}]*Source Serif[^}]*\}", (FRONTEND / "page.css").read_text("utf-8"))
    weights = {w for rule in rules for w in re.findall(r"font-weight: (\d+)", rule)}
    assert weights == {str(LIGHT["SourceSerifVariable-Roman"]["wght"])}
