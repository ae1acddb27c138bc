"""Which part of the world the map shows, and how it is placed in its window.

Corners: south-west and north-east, latitude first. The map shows no less than that, at the nearest
quarter of a zoom.
"""

BOUNDS = [[44.3, 22.1], [52.4, 40.3]]
"""The country."""

NARROW_BOUNDS = [[44.3, 30.2], [50.5, 40.3]]
"""What a phone shows first: Kyiv, Crimea, Luhansk."""

REACH = [[41.0, 17.5], [55.8, 45.5]]
"""As far as the basemap goes, and so as far as the map may be moved."""

NARROW_BELOW = 520
"""Pixels; a map that is narrower shows the south-east only."""

ROOM, NARROW_ROOM = 14, 4
"""Pixels that are left on each side."""
