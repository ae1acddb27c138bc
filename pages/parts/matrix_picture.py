"""The treaty matrix as one picture that can be read by itself."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from geo.notation import NOTHING
from geo.palette import NEUTRALS
from geo.statuses import LOOKS
from pages.parts.render import render

if TYPE_CHECKING:
    from geo.matrix_grid import Band, Field, Grid, Look

NAME_WIDTH, CELL_WIDTH, CELL_HEIGHT, COMPACT_HEIGHT, BAND_HEIGHT = 150, 106, 52, 23, 30
MARGIN, LINE_HEIGHT, STRIP = 24, 16, 11
HEAD_TOP = 86
COLUMNS_OF_KEY = 4
HEAD_ROOM, CELL_ROOM = 12, 16
"""Letters in a line of a heading, and of a cell."""

TILES = {
    "stripes": (8, "M-2,2 L2,-2 M0,8 L8,0 M6,10 L10,6"),
    "backslashes": (8, "M-2,6 L2,10 M0,0 L8,8 M6,-2 L10,2"),
    "lines": (6, "M0,3 L6,3"),
    "dots": (6, "M1.5,1.5 h0.01 M4.5,4.5 h0.01"),
    "crosshatch": (8, "M-2,2 L2,-2 M0,8 L8,0 M6,10 L10,6 M-2,6 L2,10 M0,0 L8,8 M6,-2 L10,2"),
}
"""The marks of :mod:`geo.statuses` as the map draws them: the side of a tile, and its path."""


def as_svg(grid: Grid) -> str:
    """The matrix in light colours, with its key, as SVG text."""
    width = max(2 * MARGIN + NAME_WIDTH + CELL_WIDTH * len(grid.heads), 900)
    titles = [_lines(head.title.replace("–", "-"), HEAD_ROOM) for head in grid.heads]
    heads = [
        {"x": _left(position), "lines": lines, "own": head.own}
        for position, (head, lines) in enumerate(zip(grid.heads, titles, strict=True))
    ]
    top = HEAD_TOP + LINE_HEIGHT * max(map(len, titles), default=0) + 8
    bands, bottom = _bands(grid, top)
    key, height = _key(grid, bottom + 36, width)
    return render(
        "matrix_picture.svg",
        grid=grid,
        width=width,
        height=height,
        right=width - MARGIN,
        margin=MARGIN,
        heads=heads,
        head_bottom=top,
        bands=bands,
        key=key,
        patterns=_patterns(),
        colours=NEUTRALS["light"],
    )


def _left(position: int) -> int:
    return MARGIN + NAME_WIDTH + CELL_WIDTH * position


def _lines(text: str, room: int = 14) -> list[str]:
    """A text in lines as wide as a column; a sign of Chinese takes the room of two."""
    wide = any(ord(sign) > 0x2E80 for sign in text)
    return wrap(text, room // 2 + 1 if wide else room) or [""]


def _bands(grid: Grid, top: int) -> tuple[list[dict[str, Any]], int]:
    """The groups with every cell in its place, and where they end."""
    bands, y = [], top
    for band in grid.bands:
        y += BAND_HEIGHT
        title, rows = {"text": band.title, "y": y - 8}, []
        height = COMPACT_HEIGHT if band.compact else _height(band)
        for line in band.lines:
            names = [
                {"text": text, "y": y + LINE_HEIGHT * (n + 1)}
                for n, text in enumerate(_lines(line.name, 22))
            ]
            place = _compact_cell if band.compact else _cell
            cells = [place(field, _left(n), y) for n, field in enumerate(line.fields)]
            rows.append({"names": names, "y": y, "bottom": y + height, "cells": cells})
            y += height
        bands.append({"title": title, "rows": rows})
    return bands, y


def _height(band: Band) -> int:
    """The height of the rows of a group: as many lines of words as the longest cell has."""
    lines = [len(_lines(f.words, CELL_ROOM)) for line in band.lines for f in line.fields]
    return CELL_HEIGHT + (LINE_HEIGHT - 2) * (max(lines, default=1) - 1)


def _cell(field: Field, x: int, y: int) -> dict[str, Any]:
    """The strip on top, below it the letters, then the words."""
    below = y + (STRIP + 20 if field.looks else LINE_HEIGHT)
    letters = [(text, not _quiet(field)) for text in _lines(field.letters, CELL_ROOM)]
    words = [(text, False) for text in _lines(field.words, CELL_ROOM)]
    texts = [{"text": text, "x": x + 5, "bold": bold} for text, bold in letters + words if text]
    for n, each in enumerate(texts):
        each["y"] = below + (LINE_HEIGHT - 2) * n
    return {"x": x, "strips": _strips(field, x + 5, y + 5, CELL_WIDTH - 12), "texts": texts}


def _compact_cell(field: Field, x: int, y: int) -> dict[str, Any]:
    """A short strip, beside it the letters."""
    strips = _strips(field, x + 5, y + 6, 26)
    beside = x + 5 + (32 if strips else 0)
    text = {"text": field.letters or field.words, "x": beside, "y": y + LINE_HEIGHT}
    return {"x": x, "strips": strips, "texts": [{**text, "bold": not _quiet(field)}]}


def _quiet(field: Field) -> bool:
    return field.notation == NOTHING


def _strips(field: Field, x: int, y: int, width: int) -> list[dict[str, Any]]:
    each = width / max(len(field.looks), 1)
    return [
        {"x": x + each * n, "y": y, "width": each, **_paint(look)}
        for n, look in enumerate(field.looks)
    ]


def _paint(look: Look) -> dict[str, str]:
    status, side = look
    ink = NEUTRALS["light"]["rule"] if status == "unaffected" else LOOKS[status].light.ink
    return {"fill": f"url(#{status}-{side.lower()})", "ink": ink}


def _patterns() -> list[dict[str, Any]]:
    """One fill for each status and holder, as on the map."""
    return [
        {
            "id": f"{status}-{side}",
            "ground": look.light.fill if side == "russia" else look.light.tint,
            "ink": look.light.mark if side == "russia" else look.light.mark_on_tint,
            **_tile("backslashes" if look.mark == "plain" and side == "ukraine" else look.mark),
        }
        for status, look in LOOKS.items()
        for side in ("russia", "ukraine")
    ]


def _tile(mark: str) -> dict[str, Any]:
    size, path = TILES.get(mark, (8, ""))
    return {"size": size, "path": path, "stroke": 1.7 if mark == "dots" else 1.4}


def _key(grid: Grid, top: int, width: int) -> tuple[dict[str, Any], int]:
    """The signs and colours in columns below the matrix, and where the picture ends."""
    step = (width - 2 * MARGIN) / COLUMNS_OF_KEY
    places = [
        (MARGIN + step * (n % COLUMNS_OF_KEY), top + 20 * (n // COLUMNS_OF_KEY))
        for n in range(len(grid.letters) + len(grid.statuses) + COLUMNS_OF_KEY)
    ]
    letters = [
        {"x": x, "y": y, "sign": sign, "text": text}
        for (x, y), (sign, text) in zip(places, grid.letters, strict=False)
    ]
    rows = -(-len(letters) // COLUMNS_OF_KEY)
    statuses = [
        {"x": x, "y": y, "text": label, **_paint((status, "Russia"))}
        for (x, y), (status, label) in zip(
            places[rows * COLUMNS_OF_KEY :], grid.statuses, strict=False
        )
    ]
    rows += -(-len(statuses) // COLUMNS_OF_KEY)
    first = top + 20 * rows + 12
    texts = _notes(grid, width)
    notes = [{"text": text, "y": first + 18 * n} for n, text in enumerate(texts)]
    height = first + 18 * len(texts) + MARGIN
    return {"letters": letters, "statuses": statuses, "notes": notes}, height


def _notes(grid: Grid, width: int) -> list[str]:
    return [
        line
        for note in (*grid.notes, grid.credit)
        for line in _lines(note, (width - 2 * MARGIN) // 7)
    ]
