"""How large a file may be and how long it may take: for whoever runs the dashboard to change."""

from __future__ import annotations

LARGEST_FILE_MB = 20
MEGABYTE = 1024 * 1024

# Archives: KMZ and zipped files.
MOST_MEMBERS = 200
LARGEST_UNPACKED_MB = 64
HIGHEST_RATIO = 100
"""How many times larger than its archive the content may be."""

# What is in a file.
MOST_LAYERS = 40
MOST_FEATURES = 20_000
MOST_VERTICES = 1_000_000
MOST_WORKED_VERTICES = 150_000
"""What shapes are cut with; finer ones are thinned first."""
MOST_CROSSINGS = 300_000
"""How often edges may cross before they are a scribble, not a shape."""
MOST_LOOSE_ENDS = 1_000
LONGEST_KM = 200_000
"""Length of all edges: that of every raion border, drawn finely, several times over."""
MOST_COLUMNS = 60
LONGEST_CRS = 20_000
"""Characters in the description of a coordinate reference system."""
LONGEST_TEXT = 60
"""Characters of a name or property that are kept."""

# The process that reads.
MOST_SECONDS = 60
MOST_MEMORY_MB = 512
MOST_AT_ONCE = 2
"""Files that are read at the same time, over all readers."""
MOST_WAITING_SECONDS = 20

# Shapes.
THINNED_M = (5, 10, 20, 50, 100)
"""Vertices nearer than this to the last are left out of very fine shapes, as far as needed."""
SNAPPED_M = 50
"""Gaps in a line shorter than this are closed: far below how well any line is known."""
BRIDGED_KM = 5
"""Longer gaps, up to this, are bridged if the reader asks for it."""
SMALLEST_AREA_KM2 = 1
STRIP_M = 300
"""Narrower strips along the border come from two drawings of one border, not from a map."""
ISLAND_KM2 = 5
"""A smaller island that an area of control leaves out goes with the nearest ground."""
DIFFERENT_PERCENT = 2
"""From how much an outline's area is told to differ from the official one."""
