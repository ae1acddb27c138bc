"""The colours that everything but the statuses is drawn in, by theme.

Statuses have theirs in :mod:`geo.statuses`. Contrasts, light and dark: text on page 15.8 and 15.5,
muted on page 6.0 and 8.0, border on land 14.9 and 11.4, oblast line on land 3.7 and 3.1.
"""

from __future__ import annotations

from typing import Literal

Theme = Literal["light", "dark"]

NEUTRALS: dict[Theme, dict[str, str]] = {
    "light": {
        "page": "#FFFFFF",
        "text": "#1F2326",
        "muted": "#5E6469",
        "rule": "#DAD6CC",
        "focus": "#1F4E79",
        "land": "#FAF8F3",
        "outside": "#ECE9E2",
        "water": "#D6DEE2",
        "oblast": "#857F75",
        "coast": "#B4BFC5",
        "neighbour": "#B7B1A5",
    },
    "dark": {
        "page": "#15181B",
        "text": "#F2EFE9",
        "muted": "#A8AEB3",
        "rule": "#363B40",
        "focus": "#9CC4E6",
        "land": "#2D3135",
        "outside": "#202427",
        "water": "#101417",
        "oblast": "#747B81",
        "coast": "#3F474C",
        "neighbour": "#535A5F",
    },
}
