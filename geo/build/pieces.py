"""``data/pieces.csv``: what lies in each piece of land, for every line that is shipped."""

from __future__ import annotations

from geo.contents import COLUMNS, PIECES, count_contents
from geo.division import load_division
from geo.line import line_dates
from geo.town_lists import as_csv


def build() -> None:
    """Count settlements, ports and cut raions in each piece, by line and zone."""
    rows = [
        {"line": date, "zone": zone, **vars(found)}
        for date in line_dates()
        for zone, found in count_contents(load_division(date)).items()
    ]
    PIECES.write_text(as_csv(rows, COLUMNS), encoding="utf-8")
