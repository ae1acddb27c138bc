"""Coordinate reference systems as files declare them: understood, or left aside."""

from __future__ import annotations

import re

from geo.uploads.limits import LONGEST_CRS

_READS_FILES = re.compile(r"grids\s*=\s*(?!@?null)|[/\\]|\+init|file:|https?:", re.IGNORECASE)
"""What in a PROJ text would make PROJ open a file."""


def understood(declared: str | None) -> tuple[str, str] | None:
    """The CRS that a file declares as (a text that PROJ reads, its name for a reader).

    ``None`` if it declares none that is fit for use: none at all, one without a place on Earth,
    not understood, or one that would have PROJ open files.
    """
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    if not declared or len(declared) > LONGEST_CRS:
        return None
    try:
        crs = CRS.from_user_input(declared)
        code = crs.to_authority()
        if code is None and (
            _asks_for_files(declared) or not (crs.is_geographic or crs.is_projected)
        ):
            return None
        text = ":".join(code) if code else crs.to_wkt()
        crs = CRS.from_user_input(text)
    except CRSError:
        return None
    if not (crs.is_geographic or crs.is_projected):
        return None
    return text, f"{crs.name} ({text})" if code else crs.name


def _asks_for_files(declared: str) -> bool:
    proj = (
        declared
        if declared.lstrip().startswith("+")
        else " ".join(re.findall(r'"(\+proj[^"]*)"', declared))
    )
    return bool(_READS_FILES.search(proj))
