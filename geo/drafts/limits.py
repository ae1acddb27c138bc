"""How large a reader's own plan may be."""

from __future__ import annotations

LONGEST_TEXT = 200_000
"""Bytes of YAML in UTF-8; the largest shipped plan has some 76,000."""

LONGEST_KEPT = 2 * LONGEST_TEXT
"""Characters of a text, sound or not, that are taken from the browser; a longer one stays there."""

LONGEST_LINK = 60_000
"""Characters of a plan packed for a link; browsers take 80,000 in an address at least."""

LARGEST_UNPACKED = 400_000
"""Bytes that a packed plan may unpack to."""

MOST_VALUES = 20_000
"""Values, lists and mappings of a plan in JSON; the largest shipped plan has some 1,600."""

LARGEST_HISTORY = 4_000_000
"""Bytes of all texts that are kept to undo, compressed: over 150 of the largest shipped plan."""
