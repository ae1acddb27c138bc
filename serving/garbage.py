"""How seldom Python looks for memory that nobody holds any more.

While it looks at everything, every reader waits: 0.6 s at 1,000 of them, and by Python's own
measure it looked every six seconds. A run of the script makes some thousands of objects, most of
which go by themselves; what is left for Python to find is small, and may wait for minutes.
"""

from __future__ import annotations

import gc

YOUNG = 5_000
"""Objects made, less those gone, until the newest are looked at: a click or two."""

MIDDLE = 20
"""Looks at the newest until those that outlived one are looked at too: seconds in a crowd."""

OLD = 40
"""Looks at those until everything is looked at; Python waits for a quarter more objects besides."""


def rarely_look() -> None:
    """Look once, take what is loaded by now for lasting, and from then on look rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
