"""What the reader brought or wrote: a line, outlines and a plan of their own, for this session."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from geo.division import Division, load_division
from geo.drafts.draft import Draft
from geo.line import OWN_LINE
from pages.parts.inline import shapes_for_map

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.line import Line
    from geo.plan import Plan
    from pages.parts.view import View


@dataclass
class Own:
    """A line, outlines and a plan of the reader's own, the land as they divide it, for the map.

    ``line_file`` and ``outlines_file`` tell the files they came in from others. ``divisions`` and
    ``drawn`` are by line: its date, or :data:`geo.line.OWN_LINE`. ``plan`` is the last sound
    state of ``draft``, which the reader writes; ``plan_before`` what a link's plan put aside.
    """

    line: Line | None = None
    line_file: str | None = None
    outlines: GeoDataFrame | None = None
    outlines_file: str | None = None
    plan: Plan | None = None
    draft: Draft = field(default_factory=Draft)
    plan_before: str | None = None
    divisions: dict[str, Division] = field(default_factory=dict)
    drawn: dict[str, dict[str, Any]] = field(default_factory=dict)

    def bring_line(self, line: Line | None, file: str | None = None) -> None:
        """Take a line of the reader's, or none."""
        self.line, self.line_file = line, file
        self.divisions.pop(OWN_LINE, None)
        self.drawn.pop(OWN_LINE, None)

    def bring_outlines(self, outlines: GeoDataFrame | None, file: str | None = None) -> None:
        """Take outlines of the reader's (as :func:`geo.territories.load_territories`), or none.

        A line of theirs, which was cut to the outlines before, goes.
        """
        self.outlines, self.outlines_file = outlines, file
        self.line = self.line_file = None
        self.divisions.clear()
        self.drawn.clear()

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

        if name != OWN_LINE:
            line = carried_over(load_line(name), self.territories(), load_territories())
        elif self.line is not None:
            line = self.line
        else:
            raise LookupError("the view names an own line, but none was brought")
        return divide(self.territories(), line, load_places())

    def shapes(self, division: Division) -> dict[str, Any]:
        """What the map's script needs to draw a division."""
        if division.shipped:
            return shapes_for_map(division, None)
        if division.line not in self.drawn:
            self.drawn[division.line] = shapes_for_map(division, self.outlines)
        return self.drawn[division.line]


def own() -> Own:
    """What this session's reader brought or wrote; nothing where no session is served."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return Own()
    brought: Own = st.session_state.setdefault("own", Own())
    return brought


def division_of(view: View) -> Division:
    """The land as the view's line divides it."""
    return own().division(view.line)
