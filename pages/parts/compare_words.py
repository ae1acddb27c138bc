"""What a side of a comparison says of land, in words: status, recognition, holder, forces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from geo.answers import Answer
from geo.comparison import Comparison, Fact, Part
from geo.plan import Plan
from geo.statuses import LOOKS
from geo.territories import territory_facts
from pages.parts import words
from pages.parts.land_rows import look_of, treatment
from pages.parts.plans import plan_label
from pages.parts.speech import N_, _, named, said
from pages.parts.words import line_name, part_name

FACT_NAMES: dict[Fact, str] = {
    "status": N_("Status"),
    "recognition": N_("To be treated as"),
    "holder": N_("Held by"),
    "forces": N_("Forces and regime"),
}

LEAVE = {"Russia": N_("Russian forces leave"), "Ukraine": N_("Ukrainian forces leave")}
STAY_OUT = {
    "Russia": N_("Russian forces stay out"),
    "Ukraine": N_("Ukrainian forces stay out"),
}


@dataclass(frozen=True)
class Said:
    """One fact as a side tells it; ``look`` is the swatch of a status, ``doubt`` how unsure."""

    text: str
    look: dict[str, str] | None = None
    doubt: str = ""


def fact_rows(part: Part) -> list[dict[str, Any]]:
    """Every fact of a piece of land with what both sides say, and whether they differ."""
    facts: list[Fact] = ["status", "recognition", "forces"]
    if part.moved:
        facts.insert(0, "holder")
    return [
        {
            "fact": fact,
            "name": _(FACT_NAMES[fact]),
            "left": fact_said(part.left, fact),
            "right": fact_said(part.right, fact),
            "differs": fact in part.differs,
        }
        for fact in facts
    ]


def fact_said(found: Answer, fact: Fact) -> Said:
    """What a side says in one respect."""
    if fact == "holder":
        return Said(_(words.SIDES[found.held_by]))
    if fact == "status":
        return _status(found)
    return Said(_recognition(found) if fact == "recognition" else _forces(found))


def _status(found: Answer) -> Said:
    row = {
        "status": found.status,
        "held_by": found.held_by,
        "clauses": found.clauses,
        "certainty": found.certainty,
    }
    name = words.status_name(row)
    instead = dict.fromkeys(term.status for term in found.alternatives if term.status)
    if instead:
        names = ", ".join(_(LOOKS[status].label) for status in instead)
        name = _("{status}; held out instead: {others}").format(status=name, others=names)
    doubted = found.status != "unaffected" and found.certainty in ("inferred", "disputed")
    doubt = _(words.SURENESS[str(found.certainty)]) if doubted else ""
    return Said(name, look_of(row), doubt)


def _recognition(found: Answer) -> str:
    if found.treated_as is None:
        return _silence(found)
    return treatment(found.treated_as, found.how)


def _forces(found: Answer) -> str:
    told = [
        *(_(LEAVE[side]) for side in found.leaves),
        *(_(STAY_OUT[side]) for side in found.keeps_out),
        *(_(words.REGIMES[regime]) for regime in found.regimes),
    ]
    return "; ".join(told) or _silence(found)


def _silence(found: Answer) -> str:
    """Of a fact that is not told: no clause reaches the land, or those that do leave it out."""
    return _(words.NOT_SAID) if found.clauses else _(LOOKS["unaffected"].label)


def land_name(part: Part, found: Comparison) -> str:
    """A piece of land by name: a territory, or the part of one and who holds it."""
    facts = territory_facts()[part.territory]
    whole = [other for other in found.parts if other.territory == part.territory] == [part]
    if not part.moved:
        return part_name(facts, part.left.held_by, whole)
    if part.left.held_by == "Ukraine":
        text = _("{name}, ground held by Ukraine on the left and by Russia on the right")
    else:
        text = _("{name}, ground held by Russia on the left and by Ukraine on the right")
    return text.format(name=named(facts))


def side_titles(found: Comparison) -> list[dict[str, Any]]:
    """Plan and line of the left and of the right side, in words."""
    sides = ((found.left, found.left_line), (found.right, found.right_line))
    return [
        {
            "title": plan_label(plan),
            "short": _short(plan, line if found.two_lines else None),
            "line": line_name(line),
            "plan": plan.id,
            "own": plan.is_own,
        }
        for plan, line in sides
    ]


def _short(plan: Plan, line: str | None) -> str:
    """A plan's short title, with the line where the two sides are on different ones."""
    title = said(plan.short_title)
    if line is None:
        return title
    return _("{plan}, line of {day}").format(plan=title, day=line_name(line))
