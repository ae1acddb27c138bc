"""The reader's own outlines of oblasts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from geo.line import OWN_LINE
from pages.parts.own import own
from pages.parts.own_files import File, Outcome, chosen_file, layer_and_crs, made, read
from pages.parts.speech import _
from pages.parts.state import current_view, go_to
from pages.parts.view import with_line

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from geo.uploads.own_outlines import OwnOutlines


def outlines_part() -> Outcome | None:
    """Where outlines come in, and the buttons that use or remove them."""
    file = chosen_file(_("Outlines of oblasts, finer than ours"), "outline_upload")
    if own().outlines is not None and st.button(_("Remove your outlines"), key="outline_remove"):
        _bring(None)
    if file is None:
        return None
    outcome = _outlines_of(file)
    if outcome.made and st.button(_("Use these outlines"), type="primary", key="outline_use"):
        _bring(outcome.made.territories, file.id)
    return replace(outcome, preview=None) if own().outlines_file == file.id else outcome


def _outlines_of(file: File) -> Outcome:
    opened = read("outline", file)
    if opened.made is None:
        return opened
    choices = {
        **layer_and_crs("outline", opened.made),
        "cut_to_land": st.checkbox(_("Cut off the sea"), key="outline_cut"),
    }

    def make() -> OwnOutlines:
        from geo.territories import load_territories
        from geo.uploads.own_outlines import own_outlines

        return own_outlines(opened.made, territories=load_territories(), **choices)

    return made("outline", (file.id, *choices.values()), make)


def _bring(outlines: GeoDataFrame | None, file: str | None = None) -> None:
    """Use other outlines; a line that was cut to the ones before goes."""
    view = current_view()
    own().bring_outlines(outlines, file)
    if view.line == OWN_LINE:
        go_to(with_line(view, view.plan.line))
    st.rerun()
