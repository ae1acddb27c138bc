"""The clause panel: what is decided about the picked land or clause, as plain data for a template.

Templates escape every value, so text from a plan, a link or an upload never becomes HTML.
"""

from __future__ import annotations

from typing import Any

from geo.answers import SIDES, Answer, answer, place_terms
from geo.clause_ids import point_of
from geo.line import OWN_LINE
from geo.matrix import PLANT
from geo.plan import Plan, SummaryLine
from geo.published import figures_of_time
from geo.statuses import LOOKS
from geo.territories import place_facts, territory_facts
from geo.tour import load_tour
from pages.parts import words
from pages.parts.clause_rows import clause_row, confidence_of, distinct, figure_row
from pages.parts.fates import fates
from pages.parts.land_rows import area_range, look_of, place_link, treatment, zone_link
from pages.parts.plan_facts import line_apart
from pages.parts.render import render
from pages.parts.scene import Row, Scene
from pages.parts.shared import shared
from pages.parts.speech import _, language, named, said
from pages.parts.tour_panel import tour_panel
from pages.parts.view import View


def panel_of(view: View, scene: Scene) -> str:
    """The panel of a view as HTML."""
    if view.step:
        return tour_panel(view, scene)
    if view.place and view.place in scene.places:
        return _place_panel(view, scene)
    if view.territory:
        zones = scene.zones_of(view.territory)
        held = [row for row in zones if row["held_by"] == view.held_by]
        if len(zones) == 1 or held:
            return _zone_panel(view, scene, (held or zones)[0])
        return _territory_panel(view, scene, zones)
    if view.clause:
        return _clause_panel(view, scene)
    return render(
        "empty.html",
        view=view,
        plan=view.plan,
        summary=[_summary(row) for row in view.plan.summary],
        totals=_treated_as_russian(scene),
        figures=[figure_row(figure) for figure in figures_of_time(None, scene.line)],
        line=scene.line,
        band_km=scene.division.band_km,
        has_tour=view.plan.id == load_tour().plan,
        site_clauses=scene.places.get(PLANT, {}).get("clauses", ()),
        line_apart=line_apart(view.plan, scene.line),
    )


panel = shared(panel_of)
"""The panel of the present view: one that is the same for all is made once."""


def _treated_as_russian(scene: Scene) -> dict[str, float]:
    """Square kilometres that would be treated as Russian, by who holds them now."""
    found = dict.fromkeys(SIDES, 0.0)
    for row in scene.zones.values():
        if row["treated_as"] == "Russia":
            found[row["held_by"]] += row["area_km2"]
    return {side.lower(): area for side, area in found.items()}


def _zone_panel(view: View, scene: Scene, row: Row) -> str:
    plan, territory = view.plan, territory_facts()[row["territory"]]
    found = answer(plan, row["territory"], row["held_by"])
    clauses = dict.fromkeys([*found.deciding, *found.clauses])
    others = [other for other in scene.zones_of(row["territory"]) if other != row]
    siblings = [zone_link(scene, other) for other in others]
    lands = [row["zone"]] if others else [row["zone"], row["territory"]]
    figures = [figure for land in lands for figure in figures_of_time(land, scene.line)]
    marked = [name for name in clauses if view.clause in (name, point_of(name))]
    return render(
        "zone.html",
        view=view,
        zone=row["zone"],
        absent=_absent(view.held_by, scene.line) if view.held_by != row["held_by"] else None,
        look=look_of(row),
        sureness=_(words.SURENESS[found.certainty]) if found.deciding and found.certainty else None,
        title=scene.name(row["zone"]),
        size=_size(scene, row, territory),
        figures=[figure_row(figure) for figure in figures],
        clauses=[clause_row(plan, plan.clause(name)) for name in clauses],
        marked=marked,
        stray=clause_row(plan, plan.clause(view.clause)) if view.clause and not marked else None,
        facts=_facts(found, scene.line, divided=bool(siblings)),
        notes=[text for _, text in found.facts("note", language())],
        silences=_silences(plan, found),
        places=[place_link(place) for place in scene.places_in(row["zone"])],
        siblings=siblings,
        whole={"pick": f"territory:{row['territory']}", "name": named(territory)},
        country_points=_country_points(plan) if not found.terms else [],
        plan=plan,
        fates=fates(view, [row]),
    )


def _territory_panel(view: View, scene: Scene, zones: list[Row]) -> str:
    territory = territory_facts()[zones[0]["territory"]]
    area = sum(row["area_km2"] for row in zones)
    return render(
        "territory.html",
        view=view,
        territory=territory,
        why=_why_areas_differ(territory),
        capital=named(territory, "capital"),
        area=area,
        parts=[zone_link(scene, row) for row in zones],
        alike=len({(row["status"], row["treated_as"]) for row in zones}) == 1,
        line=scene.line,
        fates=fates(view, zones),
    )


def _clause_panel(view: View, scene: Scene) -> str:
    clause = view.plan.clause(view.clause or "")
    parts = [c for c in view.plan.clauses if point_of(c.id) == clause.id and c.id != clause.id]
    reached = scene.zones_of_clause(clause.id)
    places = scene.places_of_clause(clause.id)
    of_terms = [
        text for term in view.plan.terms if term.clause == clause.id for text in term.silent
    ]
    return render(
        "clause.html",
        view=view,
        silences=distinct([*clause.silent, *of_terms]),
        clause=clause_row(view.plan, clause),
        topic=_(words.TOPICS[clause.topic]),
        reach=clause.reach,
        confidence=confidence_of(view.plan, clause),
        parts=[clause_row(view.plan, part) for part in parts],
        land=[zone_link(scene, row) for row in reached],
        places=[place_link(row) for row in places],
        point=point_of(clause.id) if "(" in clause.id else None,
        numbers_are_ours=view.plan.numbering == "ours",
    )


