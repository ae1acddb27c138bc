"""A line of a day from the archive that whoever runs the dashboard has named, on request only."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from geo.sources.archive import Archive
from geo.sources.messages import ArchiveError
from pages.parts.notices import told
from pages.parts.render import render
from pages.parts.speech import _

if TYPE_CHECKING:
    from geo.sources.archive import Fetched


def archive_part() -> Fetched | None:
    """Ask for a day, once its terms have been read; what the archive gave, kept in the session."""
    archive = Archive.from_environment(os.environ)
    if archive is None:
        return None
    with st.container(key="archive"):
        st.html(render("upload_report.html", sentences=told([archive.first_use]), usable=True))
        agreed = st.checkbox(_("I have read this and want to ask that server"), key="archive_terms")
        day = st.date_input(
            _("Day"), value=None, max_value=datetime.now(UTC).date(), key="archive_day"
        )
        ready = agreed and day is not None
        if st.button(_("Ask for this day"), disabled=not ready, key="archive_ask") and day:
            _ask(archive, day.isoformat())
        fetched: Fetched | None = st.session_state.get("archive_fetched")
        if fetched and fetched.notices:
            st.html(render("upload_report.html", sentences=told(fetched.notices), usable=True))
        return fetched


def _ask(archive: Archive, day: str) -> None:
    try:
        st.session_state["archive_fetched"] = archive.fetch(day)
    except ArchiveError as error:
        st.session_state.pop("archive_fetched", None)
        st.html(render("upload_report.html", sentences=told([error.notice]), usable=False))
