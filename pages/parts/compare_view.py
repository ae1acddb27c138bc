"""The two sides of a comparison: the view itself on the left, and what stands beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from geo.comparison import Comparison, Part, compare
from geo.division import Division
from geo.plan import DEFAULT_PLAN, Plan, load_plan
from pages.parts.own import division_of
from pages.parts.plans import all_plans
from pages.parts.view import View


def right_of(view: View) -> View:
    """The view on the right: the plan and the line that the link sets beside those on the left.

    Without any, the plan that came next, and the same line.
    """
    plan = view.beside or plan_after(view.plan)
    line = view.beside_line or view.line
    return replace(view, plan=plan, line=line, since=None, clause=None, step=None)


def plan_after(plan: Plan) -> Plan:
    """The shipped plan that came next by date; beside the last one, the one before it.

    Beside a reader's own plan, the one that it began as.
    """
    shipped = [other for other in all_plans() if not other.is_own]
    if plan.is_own:
        began = [other for other in shipped if other.id == plan.based_on]
        return began[0] if began else load_plan(DEFAULT_PLAN)
    order = [other.id for other in shipped]
    place = order.index(plan.id)
    return shipped[place + 1] if place + 1 < len(shipped) else shipped[max(place - 1, 0)]


def current_comparison(view: View) -> Comparison:
    """What the two sides say of all land; what is a reader's is not kept beyond the run."""
    right = right_of(view)
    divisions = division_of(view), division_of(right)
    shipped = all(division.shipped for division in divisions)
    if shipped and not (view.plan.is_own or right.plan.is_own):
        return _shipped(view.plan.id, divisions[0], right.plan.id, divisions[1])
    return compare(view.plan, divisions[0], right.plan, divisions[1])


@lru_cache(maxsize=64)
def _shipped(
    left: str, left_division: Division, right: str, right_division: Division
) -> Comparison:
    return compare(load_plan(left), left_division, load_plan(right), right_division)


def chosen_parts(view: View, found: Comparison) -> list[Part]:
    """The land that is selected: the parts of a zone on either side, or of a territory."""
    mine = [part for part in found.parts if part.territory == view.territory]
    held = [p for p in mine if view.held_by in (p.left.held_by, p.right.held_by)]
    return held or mine


def zones_of_the_same(found: Comparison) -> dict[str, list[str]]:
    """The zones of each side of which the other side says the same, to wash out on its map.

    Ground that changed hands is drawn over them, so it has no say.
    """
    different = {part.zones for part in found.different if not part.moved}
    stays = {part.zones for part in found.parts if not part.moved} - different
    return {side: sorted({zones[n] for zones in stays}) for n, side in enumerate(("left", "right"))}
