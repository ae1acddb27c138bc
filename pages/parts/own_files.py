"""Files that a reader brings: read once, made into something once, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.notices import Notice
from geo.uploads.limits import LARGEST_FILE_MB
from geo.uploads.notices import UploadError
from pages.parts.speech import _

if TYPE_CHECKING:
    from geo.uploads.upload import Upload

KINDS = ["geojson", "json", "kml", "kmz", "gpkg", "zip"]


@dataclass(frozen=True)
class File:
    """A file that the reader chose, or that an archive gave for a ``day`` with its ``source``."""

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


def chosen_file(label: str, key: str) -> File | None:
    """An uploader, and the file in it."""
    chosen = st.file_uploader(label, type=KINDS, max_upload_size=LARGEST_FILE_MB, key=key)
    return File(chosen.file_id, chosen.name, chosen.getvalue()) if chosen else None


def read(use: str, file: File) -> Outcome:
    """The file as an :class:`Upload`, or why it cannot be read."""

    def opened() -> Outcome:
        from geo.uploads.upload import read_upload

        upload = read_upload(file.name, file.data)
        return Outcome(upload.notices, None, upload)

    return _kept(f"{use}_read", file.id, opened)


def made(use: str, asked: Hashable, make: Callable[[], Any]) -> Outcome:
    """What ``make`` makes of a file, made anew only if something else is ``asked`` for."""

    def done() -> Outcome:
        found = make()
        return Outcome(found.report, found.preview, found)

    return _kept(f"{use}_made", asked, done)


def _kept(key: str, asked: Hashable, work: Callable[[], Outcome]) -> Outcome:
    kept: tuple[Hashable, Outcome] | None = st.session_state.get(key)
    if kept and kept[0] == asked:
        return kept[1]
    try:
        outcome = work()
    except UploadError as error:
        outcome = Outcome(error.notices, error.preview)
    st.session_state[key] = (asked, outcome)
    return outcome


def layer_and_crs(use: str, upload: Upload) -> dict[str, Any]:
    """Which layer, where there are several; which CRS, where the file names none."""
    names = [layer.name for layer in upload.layers]
    layer = st.selectbox(_("Layer"), names, key=f"{use}_layer") if len(names) > 1 else None
    crs = ""
    if any(each.crs is None for each in upload.layers):
        crs = st.text_input(
            _("Its coordinate reference system, if it is not in degrees"),
            key=f"{use}_crs",
            placeholder="EPSG:32636",
            max_chars=200,
        )
    return {"layer": layer, "crs": crs.strip() or None}
