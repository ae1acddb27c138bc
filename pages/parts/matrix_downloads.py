"""The treaty matrix to take along: as CSV, as a workbook and as a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.matrix_files import as_csv, as_xlsx
from geo.matrix_grid import Band, Field, Grid, Head, Line
from geo.territories import CREDIT
from pages.parts.matrix_picture import as_svg
from pages.parts.matrix_words import letter_key, status_words
from pages.parts.plans import authors_of
from pages.parts.speech import _, language, said, short_day
from pages.parts.words import PUBLICATIONS, by_line

if TYPE_CHECKING:
    from geo.division import Division
    from geo.plan import Plan

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def matrix_downloads(grid: Grid) -> None:
    """Buttons for each kind of file; a file is made only when it is asked for."""
    name = f"treaty_matrix_{grid.line}"
    files: list[tuple[str, str, str, Callable[[], str | bytes]]] = [
        (_("Download as CSV"), "csv", "text/csv", partial(as_csv, grid)),
        (_("Download as XLSX"), "xlsx", XLSX, partial(as_xlsx, grid)),
        (_("Download as SVG"), "svg", "image/svg+xml", partial(as_svg, grid)),
    ]
    with st.container(key="matrix_files", horizontal=True):
        for label, ending, mime, made in files:
            st.download_button(label, made, f"{name}.{ending}", mime, on_click="ignore")


def grid_of(plans: Sequence[Plan], bands: Sequence[dict[str, Any]], division: Division) -> Grid:
    """The matrix as it is shown, without what only a page needs."""
    told = division.about.get("source")
    source = said(told) if told else _("The line of contact is the reader’s own.")
    standing = _("Proposals, not in force. Told {by_line}.")
    return Grid(
        title=_("What peace plans say of each territory of Ukraine"),
        standing=standing.format(by_line=by_line(division.line)),
        line=division.line,
        language=language(),
        corner=_("Land"),
        heads=tuple(map(_head, plans)),
        bands=tuple(_band(band) for band in bands),
        letters=tuple(letter_key()),
        statuses=tuple(status_words()),
        notes=(_("In a strip of two colours the left one is of the part that Russia holds."),),
        credit=f"{source} {CREDIT}.",
    )


def _head(plan: Plan) -> Head:
    sources = [
        ", ".join(filter(None, (each.publisher, each.date and short_day(each.date), each.url)))
        for each in plan.sources.values()
    ]
    facts = (said(plan.title), short_day(plan.date), authors_of(plan))
    title = said(plan.short_title)
    return Head(
        plan=plan.id,
        title=_("A reader’s own plan: {title}").format(title=title) if plan.is_own else title,
        own=plan.is_own,
        standing=plan.standing,
        facts=(*facts, "" if plan.is_own else _(PUBLICATIONS[plan.publication])),
        sources=tuple(sources),
    )


def _band(band: dict[str, Any]) -> Band:
    lines = [
        Line(row["code"], row["name"], tuple(map(_field, row["cells"]))) for row in band["rows"]
    ]
    return Band(band["title"], tuple(lines), compact=band["key"] == "rest")


def _field(cell: dict[str, Any]) -> Field:
    words = "" if cell["quiet"] else cell["words"]
    looks, clauses = tuple(cell["looks"]), tuple(cell["clauses"])
    return Field(cell["notation"], cell["letters"], words, looks, clauses)