def _place_panel(view: View, scene: Scene) -> str:
    row = scene.places[view.place or ""]
    terms = place_terms(view.plan)[row["place"]]
    clauses = [view.plan.clause(name) for name in row["clauses"]]
    silent = [text for term in terms for text in term.silent]
    silent += [text for clause in clauses for text in clause.silent]
    return render(
        "place.html",
        view=view,
        place=place_facts()[row["place"]],
        zones=[zone_link(scene, scene.zones[zone]) for zone in row["zones"]],
        clauses=[clause_row(view.plan, clause) for clause in clauses],
        notes=distinct(term.note for term in terms),
        silences=distinct(silent),
        line=scene.line,
    )


def _absent(side: str | None, line: str) -> str | None:
    """That a side which a link asks for holds no part of a territory."""
    absent = {
        "Russia": _("Russia held no part of it {on_line}."),
        "Ukraine": _("Ukraine held no part of it {on_line}."),
    }
    return absent[side].format(on_line=words.on_line(line)) if side else None


def _why_areas_differ(territory: Row) -> str:
    """Why the outline's area differs from the official one; empty where it does not."""
    return named(territory, "why_areas_differ") if territory["why_areas_differ_en"] else ""


def _size(scene: Scene, row: Row, territory: Row) -> dict[str, Any]:
    """The zone's area, its share of the territory, and the official figure for the whole."""
    parts = scene.zones_of(row["territory"])
    whole = sum(part["area_km2"] for part in parts)
    divided = len(parts) > 1
    unsure = scene.division.pieces[row["zone"]].unsure_km2
    return {
        "area": row["area_km2"],
        "share": words.share(row["area_km2"], whole) if divided else None,
        "range": area_range(scene, row) if divided else "",
        "line": scene.line,
        "band_km": scene.division.band_km,
        "unsure": unsure if unsure and divided else None,
        "all_unsure": unsure > 0.97 * row["area_km2"],
        "official": territory["official_area_km2"],
        "why": _why_areas_differ(territory),
        "is_whole": not divided,
    }


def _facts(found: Answer, line: str, divided: bool) -> list[dict[str, Any]]:
    """The separate facts about a piece of land, each with the clauses it comes from."""
    rows: list[dict[str, Any]] = [
        {"term": _("Held by"), "values": [_holder(found.held_by, line, divided)]}
    ]
    if not found.terms:
        return rows
    rows.append(
        _row(_("Treated as"), [treatment(found.treated_as, found.how)] if found.treated_as else [])
    )
    rows += _further_facts(found)
    for fact, term in (
        ("recognised_by", _("Recognised by")),
        ("forces", _("Forces")),
        ("conditions", _("Conditions")),
    ):
        rows.append(_row(term, [f"{text} ({c})" for c, text in found.facts(fact, language())]))  # type: ignore[arg-type]
    return rows


def _further_facts(found: Answer) -> list[dict[str, Any]]:
    """Facts that few plans give, so that their absence is no silence."""
    or_else = [
        _("{status} ({clause}; {sureness})").format(
            status=_(LOOKS[term.status].label),
            clause=term.clause,
            sureness=_(words.SURENESS[term.certainty]),
        )
        for term in found.alternatives
        if term.status
    ]
    given = (
        (_("Becomes"), [_(words.REGIMES[regime]) for regime in found.regimes]),
        (_("How far"), [_(words.BOUNDARIES[boundary]) for boundary in found.boundaries]),
        (_("Or instead"), [*or_else, *(said(t.note) for t in found.alternatives if t.note)]),
    )
    return [_row(term, values) for term, values in given if values]


def _holder(side: str, line: str, divided: bool) -> str:
    """Who held it on the line's date; on a shipped line contested ground counts as Ukraine's."""
    held = _("{side}, {on_line}").format(side=_(words.SIDES[side]), on_line=words.on_line(line))
    if divided and side == "Ukraine" and line != OWN_LINE:
        return _("{held}; contested ground included").format(held=held)
    return held


def _row(term: str, values: list[str]) -> dict[str, Any]:
    return {"term": term, "values": values}


def _silences(plan: Plan, found: Answer) -> list[str]:
    """What neither the terms on this land nor the clause that decides it say."""
    deciding = [plan.clause(name) for name in found.deciding[:1]]
    silent = [
        *found.silences(language()),
        *(said(text) for clause in deciding for text in clause.silent),
    ]
    return list(dict.fromkeys(silent))


def _country_points(plan: Plan) -> list[dict[str, str]]:
    return [
        {"id": clause.id, "title": said(clause.title)}
        for clause in plan.clauses
        if clause.reach == "country" and "(" not in clause.id
    ]


def _summary(line: SummaryLine) -> dict[str, Any]:
    """A summary line cut round the words to stress."""
    text, stress = said(line.text), said(line.emphasis) if line.emphasis else ""
    before, _, after = text.partition(stress) if stress else (text, "", "")
    return {"before": before, "stress": stress, "after": after, "clause": line.clauses[0]}
