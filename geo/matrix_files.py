"""The treaty matrix as files: CSV for programs, XLSX for readers."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from geo.line import line_in_files
from geo.statuses import LOOKS
from geo.territories import place_facts, territory_facts
from geo.town_lists import as_csv as rows_as_csv
from geo.town_lists import harmless

if TYPE_CHECKING:
    from openpyxl.styles.fills import Fill
    from openpyxl.worksheet.worksheet import Worksheet

    from geo.matrix_grid import Field, Grid, Line, Look

HEAD_ROW = 4
"""Of the sheet: title, standing and an empty row come before it."""


def as_csv(grid: Grid) -> str:
    """One row a territory or site: ``code``, ``name`` (English), two columns a plan: its letters by
    its id, and the clauses that they rest on (``ID_clauses``).

    The last columns say the line's date, that nothing is in force, and whom to credit.
    Text that a spreadsheet would run as a formula is harmless.
    """
    plans = [head.plan for head in grid.heads]
    about = {
        "line": line_in_files(grid.line),
        "standing": "; ".join(dict.fromkeys(head.standing for head in grid.heads)),
        "credit": grid.credit,
    }
    rows = [
        {"code": line.code, "name": _english(line), **_by_plan(plans, line), **about}
        for line in grid.lines
    ]
    columns = (name for plan in plans for name in (plan, f"{plan}_clauses"))
    return rows_as_csv(rows, ("code", "name", *columns, *about))


def _english(line: Line) -> str:
    facts = territory_facts().get(line.code) or place_facts()[line.code]
    return str(facts["name_en"])


def _by_plan(plans: list[str], line: Line) -> dict[str, str]:
    told = list(zip(plans, line.fields, strict=True))
    clauses = {f"{plan}_clauses": " ".join(field.clauses) for plan, field in told}
    return {plan: field.notation for plan, field in told} | clauses


def as_xlsx(grid: Grid) -> bytes:
    """A workbook: the coloured matrix with frozen head and names, and a sheet that explains it."""
    # Only who asks for the file waits for the library.
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Matrix"
    _fill_matrix(sheet, grid)
    _fill_about(book.create_sheet("About"), grid)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill_matrix(sheet: Worksheet, grid: Grid) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    _write(sheet, 1, 1, grid.title).font = Font(bold=True, size=14)
    _write(sheet, 2, 1, grid.standing)
    for position, text in enumerate((grid.corner, *(h.title for h in grid.heads)), start=1):
        cell = _write(sheet, HEAD_ROW, position, text)
        cell.font, cell.alignment = bold, wrapped
        sheet.column_dimensions[get_column_letter(position)].width = 24 if position == 1 else 15
    row = HEAD_ROW
    for band in grid.bands:
        row += 1
        _write(sheet, row, 1, band.title).font = Font(bold=True, italic=True)
        for line in band.lines:
            row += 1
            _write(sheet, row, 1, line.name).font = bold
            for position, field in enumerate(line.fields, start=2):
                cell = _write(sheet, row, position, _in_words(field))
                cell.alignment = wrapped
                if fill := _fill(field.looks):
                    cell.fill = fill
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 2)


def _in_words(field: Field) -> str:
    clauses = f"[{', '.join(field.clauses)}]" if field.clauses else ""
    return "\n".join(filter(None, (field.letters, field.words, clauses)))


def _fill(looks: tuple[Look, ...]) -> Fill | None:
    """The colour of the land's status, pale enough to read on; two where its pieces differ."""
    from openpyxl.styles import GradientFill, PatternFill
    from openpyxl.styles.fills import Stop

    colours = [_pale(LOOKS[status].light.fill)[1:] for status, _side in looks]
    if all(status == "unaffected" for status, _side in looks):
        return None
    if len(colours) == 1:
        return PatternFill("solid", fgColor=colours[0])
    # Both stops in one place make a hard edge, but the library wants them apart.
    stops = zip((0, 0.499, 0.501, 1), (colours[0], colours[0], colours[1], colours[1]), strict=True)
    return GradientFill(type="linear", degree=0, stop=[Stop(c, place) for place, c in stops])


def _pale(colour: str, share: float = 0.45) -> str:
    """A colour (#RRGGBB) with that share of itself in white."""
    channels = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(share * each + (1 - share) * 255):02X}" for each in channels)


def _fill_about(sheet: Worksheet, grid: Grid) -> None:
    """What the signs mean, what the matrix rests on, and each plan with its sources."""
    from openpyxl.styles import Alignment, Font

    _write(sheet, 1, 1, grid.title).font = Font(bold=True, size=14)
    rows: list[tuple[Any, ...]] = [
        (grid.standing,),
        *((note,) for note in (*grid.notes, grid.credit)),
        (),
    ]
    rows += [*grid.letters, (), *((label, "") for _status, label in grid.statuses), ()]
    first_status = len(rows) - len(grid.statuses)
    rows += [(h.title, *h.facts, h.standing, "\n".join(h.sources)) for h in grid.heads]
    for number, row in enumerate(rows, start=2):
        for position, text in enumerate(row, start=1):
            cell = _write(sheet, number, position, text)
            if len(row) > 1:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, (status, _label) in enumerate(grid.statuses, start=first_status + 1):
        if fill := _fill(((status, "Russia"),)):
            sheet.cell(number, 1).fill = fill
    for column, width in zip("ABCDEFG", (26, 40, 16, 24, 34, 30, 90), strict=True):
        sheet.column_dimensions[column].width = width


def _write(sheet: Worksheet, row: int, column: int, text: str) -> Any:
    """A cell of text; what a spreadsheet would run as a formula is harmless."""
    return sheet.cell(row, column, harmless(text))
