"""The page of towns without a browser: answers, doubt, namesakes, lists."""

from __future__ import annotations

import pytest

from geo.division import load_division
from geo.lookup import lookup
from geo.plan import DEFAULT_PLAN, load_plan
from pages.parts import often, speech
from pages.parts.link import read_view
from pages.parts.town_answer import told, where
from pages.parts.town_search import picked_town
from serving.settings import Settings
from tests.test_pages import opened, texts

PLAN = load_plan(DEFAULT_PLAN)
LINE = load_division(PLAN.line)


@pytest.fixture(autouse=True)
def english_again():
    yield
    speech.speak("en")


def town_page(town: str, **parameters: str):
    app = opened(town=town, **parameters).switch_page("pages/towns.py").run()
    assert not app.exception
    return app


@pytest.mark.parametrize(
    ("town", "name", "status"),
    [
        ("Avdiivka", "Avdiivka", "Ceded"),
        ("Sloviansk", "Sloviansk", "Demilitarized"),
        ("Слов'янськ", "Sloviansk", "Demilitarized"),
        ("Краматорск", "Kramatorsk", "Demilitarized"),
        ("Sevastopol", "Sevastopol", "Ceded"),
        ("Luhansk", "Luhansk", "Ceded"),
        ("Kiev", "Kyiv", "Not addressed"),
        ("48.7389, 37.5848", "48.73890, 37.58480", "Demilitarized"),
    ],
)
def test_a_town_is_answered_with_its_status(town, name, status):
    body = texts(town_page(town))
    answer = body[body.index("panel-status") :]
    assert f"<h2 data-name>{name}</h2>" in answer
    assert f">{status}</strong>" in answer[: answer.index("<h2")]


def test_near_the_line_both_answers_are_given_and_no_side():
    body = texts(town_page("Pokrovsk"))
    answer = body[body.index("panel-status") : body.index("Who held it, date by date")]
    assert "Too close to say" in answer
    assert "too near to say from the line which side held it" in answer
    assert "DeepStateMap.Live had it as Russian-held that day." in answer
    assert "Donetsk Oblast, the part Russia holds" in answer
    assert "Donetsk Oblast, the part Ukraine holds" in answer
    assert "<strong" not in answer


def test_who_held_it_on_every_date_is_told_as_the_source_has_it():
    body = texts(town_page("Kramatorsk"))
    assert body.count("Not Russian-held") >= 8
    assert "As mapped by DeepStateMap.Live on each date" in body


def test_namesakes_are_told_apart_and_can_be_asked_for():
    body = texts(town_page("Ivanivka"))
    assert "Others of that name" in body
    others = body[body.index("Others of that name") :]
    assert others.count("Raion") >= 5


def test_outside_ukraine_is_said():
    assert "This lies outside Ukraine" in texts(town_page("55.75, 37.62"))


@pytest.mark.parametrize(
    "town", ["<img src=x onerror=alert(1)>", "x" * 10_000, "\u202eкиїв\x00", "' OR 1=1 --"]
)
def test_hostile_names_are_never_markup(town):
    app = town_page(town)
    assert "<img src=x" not in texts(app)


def test_typing_looks_up_and_the_link_follows():
    app = opened().switch_page("pages/towns.py").run()
    app.text_input(key="town_search").input("Lyman").run()
    assert not app.exception
    assert "<h2 data-name>Lyman</h2>" in texts(app)


def test_a_click_on_the_map_is_a_place():
    view = read_view({})
    assert picked_town(view, "point:48.59,38.0").town == "48.59,38.0"
    assert picked_town(view, "zone:UA-14-ukraine").town is None


def test_answers_are_told_in_the_language_spoken():
    (answer, *_) = lookup("Краматорськ", PLAN, LINE)
    speech.speak("uk")
    assert "утримувала Україна" in told(answer, PLAN.line)
    assert where(answer).endswith("Донецька область")
    speech.speak("zh")
    assert "由乌克兰控制" in told(answer, PLAN.line)


def test_a_pasted_list_gives_every_row_back():
    app = opened().switch_page("pages/towns.py").run()
    app.text_area(key="town_list_text").input(
        "Kramatorsk\nIvanivka\nNowhereville\n55.75, 37.62"
    ).run()
    assert not app.exception
    table = app.dataframe[0].value
    assert list(table["Match"]) == ["Found", "Several of that name", "Not known", "Outside Ukraine"]
    assert table["Asked for"].iloc[0] == "Kramatorsk"


def test_a_list_that_is_too_long_is_refused_in_a_sentence():
    app = opened().switch_page("pages/towns.py").run()
    app.text_area(key="town_list_text").input("Kyiv\n" * 10_001).run()
    assert not app.exception
    assert "This list cannot be answered" in texts(app)


def test_many_lists_in_a_row_are_put_off_with_a_sentence_and_the_last_one_stays(monkeypatch):
    monkeypatch.setattr(often, "current_settings", lambda: Settings(lists_per_minute=2))
    app = town_page("")
    box = app.text_area(key="town_list_text")
    for town in ("Lviv", "Sumy"):
        box.input(f"Kyiv\n{town}").run()
        assert len(app.dataframe) == 1
    app.run()
    assert len(app.dataframe) == 1, "the same list again costs nothing"
    box.input("Kyiv\nOdesa").run()
    assert len(app.dataframe) == 0
    assert "Ask for this one again in" in texts(app)
    assert box.value == "Kyiv\nOdesa"
