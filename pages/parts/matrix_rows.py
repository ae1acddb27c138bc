"""The rows of the treaty matrix as the template shows them: cells, where they lead, their tips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from geo.matrix import PLANT, Cell, Column, PlantCell, groups
from geo.notation import NOTHING, notation
from geo.statuses import LOOKS
from geo.territories import place_facts, short_name, territory_facts
from pages.parts import words
from pages.parts.land_rows import treatment
from pages.parts.matrix_words import GROUPS, OPERATIONS, PLANT_WORDS, cell_words
from pages.parts.speech import _, in_order, language, named

if TYPE_CHECKING:
    from geo.answers import Answer
    from geo.matrix_grid import Look
    from geo.plan import Term

Row = dict[str, Any]


def matrix_bands(columns: Sequence[Column]) -> list[Row]:
    """The groups of rows: a title and rows, each with a cell a column."""
    bands = [
        {
            "key": key,
            "title": _(GROUPS[key]),
            "rows": [_row(code, columns) for code in _in_shown_order(key, codes)],
        }
        for key, codes in groups().items()
    ]
    plant = {"key": "plant", "title": _("Nuclear plant"), "rows": [_plant_row(columns)]}
    return [*bands[:-1], plant, bands[-1]]


def _in_shown_order(key: str, codes: tuple[str, ...]) -> list[str]:
    """The rest by name; the others as plans name them."""
    return sorted(codes, key=lambda code: in_order(_name(code))) if key == "rest" else list(codes)


def _name(code: str) -> str:
    """A territory's short name; that of Kyiv Oblast is whole, beside the city of Kyiv."""
    name = named(territory_facts()[code])
    return name if code == "UA-32" else short_name(name)


def _row(code: str, columns: Sequence[Column]) -> Row:
    return {
        "code": code,
        "name": _name(code),
        "cells": [_cell(column.plan, column.cells[code]) for column in columns],
    }


def _cell(plan: str, cell: Cell) -> Row:
    quiet = cell.notation == NOTHING
    return {
        "go": _go(plan, cell.clause, f"territory:{cell.territory}"),
        "notation": cell.notation,
        "letters": "" if cell.unverified else cell.notation,
        "words": _("Not addressed") if quiet else cell_words(cell),
        "quiet": quiet,
        "looks": _looks(cell),
        "clauses": cell.clauses,
        "tip": list(_land_tip(cell)),
    }


def _looks(cell: Cell) -> list[Look]:
    """Status and holder of each piece, if any has a status."""
    if cell.statuses == ("unaffected",):
        return []
    return [(piece.status, piece.held_by) for piece in cell.pieces]


def _go(plan: str, clause: str | None, land: str) -> tuple[str, str]:
    """Page and selection: the clause that decides, or the land on the map."""
    if clause is None:
        return "map", f"plan:{plan}/{land}"
    return "clauses", f"plan:{plan}/clause:{clause}"


def _land_tip(cell: Cell) -> Iterator[Row]:
    """What is said of each piece; once where both fare the same."""
    spoken = [piece for piece in cell.pieces if piece.terms or piece.alternatives]
    told = [(piece, _piece_facts(piece)) for piece in spoken]
    alike = len(cell.pieces) == len(told) and len({str(facts) for _piece, facts in told}) == 1
    for piece, facts in told[:1] if alike else told:
        whole = len(cell.pieces) == 1 or alike
        holder = "" if whole else _holder(piece)
        yield {"holder": holder, "letters": notation([piece]), "facts": facts}


def _holder(piece: Answer) -> str:
    if piece.held_by == "Russia":
        return _("The part Russia holds")
    return _("The part Ukraine holds")


def _piece_facts(piece: Answer) -> list[tuple[str, str]]:
    """What is known of one piece, each with its name."""
    row = {"status": piece.status, "clauses": piece.clauses, "certainty": piece.certainty}
    treated = treatment(piece.treated_as, piece.how) if piece.treated_as else ""
    facts = [
        (_("Status"), words.status_name(row)),
        (_("Treated as"), treated),
        (_("Recognised by"), _said(piece, "recognised_by")),
        (_("Forces"), _said(piece, "forces")),
        (_("Becomes"), "; ".join(_(words.REGIMES[regime]) for regime in piece.regimes)),
        (_("Held out instead"), _offered(piece.alternatives)),
        (_("How sure"), _(words.SURENESS[piece.certainty]) if piece.certainty else ""),
        (_("Clauses"), ", ".join(piece.clauses)),
    ]
    return [(name, text) for name, text in facts if text]


def _said(piece: Answer, fact: Any) -> str:
    return "; ".join(dict.fromkeys(text for _clause, text in piece.facts(fact, language())))


def _offered(alternatives: tuple[Term, ...]) -> str:
    labels = [LOOKS[term.status].label for term in alternatives if term.status]
    return "; ".join(dict.fromkeys(_(label) for label in labels))


def _plant_row(columns: Sequence[Column]) -> Row:
    return {
        "code": PLANT,
        "name": named(place_facts()[PLANT]),
        "cells": [_plant_cell(column.plan, column.plant) for column in columns],
    }


def _plant_cell(plan: str, cell: PlantCell) -> Row:
    quiet = cell.notation == NOTHING
    sign = PLANT_WORDS.get(cell.notation, cell.notation)
    return {
        "go": _go(plan, cell.clause, f"place:{PLANT}"),
        "notation": cell.notation,
        "letters": _(sign),
        "words": _("Not addressed") if quiet else "",
        "quiet": quiet,
        "looks": [],
        "clauses": cell.answer.clauses,
        "tip": [{"holder": "", "letters": "", "facts": _plant_facts(cell)}] if not quiet else [],
    }


def _plant_facts(cell: PlantCell) -> list[tuple[str, str]]:
    found = cell.answer
    treated = treatment(found.treated_as, "not_said") if found.treated_as else ""
    facts = [
        (_("Treated as"), treated),
        (_("Operation"), "; ".join(_(OPERATIONS[way]) for way in found.operation)),
        (_("How sure"), _(words.SURENESS[found.certainty]) if found.certainty else ""),
        (_("Clauses"), ", ".join(found.clauses)),
    ]
    return [(name, text) for name, text in facts if text]
