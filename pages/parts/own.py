"""What the reader brought: a line of contact and outlines of their own, kept for this session."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from geo.division import Division, load_division
from geo.line import OWN_LINE

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.line import Line
    from pages.parts.view import View


@dataclass
class Own:
    """A line and outlines of the reader's own, and the land as they divide it, by line.

    ``file`` and ``outlines_file``: what tells the files they came in from others.
    """

    line: Line | None = None
    file: str | None = None
    outlines: GeoDataFrame | None = None
    outlines_file: str | None = None
    divisions: dict[str, Division] = field(default_factory=dict)

    def bring_line(self, line: Line | None, file: str | None = None) -> None:
        """Take a line of the reader's, or none."""
        self.line, self.file = line, file
        self.divisions.pop(OWN_LINE, None)

    def bring_outlines(self, outlines: GeoDataFrame | None, file: str | None = None) -> None:
        """Take outlines of the reader's (as :func:`geo.territories.load_territories`), or none."""
        self.outlines, self.outlines_file = outlines, file
        self.divisions.clear()

    def territories(self) -> GeoDataFrame:
        """The reader's outlines, else the shipped ones."""
        from geo.territories import load_territories

        return load_territories() if self.outlines is None else self.outlines

    def division(self, name: str) -> Division:
        """The land on the shipped line of a date, or on the reader's own line."""
        if name != OWN_LINE and self.outlines is None:
            return load_division(name)
        if name not in self.divisions:
            self.divisions[name] = self._divide(name)
        return self.divisions[name]

    def _divide(self, name: str) -> Division:
        # Only who brings something waits for the geometry library.
        from geo.cutting import divide
        from geo.line import load_line
        from geo.own_ground import carried_over
        from geo.territories import load_places, load_territories

        line = load_line(name) if name != OWN_LINE else self.line
        if line is None:
            raise LookupError("the view names an own line, but none was brought")
        if self.outlines is None:
            return divide(load_territories(), line, load_places())
        line = carried_over(line, self.outlines, load_territories())
        return divide(self.outlines, line, load_places(), own_outlines=True)


def own() -> Own:
    """What this session's reader brought."""
    brought: Own = st.session_state.setdefault("own", Own())
    return brought


def division_of(view: View) -> Division:
    """The land as the view's line divides it."""
    return own().division(view.line)
