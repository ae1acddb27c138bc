"""What two plans differ in: a sentence, figures, a table and the clauses, as HTML."""

from __future__ import annotations

from typing import Any

from geo.comparison import FACTS, Comparison, Part, Total
from geo.people import shared
from geo.statuses import STATUSES
from pages.parts.compare_clauses import (
    clauses_of_land,
    clauses_of_place,
    clauses_of_places,
    paired,
    telling_clauses,
)
from pages.parts.compare_view import chosen_parts
from pages.parts.compare_words import FACT_NAMES, fact_rows, land_name, side_titles
from pages.parts.land_rows import look_of
from pages.parts.ledger_figures import METHODS, shown, span, with_range
from pages.parts.render import render
from pages.parts.speech import _, ngettext, number
from pages.parts.view import View
from pages.parts.words import SIDES


def legend(found: Comparison) -> str:
    """The statuses that are on either map, each with its swatch."""
    there = {answer.status for part in found.parts for answer in (part.left, part.right)}
    looks = [
        look_of({"status": status, "held_by": "Russia", "clauses": (), "certainty": None})
        for status in STATUSES
        if status in there
    ]
    return render("compare_legend.html", looks=looks, moved=found.two_lines)


def lead(found: Comparison) -> str:
    """How much land would fare differently, how many people live there, and in what it differs."""
    total = found.total(found.different)
    in_what = [(fact, found.differing_in(fact)) for fact in FACTS]
    return render(
        "compare_lead.html",
        sides=side_titles(found),
        differs=bool(found.different),
        area=_area(total),
        people=shown(total.people, "people"),
        settlements=_settlements(total.settlements),
        years=_(" and ").join(map(str, total.years)),
        estimated=any(part.people.method != "official" for part in found.different),
        in_what=[
            {"name": _(FACT_NAMES[fact]), "area": _area(found.total(parts))}
            for fact, parts in in_what
            if parts
        ],
        same=shown(round(found.total(found.same).area_km2), "area"),
        two_lines=found.two_lines,
        measured=total.area is not None,
        unplaced=_unplaced(total.unplaced),
    )


def _area(total: Total) -> str:
    return with_range(shown(round(total.area_km2), "area"), total.area)


def _settlements(count: int) -> str:
    text = ngettext("{count} settlement", "{count} settlements", count)
    return text.format(count=number(count))


def _unplaced(count: int) -> str:
    if not count:
        return ""
    text = ngettext(
        "{count} settlement of these oblasts lies in a raion that a line cuts. Where exactly is"
        " not known here, so it is not counted.",
        "{count} settlements of these oblasts lie in raions that a line cuts. Where exactly is"
        " not known here, so they are not counted.",
        count,
    )
    return text.format(count=number(count))


def table(view: View, found: Comparison) -> str:
    """One row a piece of land that differs, most land first."""
    wholes = _whole_km2(found)
    chosen = chosen_parts(view, found)
    rows = [
        {**_row(part, found), "area": number(km2), "chosen": part in chosen}
        for part, km2 in zip(found.different, wholes, strict=True)
    ]
    return render("compare_table.html", view=view, rows=rows, sides=side_titles(found))


def _whole_km2(found: Comparison) -> list[int]:
    """Whole square kilometres that add up to what the sentence above the table says."""
    areas = [part.area_km2 for part in found.different]
    return shared(round(sum(areas)), areas) if areas else []


def _row(part: Part, found: Comparison) -> dict[str, Any]:
    total, method = found.total([part]), METHODS[part.people.method]
    return {
        "pick": f"zone:{part.zones[0]}",
        "name": land_name(part, found),
        "holders": [_(SIDES[answer.held_by]) for answer in (part.left, part.right)],
        "moved": part.moved,
        "span": span(total.area) if total.area else "",
        "people": number(part.people.count),
        "method": _("{year}, {method}").format(year=part.people.year, method=_(method)),
        "settlements": number(part.settlements),
        "facts": [fact for fact in fact_rows(part) if fact["fact"] != "holder"],
    }


def selected(view: View, found: Comparison) -> str:
    """What both sides say of the land that is selected on the maps."""
    parts = chosen_parts(view, found)
    cards = [
        {
            **_row(part, found),
            "area": part.area_km2,
            "facts": fact_rows(part),
            "same": not part.differs,
            "pairs": paired(
                found.left, telling_clauses(part.left), found.right, telling_clauses(part.right)
            ),
        }
        for part in sorted(parts, key=lambda part: (not part.differs, -part.area_km2))
    ]
    place = clauses_of_place(found, view.place) if view.place else None
    return render(
        "compare_selected.html", view=view, cards=cards, place=place, sides=side_titles(found)
    )


def clauses(view: View, found: Comparison) -> str:
    """The deciding clauses of all land, sites and rivers that differ, side by side."""
    return render(
        "compare_clauses.html",
        view=view,
        groups=clauses_of_land(found),
        places=clauses_of_places(found),
        sides=side_titles(found),
    )
