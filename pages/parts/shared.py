"""Parts of pages that are the same for all who look at shipped land under a shipped plan.

A crowd that follows one link asks for the same again and again: each is made once and kept. What a
reader typed stands in the links of a part as well, so nothing is kept for those who have typed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps

from geo.division import load_division
from geo.plan import Language
from pages.parts.link import read_view
from pages.parts.own import own
from pages.parts.scene import Scene, scene_of
from pages.parts.speech import language, speak
from pages.parts.view import View

MOST_KEPT = 256
"""Of each part; a large one takes some 100 KB."""

Part = Callable[[View, Scene], str]
"""Makes a part of a page as HTML, in the language spoken."""


def shared(part: Part) -> Part:
    """``part``, made once for a link and a language where nothing of it is the reader's own."""

    @lru_cache(maxsize=MOST_KEPT)
    def made(parameters: tuple[tuple[str, str], ...], spoken: Language) -> str:
        speak(spoken)
        view = read_view({name: [value] for name, value in parameters})
        return part(view, scene_of(view.plan, load_division(view.line)))

    @wraps(part)
    def kept(view: View, scene: Scene) -> str:
        typed = view.search or view.town
        if scene.shipped and own().plan is None and not typed:
            return made(tuple(view.parameters().items()), language())
        return part(view, scene)

    return kept
