"""The clause panel: what is decided about the picked land or clause, as plain data for a template.

Templates escape every value, so text from a plan, a link or an upload never becomes HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from geo.answers import SIDES, Answer, answer, place_terms
from geo.clause_ids import point_of
from geo.line import line_facts
from geo.plan import Clause, Plan, Source, Text
from geo.published import figures_for
from geo.statuses import LOOKS
from geo.territories import place_facts, territory_facts
from pages.parts import words
from pages.parts.scene import Row, Scene
from pages.parts.view import View, pick


def href(view: View, picked: str) -> str:
    """The link that opens ``view`` with another selection."""
    return f"?{urlencode(pick(view, picked).parameters())}"


_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters.update(km2=words.km2, code=words.code)
_templates.globals.update(NOT_SAID=words.NOT_SAID, day=words.day, href=href)


def render(template: str, **values: Any) -> str:
    """One template of ``templates`` as HTML."""
    return _templates.get_template(template).render(**values)


def panel(view: View, scene: Scene) -> str:
    """The panel of the present view as HTML."""
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
        figures=[_figure(figure) for figure in figures_for(None)],
        line=scene.line,
        band_km=line_facts(scene.line)["accuracy"].get("band_km"),
    )


def _treated_as_russian(scene: Scene) -> dict[str, float]:
    """Square kilometres that would be treated as Russian, by who holds them now."""
    found = dict.fromkeys(SIDES, 0.0)
    for row in scene.zones.values():
        if row["treated_as"] == "Russia":
            found[row["held_by"]] += row["area_km2"]
    # Rounded before they are added, so that a reader who adds them up gets the same.
    return {side.lower(): round(area, -2) for side, area in found.items()}


def _zone_panel(view: View, scene: Scene, row: Row) -> str:
    plan, territory = view.plan, territory_facts()[row["territory"]]
    found = answer(plan, row["territory"], row["held_by"])
    clauses = dict.fromkeys([*found.deciding, *found.clauses])
    others = [other for other in scene.zones_of(row["territory"]) if other != row]
    siblings = [_zone_link(scene, other) for other in others]
    figures = figures_for(row["zone"]) + ([] if others else figures_for(row["territory"]))
    marked = [name for name in clauses if view.clause in (name, point_of(name))]
    return render(
        "zone.html",
        view=view,
        zone=row["zone"],
        absent=view.held_by if view.held_by not in (None, row["held_by"]) else None,
        look=_look(row),
        sureness=words.SURENESS.get(found.certainty or "") if found.deciding else None,
        title=scene.name(row["zone"]),
        size=_size(scene, row, territory),
        figures=[_figure(figure) for figure in figures],
        clauses=[_clause(plan, plan.clause(name)) for name in clauses],
        marked=marked,
        stray=_clause(plan, plan.clause(view.clause)) if view.clause and not marked else None,
        facts=_facts(found, scene.line, divided=bool(siblings)),
        notes=[text for _, text in found.facts("note")],
        silences=_silences(plan, found),
        places=[_place_link(place) for place in scene.places_in(row["zone"])],
        siblings=siblings,
        whole={"pick": f"territory:{row['territory']}", "name": territory["name_en"]},
        country_points=_country_points(plan) if not found.terms else [],
        plan=plan,
    )


def _territory_panel(view: View, scene: Scene, zones: list[Row]) -> str:
    territory = territory_facts()[zones[0]["territory"]]
    area = sum(row["area_km2"] for row in zones)
    return render(
        "territory.html",
        view=view,
        territory=territory,
        area=area,
        parts=[_zone_link(scene, row) for row in zones],
        alike=len({(row["status"], row["treated_as"]) for row in zones}) == 1,
        line=scene.line,
    )


def _clause_panel(view: View, scene: Scene) -> str:
    clause = view.plan.clause(view.clause or "")
    parts = [c for c in view.plan.clauses if point_of(c.id) == clause.id and c.id != clause.id]
    reached = scene.zones_of_clause(clause.id)
    places = [
        row
        for row in scene.places.values()
        if any(name == clause.id or point_of(name) == clause.id for name in row["clauses"])
    ]
    of_terms = [
        text for term in view.plan.terms if term.clause == clause.id for text in term.silent
    ]
    return render(
        "clause.html",
        view=view,
        silences=_texts([*clause.silent, *of_terms]),
        clause=_clause(view.plan, clause),
        topic=clause.topic,
        reach=clause.reach,
        confidence=words.CONFIDENCE[clause.confidence],
        parts=[_clause(view.plan, part) for part in parts],
        land=[_zone_link(scene, row) for row in reached],
        places=[_place_link(row) for row in places],
        point=point_of(clause.id) if "(" in clause.id else None,
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
        zones=[_zone_link(scene, scene.zones[zone]) for zone in row["zones"]],
        clauses=[_clause(view.plan, clause) for clause in clauses],
        notes=_texts(term.note for term in terms),
        silences=_texts(silent),
        line=scene.line,
    )


def _texts(texts: Any) -> list[str]:
    return list(dict.fromkeys(_in_english(text) for text in texts if text))


def _in_english(text: Text) -> str:
    return text["en"]


def _look(row: Row) -> dict[str, str]:
    look = LOOKS[row["status"]]
    side = row["held_by"].lower()
    return {"status": row["status"], "label": look.label, "side": side}


def _size(scene: Scene, row: Row, territory: Row) -> dict[str, Any]:
    """The zone's area, its share of the territory, and the official figure for the whole."""
    parts = scene.zones_of(row["territory"])
    whole = sum(part["area_km2"] for part in parts)
    divided = len(parts) > 1
    unsure = scene.unsure_km2.get(row["zone"], 0.0)
    return {
        "area": row["area_km2"],
        "share": words.share(row["area_km2"], whole) if divided else None,
        "line": scene.line,
        "band_km": line_facts(scene.line)["accuracy"].get("band_km"),
        "unsure": unsure if unsure and divided else None,
        "all_unsure": unsure > 0.97 * row["area_km2"],
        "official": territory["official_area_km2"],
        "why": territory["why_areas_differ"],
        "is_whole": not divided,
    }


