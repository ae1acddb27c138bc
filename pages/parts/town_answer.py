"""What the plan does to a town, how sure that is, and others of its name, for the page of towns."""

from __future__ import annotations

from typing import Any

from geo.lookup import Answer, lookup
from geo.statuses import LOOKS
from geo.territories import territory_facts
from pages.parts import words
from pages.parts.clause_rows import clause_row
from pages.parts.render import href, render
from pages.parts.speech import _, day, language, named, number
from pages.parts.view import View

MOST_OTHERS = 12
"""So many places of the same name are listed; the rest are found by adding their raion."""

VERDICTS = {
    "Russian-held": words.N_("Russian-held"),
    "Ukrainian-held": words.N_("Ukrainian-held"),
    "too close to say": words.N_("Too close to say"),
}


def answers_for(view: View) -> list[Answer]:
    """What is found for the town that the link names, the best first."""
    return lookup(view.town, view.plan, view.line) if view.town else []


def point_of_view(answers: list[Answer]) -> list[float] | None:
    """Latitude and longitude of the answer that is shown."""
    if not answers or answers[0].lat is None or answers[0].lon is None:
        return None
    return [answers[0].lat, answers[0].lon]


def town_panel(view: View, answers: list[Answer]) -> str:
    """The answer for the best match, and links to the others, as HTML."""
    return render(
        "town.html",
        view=view,
        town=view.town,
        place=_place(view, answers[0]) if answers else None,
        others=[_other(view, other) for other in answers[1 : MOST_OTHERS + 1]],
    )
