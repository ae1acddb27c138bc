"""How large a reader's own plan may be."""

from __future__ import annotations

LONGEST_TEXT = 200_000
"""Bytes of YAML in UTF-8; the largest shipped plan has some 76,000."""

LONGEST_LINK = 60_000
"""Characters of a plan packed for a link; browsers take 80,000 in an address at least."""

LARGEST_UNPACKED = 400_000
"""Bytes that a packed plan may unpack to."""

FEWEST_STEPS = 100
"""Changes that can be undone, however long the texts are."""

LONGEST_HISTORY = 8_000_000
"""Characters of all texts that are kept to undo, beyond the last :data:`FEWEST_STEPS`."""
