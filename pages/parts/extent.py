"""Which part of the world the map shows. Corners: south-west and north-east, latitude first."""

BOUNDS = [[44.3, 22.1], [52.4, 40.3]]
"""The country."""

NARROW_BOUNDS = [[44.3, 30.2], [50.5, 40.3]]
"""What a phone shows first: Kyiv, Crimea, Luhansk."""

REACH = [[41.0, 17.5], [55.8, 45.5]]
"""As far as the basemap goes, and so as far as the map may be moved."""
