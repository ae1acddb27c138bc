"""Our line beside one rebuilt from another source, where whoever runs this has built it."""

from __future__ import annotations

import streamlit as st

from geo.line import OWN_LINE, load_line, read_line
from geo.sources.settlements import rebuilt_file
from pages.parts.render import render
from pages.parts.view import View


def other_lines_part(view: View) -> None:
    """How far the two lines of the view's day lie apart, and what ground is between them."""
    if view.line == OWN_LINE or not rebuilt_file(view.line).is_file():
        return
    from geo.sources.comparison import compare_lines
    from geo.territories import load_territories

    other = read_line(rebuilt_file(view.line))
    found = compare_lines(load_line(view.line), other, load_territories())
    st.html(render("other_line.html", date=view.line, other=other.about, found=found))
