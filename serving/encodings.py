"""Brotli and gzip: which of them a reader takes, and how long to work at it."""

from __future__ import annotations

import gzip
from typing import Literal

import brotli

Encoding = Literal["br", "gzip"]

QUICK = 5
"""Brotli's quality while a reader waits: all scripts of the first page in 0.05 s."""

THOROUGH = 11
"""Brotli's best: a tenth off scripts and a third off GeoJSON, for a hundred times the work."""

SMALLEST = 500
"""Bytes of a body that is worth compressing."""

GZIP_LEVEL = 6
"""Higher levels take twice the time for nothing (0.2% of scripts)."""


def best_encoding(accept: str) -> Encoding | None:
    """The smallest encoding that ``accept``, an Accept-Encoding header, does not refuse.

    >>> best_encoding("gzip, deflate, br"), best_encoding("br;q=0, *"), best_encoding("identity")
    ('br', 'gzip', None)
    """
    weights = dict(_weighted(part) for part in accept.lower().split(",") if part.strip())
    other = weights.get("*", 0.0)
    if weights.get("br", other) > 0:
        return "br"
    return "gzip" if weights.get("gzip", other) > 0 else None


def _weighted(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip() for piece in part.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return name, float(value)
            except ValueError:  # not a weight: whoever writes that takes nothing for sure
                return name, 0.0
    return name, 1.0


def encoded(body: bytes, encoding: Encoding, quality: int = QUICK) -> bytes:
    """``body`` in ``encoding``; the same bytes give the same bytes. ``quality``: Brotli's."""
    if encoding == "br":
        return bytes(brotli.compress(body, quality=quality))
    return gzip.compress(body, GZIP_LEVEL, mtime=0)
