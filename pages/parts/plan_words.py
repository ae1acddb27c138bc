"""Terms and pieces of land of a reader's own plan in words, and as what a form offers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from geo.answers import SIDES
from geo.statuses import LOOKS
from geo.territories import place_facts, place_ids, territory_codes, territory_facts
from pages.parts import words
from pages.parts.speech import _, in_order, named, said

Data = dict[str, Any]


def sentence_list(names: Iterable[str]) -> str:
    """Names one after another."""
    return "; ".join(names)


def land_name(land: Data) -> str:
    """What a term names, in words; codes that lead nowhere stand as they are."""
    if "outside" in land:
        side = _(words.SIDES[land["held_by"]])
        if not land["outside"]:
            return _("all that {side} holds").format(side=side)
        names = ", ".join(_territory(code) for code in land["outside"])
        text = _("all that {side} holds outside {names}")
        return text.format(side=side, names=names)
    if place := land.get("site") or land.get("river"):
        facts = place_facts().get(place)
        return named(facts) if facts else str(place)
    code, held_by = land["territory"], land.get("held_by")
    if code not in territory_facts() or held_by is None:
        return _territory(code)
    return words.part_name(territory_facts()[code], held_by, whole=False)


def _territory(code: str) -> str:
    facts = territory_facts().get(code)
    return named(facts) if facts else code


def land_options() -> dict[str, str]:
    """Every territory, whole and by part, and every place: ``UA-14``, ``UA-14/Russia``."""
    found = {}
    for code in sorted(territory_codes(), key=lambda code: in_order(_territory(code))):
        name = _("{name} (whole)").format(name=_territory(code))
        found[code] = name
        for side in SIDES:
            found[f"{code}/{side}"] = land_name({"territory": code, "held_by": side})
    for kind in ("site", "river"):
        found |= {f"{kind}:{place}": land_name({kind: place}) for place in place_ids(kind)}
    return found


def land_of(option: str) -> Data:
    """What an option of :func:`land_options` stands for."""
    kind, _sep, place = option.partition(":")
    if place:
        return {kind: place}
    code, _sep, side = option.partition("/")
    return {"territory": code, **({"held_by": side} if side else {})}


def option_of(land: Data) -> str | None:
    """The option that stands for a piece of land; none for "all that … holds outside"."""
    if "outside" in land:
        return None
    for kind in ("site", "river"):
        if kind in land:
            return f"{kind}:{land[kind]}"
    return f"{land['territory']}/{land['held_by']}" if "held_by" in land else str(land["territory"])


def term_row(term: Data) -> dict[str, Any]:
    """What the list of terms shows of one."""
    held = {land.get("held_by") for land in term["land"]}
    side = "ukraine" if held == {"Ukraine"} else "russia"
    status = term.get("status")
    return {
        "clause": term["clause"],
        "land": sentence_list(land_name(land) for land in term["land"]),
        "look": {"status": status or "unaffected", "side": side},
        "status": _(LOOKS[status].label) if status else _("No status, adds a condition"),
        "facts": list(_facts(term)),
    }


def _facts(term: Data) -> Iterable[str]:
    if treated := term.get("treated_as"):
        how = words.HOW.get(term.get("how", ""))
        text = _(words.TREATED_AS[treated])
        yield _("treated as: {side}").format(side=f"{text}, {_(how)}" if how else text)
    for key, text in (("leaves", _("{sides} leaves")), ("keeps_out", _("{sides} stays out"))):
        if sides := term.get(key):
            yield text.format(sides=", ".join(_(words.SIDES[side]) for side in sides))
    if regime := term.get("regime"):
        yield _(words.REGIMES[regime])
    if term.get("alternative"):
        yield _("held out instead, decides nothing")
    yield _(words.SURENESS[term["certainty"]])


def clause_label(clause: Data) -> str:
    """A clause by number and title."""
    return _("{number}: {title}").format(number=clause["id"], title=said(clause["title"]))
