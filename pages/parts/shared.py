"""Parts of pages that are the same for all who look at shipped land under a shipped plan.

A crowd that follows one link asks for the same again and again: each is made once and kept.
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

Part = Callable[[View, Scene], str]
"""Makes a part of a page as HTML, in the language spoken."""


def shared(part: Part) -> Part:
    """``part``, made once for a link and a language where nothing of it is the reader's own."""

    @lru_cache(maxsize=1024)
    def made(parameters: tuple[tuple[str, str], ...], spoken: Language) -> str:
        speak(spoken)
        view = read_view({name: [value] for name, value in parameters})
        return part(view, scene_of(view.plan, load_division(view.line)))

    @wraps(part)
    def kept(view: View, scene: Scene) -> str:
        if scene.shipped and own().plan is None:
            return made(tuple(view.parameters().items()), language())
        return part(view, scene)

    return kept
