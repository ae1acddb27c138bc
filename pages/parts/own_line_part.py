"""The reader's own line of contact: from a file, or from the archive that the operator named."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.line import OWN_LINE
from geo.uploads.limits import BRIDGED_KM
from pages.parts.archive_panel import archive_part
from pages.parts.own import own
from pages.parts.own_files import File, Outcome, chosen_file, layer_and_crs, made, read
from pages.parts.speech import _, number
from pages.parts.state import current_view, go_to
from pages.parts.view import with_line

if TYPE_CHECKING:
    from geo.sources.archive import Fetched
    from geo.uploads.own_line import OwnLine
    from geo.uploads.upload import Upload


def line_part() -> Outcome | None:
    """Where a line comes in, and the buttons that use or remove it."""
    chosen = chosen_file(_("A line of contact, or the ground that Russia holds"), "line_upload")
    fetched = archive_part()
    if own().line is not None and st.button(_("Remove your line"), key="line_remove"):
        _remove()
    file = chosen or (_from_archive(fetched) if fetched else None)
    if file is None:
        return None
    outcome = _line_of(file)
    if outcome.made and st.button(_("Use this line"), type="primary", key="line_use"):
        _use(outcome.made, file)
    in_use = own().line_file == file.id and current_view().line == OWN_LINE
    return replace(outcome, preview=None) if in_use else outcome


def _line_of(file: File) -> Outcome:
    opened = read("line", file)
    if opened.made is None:
        return opened
    choices = _choices(opened.made, file.day)
    asked = (file.id, own().outlines_file, *choices.values())

    def make() -> OwnLine:
        from geo.uploads.own_line import own_line

        return own_line(opened.made, territories=own().territories(), **choices)

    return made("line", asked, make)


def _choices(upload: Upload, known_day: str | None) -> dict[str, Any]:
    day = st.text_input(
        _("The day it is of, if you know it"), known_day or "", placeholder="2025-11-21"
    )
    bridge = _("Bridge gaps of up to {km} km").format(km=number(BRIDGED_KM))
    return {
        **layer_and_crs("line", upload),
        "bridge_gaps": st.checkbox(bridge, key="line_gaps"),
        "flip": st.checkbox(_("Russia holds the other side of it"), key="line_flip"),
        "day": day.strip() or None,
    }


def _from_archive(fetched: Fetched) -> File:
    digest = hashlib.sha256(fetched.data).hexdigest()
    source = dict(fetched.source)
    return File(digest, f"{fetched.day}.geojson", fetched.data, fetched.day, source)


def _use(found: OwnLine, file: File) -> None:
    line = found.line
    if file.source:
        line = replace(line, about={**line.about, "source": file.source})
    own().bring_line(line, file.id)
    go_to(with_line(current_view(), OWN_LINE))
    st.rerun()


def _remove() -> None:
    view = current_view()
    own().bring_line(None)
    if view.line == OWN_LINE:
        go_to(with_line(view, view.plan.line))
    st.rerun()
