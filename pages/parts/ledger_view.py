"""The ledger as tables: every piece of land in groups, totals, and what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from geo.contents import port_facts
from geo.division import Division
from geo.gazetteer import raion_facts
from geo.ledger import Ledger, ledger
from geo.ledger_entries import NO_CLAUSE, OVERLAPPING, Entry, Grouping
from geo.line import OWN_LINE
from geo.statuses import LOOKS
from geo.territories import place_facts, territory_facts
from pages.parts import words
from pages.parts.land_rows import look_of, treatment
from pages.parts.ledger_figures import (
    HELD,
    METHODS,
    TREATED_LONG,
    amount,
    figures,
    shown,
    with_range,
)
from pages.parts.own import division_of
from pages.parts.render import render
from pages.parts.speech import _, named, ngettext, number, said
from pages.parts.view import View

_ledgers: WeakKeyDictionary[Division, dict[str, Ledger]] = WeakKeyDictionary()


def current_ledger(view: View) -> Ledger:
    """The ledger that a view looks at, made once and kept as long as its division is.

    That of a plan of the reader's is made each time: it changes, and nobody else may see it.
    """
    division = division_of(view)
    if view.plan.is_own:
        return ledger(view.plan, division)
    made = _ledgers.setdefault(division, {})
    if view.plan.id not in made:
        made[view.plan.id] = ledger(view.plan, division)
    return made[view.plan.id]


def ledger_lead(view: View, book: Ledger) -> str:
    """What the ledger says in a sentence, and how sure that is."""
    lost = [e for e in book.entries if e.held_by == "Ukraine" and e.treated_as == "Russia"]
    back = [e for e in book.entries if e.held_by == "Russia" and e.treated_as == "Ukraine"]
    return render(
        "ledger_lead.html",
        own_plan=view.plan.is_own,
        line=view.line,
        lost=_area(book, lost),
        back=_area(book, back),
        measured=book.total.area is not None,
    )


def _area(book: Ledger, entries: list[Entry]) -> str:
    area, interval = amount(book, entries, "area")
    return with_range(shown(area, "area"), interval)


def flow_list(book: Ledger) -> str:
    """Who holds how much now, and as whose it would be treated, as a list."""
    pairs: dict[tuple[str, str], list[Entry]] = {}
    for entry in book.entries:
        if entry.treated_as != "not_addressed":
            pairs.setdefault((entry.held_by, entry.treated_as), []).append(entry)
    ways = [
        {
            "held": _(HELD[held]),
            "treated": _(TREATED_LONG[treated]),
            **figures(book, tuple(entries)),
        }
        for (held, treated), entries in sorted(pairs.items())
    ]
    left_out = [entry for entry in book.entries if entry.treated_as == "not_addressed"]
    return render("ledger_flow.html", ways=ways, left_out=figures(book, tuple(left_out)))


def ledger_table(view: View, book: Ledger, grouping: Grouping) -> str:
    """Every piece of land in groups, each with its subtotal, and the total."""
    groups = [
        {
            **_title(view, grouping, key),
            "rows": [_row(book, entry) for entry in entries],
            **figures(book, entries),
        }
        for key, entries in book.groups(grouping).items()
    ]
    return render(
        "ledger_table.html",
        view=view,
        line=book.line,
        groups=groups,
        total=None if grouping in OVERLAPPING else figures(book, book.entries),
        with_status=grouping != "status",
        own=book.line == OWN_LINE,
        unplaced=_unplaced(book.total.unplaced),
    )


def _unplaced(count: int) -> str:
    if not count:
        return ""
    text = ngettext(
        "{count} settlement more lies in a raion that the line cuts. Where exactly is not known"
        " here, so neither side counts it.",
        "{count} settlements more lie in raions that the line cuts. Where exactly is not known"
        " here, so neither side counts them.",
        count,
    )
    return text.format(count=number(count))


def ledger_totals(view: View, book: Ledger) -> str:
    """Sums by holder, by treatment, by status and by clause."""
    titles: dict[Grouping, str] = {
        "held_by": _("By who holds it now"),
        "treated_as": _("By as whose it would be treated"),
        "status": _("By status"),
        "clause": _("By clause"),
    }
    blocks = [
        {
            "title": title,
            "rows": [
                {**_title(view, grouping, key), **figures(book, entries)}
                for key, entries in book.groups(grouping).items()
            ],
            "overlapping": grouping in OVERLAPPING,
        }
        for grouping, title in titles.items()
    ]
    total = figures(book, book.entries)
    return render("ledger_totals.html", line=book.line, blocks=blocks, total=total)


def _title(view: View, grouping: Grouping, key: str) -> dict[str, Any]:
    """A group's name, and the swatch of a status."""
    if grouping == "status":
        look = {"status": key, "side": "russia"}
        label = next(each.label for status, each in LOOKS.items() if status == key)
        return {"title": _(label), "look": look}
    if grouping == "territory":
        return {"title": named(territory_facts()[key]), "look": None}
    if grouping == "clause":
        return {"title": _clause_title(view, key), "look": None}
    name = (HELD if grouping == "held_by" else TREATED_LONG)[key]
    return {"title": _(name), "look": None}


def _clause_title(view: View, clause: str) -> str:
    if clause == NO_CLAUSE:
        none = TREATED_LONG["not_addressed"]
        return _(none)
    known = {each.id: said(each.title) for each in view.plan.clauses}
    name = _("Clause {clauses}").format(clauses=clause)
    return _("{number}: {title}").format(number=name, title=known[clause])


def _row(book: Ledger, entry: Entry) -> dict[str, Any]:
    holder, method = words.SIDES[entry.held_by], METHODS[entry.people.method]
    names = [_without_kind(named(raion_facts()[code])) for code in entry.contents.cut_raions]
    sites = [*_named(place_facts(), entry.plants), *_named(port_facts(), entry.contents.ports)]
    return {
        "pick": f"zone:{entry.zone}",
        "name": named(territory_facts()[entry.territory]),
        "look": look_of(
            {
                "status": entry.status,
                "held_by": entry.held_by,
                "clauses": entry.clauses,
                "certainty": entry.certainty,
            }
        ),
        "holder": _(holder),
        "treated": _treated(entry),
        "clauses": entry.clauses,
        "share": words.share(entry.share_percent, 100),
        "method": _("{year}, {method}").format(year=entry.people.year, method=_(method)),
        "raions": ", ".join(names),
        "sites": ", ".join(sites),
        **figures(book, (entry,)),
    }


def _named(facts: Mapping[str, Mapping[str, Any]], keys: Iterable[str]) -> list[str]:
    return [named(facts[key]) for key in keys]


def _without_kind(raion: str) -> str:
    return raion.removesuffix(" Raion").removesuffix(" район")


def _treated(entry: Entry) -> str:
    if entry.treated_as == "not_addressed":
        return ""
    if entry.treated_as == "not_said":
        return _(words.NOT_SAID)
    return treatment(entry.treated_as, entry.how)
