"""Sentences for readers: a text to translate, and the values that stand in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from geo.errors import DataError, Fault
from geo.notices import Notice
from geo.uploads.limits import LONGEST_TEXT

Preview = dict[str, Any]
"""A GeoJSON FeatureCollection to draw; each feature has the property ``kind``."""


class UploadError(DataError):
    """A reader's file that cannot be used: ``notices`` say why, ``preview`` shows where."""

    def __init__(
        self, file: str, notices: Notice | Iterable[Notice], preview: Preview | None = None
    ):
        self.file = plain(file)
        self.notices = (notices,) if isinstance(notices, Notice) else tuple(notices)
        self.preview = preview
        super().__init__(Fault(self.file, notice.english()) for notice in self.notices)


class NotReadError(Exception):
    """Raised where a file's name is not known; becomes an :class:`UploadError`."""

    def __init__(self, *notices: Notice):
        self.notices = notices
        super().__init__("\n".join(notice.english() for notice in notices))


def plain(text: object) -> str:
    """A text of a stranger's file as one short line: no control or direction marks, cut."""
    seen = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in str(text)[:1000])
    words = " ".join(seen.split())
    return words if len(words) <= LONGEST_TEXT else words[: LONGEST_TEXT - 1] + "…"
