"""What town is looked for: typed, linked to, or clicked on the map."""

from __future__ import annotations

from dataclasses import replace

from pages.parts.search_box import search_box
from pages.parts.speech import _
from pages.parts.state import current_view, go_to
from pages.parts.view import View


def town_search_box(view: View) -> None:
    """The box for a name or coordinates; a link or a click on the map fills it too."""
    example = _("A town, or coordinates: Kramatorsk; Бахмут; 48.59, 38.00")
    search_box("town_search", view.town, _("Look up a town"), example, _look_up)


def _look_up(text: str | None) -> None:
    go_to(replace(current_view(), town=text))


def picked_town(view: View, picked: str | None) -> View:
    """``view`` at the place that was clicked on the map, or at another one of the same name."""
    kind, _sep, what = (picked or "").partition(":")
    return replace(view, town=what) if kind in ("point", "town") and what else view
