"""Background, timeline and the guided tour without a browser."""

from __future__ import annotations

import pytest

from geo.background import load_background
from geo.timeline import load_timeline
from geo.tour import load_tour
from pages.parts import speech
from pages.parts.link import read_view
from pages.parts.view import pick
from tests.test_pages import in_link, opened, texts


def page(name: str, **parameters: str):
    app = opened(**parameters).switch_page(f"pages/{name}.py").run()
    assert not app.exception
    return app


def test_the_background_has_every_item_with_its_sources():
    body = texts(page("background"))
    for item in load_background().items:
        assert f'id="{item.id}"' in body
    assert "address is not confirmed" in body or "not confirmed" in body


def test_contested_statements_name_who_said_them():
    body = texts(page("background"))
    assert "Said by:" in body


def test_the_timeline_has_every_event_and_says_how_far_it_reaches():
    body = texts(page("timeline"))
    assert body.count('<article class="event"') == len(load_timeline().events)
    assert "known until 5 March 2026" in body


def test_switches_narrow_the_timeline():
    app = page("timeline")
    app.pills(key="timeline_actors").select("Europe").run()
    wanted = [event for event in load_timeline().events if "Europe" in event.actors]
    assert texts(app).count('<article class="event"') == len(wanted) > 0


@pytest.mark.parametrize("number", range(1, 8))
def test_a_step_of_the_tour_is_a_link(number):
    body = texts(opened(step=str(number)))
    assert f"Step {number} of 7" in body
    assert load_tour().steps[number - 1].title["en"] in body
    assert "{" not in body[body.index("Step ") : body.index('class="steps"')]


def test_a_step_shows_its_layers_and_leaving_the_tour_brings_all_back():
    view = pick(read_view({}), "step:2")
    assert set(view.layers) == set(load_tour().steps[1].layers)
    assert read_view({"step": ["2"]}).layers == view.layers
    left = pick(view, "overview")
    assert left.step is None
    assert left == read_view({})


def test_a_step_that_does_not_exist_gets_a_notice():
    app = opened(step="99")
    assert "There is no step “99”; the tour has 7 steps." in texts(app)


@pytest.mark.parametrize("lang", ["uk", "zh"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("clauses", "What the text does not say"),
        ("background", "On this page"),
        ("timeline", "The line of this day"),
        ("sources", "Whose borders"),
    ],
)
def test_a_page_keeps_the_language_of_the_link(name, words, lang):
    app = page(name, lang=lang)
    assert in_link(app, "lang") == lang
    speech.speak(lang)
    translated = speech.gettext(words)
    speech.speak("en")
    assert translated in texts(app)
    assert words not in texts(app)


def test_the_language_picker_changes_the_page_and_the_link():
    app = opened()
    app.selectbox(key="language_picker").select("uk").run()
    assert not app.exception
    assert in_link(app, "lang") == "uk"
    assert "лінія зіткнення" in texts(app).lower() or "лінії зіткнення" in texts(app)
