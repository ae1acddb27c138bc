"""Parts of pages made once for all who look at the same, and anew for what is a reader's own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace

import pytest

from geo.division import load_division
from geo.plan import DEFAULT_PLAN, load_plan
from pages.parts import shared as module
from pages.parts.link import read_view
from pages.parts.own import Own
from pages.parts.panel import panel
from pages.parts.scene import Scene, scene_of
from pages.parts.shared import shared
from pages.parts.speech import LANGUAGES, language, speak
from pages.parts.view import View
from pages.parts.zone_table import method_note, zone_table
from tests.test_pages import opened, texts


class Counted:
    """A part of a page that says what it was made for, and knows how often it was made."""

    def __init__(self):
        self.made: list[str] = []

    def __call__(self, view: View, scene: Scene) -> str:
        self.made.append(f"{language()} {view.parameters()} {len(scene.zones)}")
        return self.made[-1]


@pytest.fixture
def part():
    return Counted()


def own_plan():
    return load_plan(DEFAULT_PLAN).model_copy(update={"id": "own", "kind": "own"})


def asked(part, spoken="en", **parameters: str) -> str:
    """What another reader gets who follows a link."""

    def run() -> str:
        speak(spoken)
        view = read_view({name: [value] for name, value in parameters.items()})
        html = part(view, scene_of(view.plan, load_division(view.line)))
        assert language() == spoken
        return html

    return copy_context().run(run)


def test_two_readers_of_a_link_get_what_was_made_once(part):
    kept = shared(part)
    first = asked(kept, territory="UA-14", held_by="ukraine")
    assert asked(kept, held_by="ukraine", territory="UA-14") == first
    assert part.made == [first]


def test_a_link_that_shows_the_same_otherwise_worded_is_the_same(part):
    kept = shared(part)
    assert asked(kept) == asked(kept, plan=DEFAULT_PLAN, utm_source="letter")
    assert len(part.made) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"territory": "UA-23"},
        {"plan": "us-free-zone-2025-12"},
        {"line": "2026-08-21"},
        {"layers": "none"},
        {"clause": "21"},
    ],
)
def test_another_link_gets_another(part, other):
    kept = shared(part)
    assert asked(kept) != asked(kept, **other)
    assert len(part.made) == 2


def test_each_language_gets_its_own_and_all_stay(part):
    kept = shared(part)
    made = [asked(kept, spoken) for spoken in LANGUAGES]
    assert [text.split()[0] for text in made] == list(LANGUAGES)
    assert [asked(kept, spoken) for spoken in LANGUAGES] == made
    assert part.made == made


def test_readers_of_two_languages_at_once_hear_each_their_own(part):
    kept = shared(part)
    spoken = [name for name in LANGUAGES for _ in range(20)]
    with ThreadPoolExecutor(8) as readers:
        said = list(readers.map(lambda name: asked(kept, name), spoken))
    assert [text.split()[0] for text in said] == spoken


def test_whoever_has_a_plan_of_their_own_gets_nothing_that_is_kept(part, monkeypatch):
    kept = shared(part)
    shown = asked(kept)
    monkeypatch.setattr(module, "own", lambda: Own(plan=own_plan()))
    assert [asked(kept), asked(kept)] == [shown, shown]
    assert len(part.made) == 3


@pytest.mark.parametrize("name", ["q", "town"])
def test_nothing_is_kept_for_whoever_has_typed(part, name):
    kept = shared(part)
    assert asked(kept, **{name: "port"}) == asked(kept, **{name: "port"})
    assert len(part.made) == 2


def test_nothing_is_kept_of_a_plan_or_land_that_is_not_shipped(part):
    kept = shared(part)
    division = load_division("2025-11-21")
    view = View(plan=own_plan(), line=division.line)
    theirs = replace(division, shipped=False)
    scenes = [scene_of(view.plan, division), scene_of(load_plan(DEFAULT_PLAN), theirs)]
    for scene in scenes * 2:
        assert not scene.shipped
        assert kept(view, scene) == part.made[-1]
    assert len(part.made) == 4


def test_a_part_keeps_its_name():
    assert (panel.__name__, zone_table.__name__) == ("panel_of", "zone_table")


@pytest.mark.parametrize("made", [panel, zone_table, method_note])
@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"territory": "UA-14", "held_by": "ukraine"},
        {"territory": "UA-14", "line": "2026-08-21"},
        {"place": "zaporizhzhia-npp"},
        {"clause": "21(d)", "lang": "uk"},
        {"step": "3"},
        {"layers": "ceded", "beside": "us-free-zone-2025-12"},
    ],
)
def test_what_is_kept_is_what_would_be_made(made, parameters):
    spoken = parameters.get("lang", "zh")
    assert asked(made, spoken, **parameters) == asked(made.__wrapped__, spoken, **parameters)


def test_a_page_after_one_in_another_language_is_in_its_own():
    english, ukrainian = (texts(opened(lang=name, territory="UA-14")) for name in ("en", "uk"))
    assert "The plan treats its parts differently" in english
    assert "The plan treats its parts differently" not in ukrainian
    assert texts(opened(lang="en", territory="UA-14")) == english