def _figure(figure: Any) -> dict[str, Any]:
    return {
        "rounded": figure.rounded["en"],
        "publisher": figure.publisher,
        "as_of": figure.as_of,
        "url": figure.url,
        "counts": figure.counts["en"],
        "differs": figure.differs["en"],
    }


def _clause(plan: Plan, clause: Clause) -> dict[str, Any]:
    """A clause with its sources resolved."""
    return {
        "id": clause.id,
        "title": clause.title["en"],
        "text": clause.text["en"],
        "sources": _sources(plan, clause.sources),
        "confidence": words.CONFIDENCE[clause.confidence],
        "doubted": clause.confidence != "verified",
        "readings": [
            {"text": reading.text["en"], "sources": _sources(plan, reading.sources)}
            for reading in clause.readings
        ],
        "silent": [text["en"] for text in clause.silent],
    }


def _sources(plan: Plan, keys: tuple[str, ...]) -> list[dict[str, Any]]:
    """The sources of those keys, the strongest class first, with what to know of each."""
    return [
        {
            "name": source.publisher.split(",")[0].split(" / ")[0],
            "url": source.url,
            "publisher": source.publisher,
            "about": ", ".join(_about(source)),
        }
        for source in sorted((plan.sources[key] for key in keys), key=lambda s: s.grade)
    ]


def _about(source: Source) -> Iterator[str]:
    """Date, language where it is not English, and standing where it is no newsroom's own."""
    yield words.short_day(source.date)
    if source.language != "en":
        yield words.LANGUAGES.get(source.language, source.language)
    if source.standing:
        yield source.standing["en"]
    elif source.grade == "B":
        yield words.REPOST


def _facts(found: Answer, line: str, divided: bool) -> list[dict[str, Any]]:
    """The separate facts about a piece of land, each with the clauses it comes from."""
    rows: list[dict[str, Any]] = [
        {"term": "Held by", "values": [_holder(found.held_by, line, divided)]}
    ]
    if not found.terms:
        return rows
    treated = words.TREATED_AS.get(found.treated_as or "")
    how = words.HOW.get(found.how)
    rows.append(_row("Treated as", [f"{treated}, {how}" if how else treated] if treated else []))
    for fact, term in (
        ("recognised_by", "Recognised by"),
        ("forces", "Forces"),
        ("conditions", "Conditions"),
    ):
        rows.append(_row(term, [f"{text} ({c})" for c, text in found.facts(fact)]))  # type: ignore[arg-type]
    return rows


def _holder(side: str, line: str, divided: bool) -> str:
    """Who held it on the line's date; on this line contested ground counts as Ukraine's."""
    held = f"{side}, on {words.day(line)}"
    return f"{held}; contested ground included" if divided and side == "Ukraine" else held


def _row(term: str, values: list[str]) -> dict[str, Any]:
    return {"term": term, "values": values}


def _silences(plan: Plan, found: Answer) -> list[str]:
    """What neither the terms on this land nor the clause that decides it say."""
    deciding = [plan.clause(name) for name in found.deciding[:1]]
    silent = [*found.silences(), *(text["en"] for clause in deciding for text in clause.silent)]
    return list(dict.fromkeys(silent))


def _zone_link(scene: Scene, row: Row) -> dict[str, Any]:
    return {
        "pick": f"zone:{row['zone']}",
        "name": scene.name(row["zone"]),
        "held_by": row["held_by"],
        "area": row["area_km2"],
        "look": _look(row),
        "clauses": row["clauses"],
    }


def _place_link(row: Row) -> dict[str, Any]:
    return {
        "pick": f"place:{row['place']}",
        "name": place_facts()[row["place"]]["name_en"],
        "clauses": row["clauses"],
    }


def _country_points(plan: Plan) -> list[dict[str, str]]:
    return [
        {"id": clause.id, "title": clause.title["en"]}
        for clause in plan.clauses
        if clause.reach == "country" and "(" not in clause.id
    ]


def _summary(line: Any) -> dict[str, Any]:
    """A summary line cut round the words to stress."""
    text, stress = line.text["en"], (line.emphasis or {}).get("en", "")
    before, _, after = text.partition(stress) if stress else (text, "", "")
    return {"before": before, "stress": stress, "after": after, "clause": line.clauses[0]}


def zone_table(view: View, scene: Scene) -> str:
    """Every zone as a table, those that the plan addresses first."""
    order = list(LOOKS)
    rows = sorted(
        scene.zones.values(), key=lambda row: (order.index(row["status"]), scene.name(row["zone"]))
    )
    return render(
        "zones.html",
        view=view,
        rows=[{**_zone_link(scene, row), "treated": _treated(row)} for row in rows],
        line=scene.line,
    )


def _treated(row: Row) -> str:
    treated = words.TREATED_AS.get(row["treated_as"] or "", words.NOT_SAID)
    how = words.HOW.get(row["how"])
    return f"{treated}, {how}" if how and row["treated_as"] else treated


def method_note(view: View, scene: Scene) -> str:
    """How sure the line is, whose borders are drawn, and the way to all sources."""
    link = f"sources?{urlencode(view.parameters())}"
    return render("method.html", line=line_facts(scene.line), link=link)
