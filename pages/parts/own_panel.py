"""The reader's own line of contact and outlines: files in, a report out, a button to use them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.line import OWN_LINE
from geo.notices import Notice
from geo.uploads.limits import BRIDGED_KM, LARGEST_FILE_MB
from geo.uploads.notices import UploadError
from pages.parts.archive_panel import archive_part
from pages.parts.bridge import tell_page
from pages.parts.notices import fragment, told
from pages.parts.own import own
from pages.parts.render import render
from pages.parts.speech import _, number
from pages.parts.state import current_view, go_to
from pages.parts.view import with_line

if TYPE_CHECKING:
    from geo.sources.archive import Fetched
    from geo.uploads.upload import Upload

KINDS = ["geojson", "json", "kml", "kmz", "gpkg", "zip"]
UPLOAD_MB = LARGEST_FILE_MB + 5
"""Somewhat more than is read, so that a sentence of ours says what is too much."""


NOTHING = {"type": "FeatureCollection", "features": []}


@dataclass(frozen=True)
class File:
    """A file that the reader chose, or that an archive gave for a ``day``."""

    id: str
    name: str
    data: bytes
    day: str | None = None
    source: dict[str, str] | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a file: sentences, what the map shows of it, and what it was made into."""

    notices: tuple[Notice, ...]
    preview: dict[str, Any] | None
    made: Any = None


@fragment
def own_panel() -> None:
    """Where a reader brings a line and outlines; only using one wakes the rest of the page."""
    outcomes = []
    with st.container(key="own"), st.expander(_("Your own line or outlines"), key="own_expander"):
        st.html(render("own.html", most=number(LARGEST_FILE_MB)))
        line, outlines = st.columns(2, gap="large")
        with line:
            outcomes.append(_line_part())
        with outlines:
            outcomes.append(_outlines_part())
        with st.container(key="upload_report"):
            for outcome in filter(None, outcomes):
                sentences = told(outcome.notices)
                st.html(render("upload_report.html", sentences=sentences, usable=outcome.made))
    previews = [outcome.preview for outcome in outcomes if outcome and outcome.preview]
    tell_page("own_bridge", preview=previews[0] if previews else NOTHING)


def _line_part() -> Outcome | None:
    chosen = st.file_uploader(
        _("A line of contact, or the ground that Russia holds"),
        type=KINDS,
        max_upload_size=UPLOAD_MB,
        key="line_upload",
    )
    fetched = archive_part()
    if chosen:
        file = File(chosen.file_id, chosen.name, chosen.getvalue())
    elif fetched:
        file = _from_archive(fetched)
    else:
        file = None
    if own().line is not None and st.button(_("Remove your line"), key="line_remove"):
        own().bring_line(None)
        view = current_view()
        go_to(with_line(view, view.plan.line))
        st.rerun()
    if file is None:
        return None
    outcome = _made("line", file, lambda upload: _line_choices(upload, file.day), _line_of)
    if outcome.made and st.button(_("Use this line"), type="primary", key="line_use"):
        line = outcome.made.line
        if file.source:
            line = replace(line, about={**line.about, "source": file.source})
        own().bring_line(line, file.id)
        go_to(with_line(current_view(), OWN_LINE))
        st.rerun()
    shown = own().file == file.id and current_view().line == OWN_LINE
    return replace(outcome, preview=None) if shown else outcome


def _from_archive(fetched: Fetched) -> File:
    name = f"{fetched.day}.geojson"
    return File(f"archive {fetched.day}", name, fetched.data, fetched.day, dict(fetched.source))


def _line_of(upload: Upload, **choices: Any) -> Any:
    from geo.uploads.own_line import own_line

    return own_line(upload, territories=own().territories(), **choices)


def _line_choices(upload: Upload, known_day: str | None) -> dict[str, Any]:
    day = st.text_input(
        _("The day it is of, if you know it"), known_day or "", placeholder="2025-11-21"
    )
    bridge = _("Bridge gaps of up to {km} km").format(km=number(BRIDGED_KM))
    return {
        **_layer_and_crs("line", upload),
        "bridge_gaps": st.checkbox(bridge, key="line_gaps"),
        "flip": st.checkbox(_("Russia holds the other side of it"), key="line_flip"),
        "day": day.strip() or None,
    }


def _outlines_part() -> Outcome | None:
    chosen = st.file_uploader(
        _("Outlines of oblasts, finer than ours"),
        type=KINDS,
        max_upload_size=UPLOAD_MB,
        key="outline_upload",
    )
    if own().outlines is not None and st.button(_("Remove your outlines"), key="outline_remove"):
        own().bring_outlines(None)
        st.rerun()
    if chosen is None:
        return None
    file = File(chosen.file_id, chosen.name, chosen.getvalue())
    outcome = _made("outline", file, _outline_choices, _outlines_of)
    if outcome.made and st.button(_("Use these outlines"), type="primary", key="outline_use"):
        own().bring_outlines(outcome.made.territories, file.id)
        st.rerun()
    return replace(outcome, preview=None) if own().outlines_file == file.id else outcome


def _outlines_of(upload: Upload, **choices: Any) -> Any:
    from geo.territories import load_territories
    from geo.uploads.own_outlines import own_outlines

    return own_outlines(upload, territories=load_territories(), **choices)


def _outline_choices(upload: Upload) -> dict[str, Any]:
    return {
        **_layer_and_crs("outline", upload),
        "cut_to_land": st.checkbox(_("Cut off the sea"), key="outline_cut"),
    }


def _layer_and_crs(use: str, upload: Upload) -> dict[str, Any]:
    """Which layer, where there are several; which CRS, where the file names none."""
    names = [layer.name for layer in upload.layers]
    layer = st.selectbox(_("Layer"), names, key=f"{use}_layer") if len(names) > 1 else None
    crs = ""
    if any(each.crs is None for each in upload.layers):
        crs = st.text_input(
            _("Its coordinate reference system, if it is not in degrees"),
            key=f"{use}_crs",
            placeholder="EPSG:32636",
        )
    return {"layer": layer, "crs": crs.strip() or None}


def _made(
    use: str,
    file: File,
    choose: Callable[[Upload], dict[str, Any]],
    make: Callable[..., Any],
) -> Outcome:
    """What becomes of a file with the reader's choices; nothing is done twice."""
    upload = _kept(f"{use}_read", file.id, lambda: _opened(file))
    if isinstance(upload, UploadError):
        return Outcome(upload.notices, upload.preview)
    choices = choose(upload)
    asked = (file.id, id(own().outlines), *choices.values())
    made = _kept(f"{use}_made", asked, lambda: make(upload, **choices))
    if isinstance(made, UploadError):
        return Outcome(made.notices, made.preview)
    return Outcome(made.report, made.preview, made)


def _opened(file: File) -> Upload:
    from geo.uploads.upload import read_upload

    return read_upload(file.name, file.data)


def _kept(key: str, asked: Hashable, make: Callable[[], Any]) -> Any:
    """What ``make`` gives, or its :class:`UploadError`; kept until something else is asked."""
    if st.session_state.get(key, (None,))[0] != asked:
        try:
            st.session_state[key] = (asked, make())
        except UploadError as error:
            st.session_state[key] = (asked, error)
    return st.session_state[key][1]
