"""The style that all charts share: the page's fonts, colours in both themes, numbers as spoken.

A chart is made by Altair and drawn by the copy of Vega that Streamlit brings; nothing is fetched.
Make it with the colours of :func:`neutrals` and :func:`fill`, texts through ``_()`` and numbers by
:mod:`pages.parts.speech`, then hand it to :func:`show_chart`, which puts :func:`chart_config` on it
and gives it a text alternative. Altair is imported inside functions: most pages have no chart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.palette import NEUTRALS, Theme
from geo.statuses import LOOKS, Status
from pages.parts.speech import LOCALES, language

if TYPE_CHECKING:
    import altair as alt

    from geo.plan import Side

FONT = "Source Sans, PingFang SC, Microsoft YaHei, Noto Sans SC, sans-serif"
TEXT_SIZE = 13


def current_theme() -> Theme:
    """The theme that the reader's page is in."""
    return "dark" if st.context.theme.type == "dark" else "light"


def neutrals() -> dict[str, str]:
    """The colours of everything but the statuses: page, text, muted, rule and so on."""
    return NEUTRALS[current_theme()]


def fill(status: Status, held_by: Side, theme: Theme) -> str:
    """The colour of land under a status: full where Russia holds it, pale where Ukraine does.

    The map tells the two apart by a hatch, which charts do not have.
    """
    look = LOOKS[status].dark if theme == "dark" else LOOKS[status].light
    if held_by == "Russia":
        return look.fill
    return look.tint if look.tint != look.fill else mixed(look.fill, NEUTRALS[theme]["page"])


def edge(status: Status, theme: Theme) -> str:
    """The colour that the shapes of a status are outlined in."""
    return (LOOKS[status].dark if theme == "dark" else LOOKS[status].light).ink


def mixed(colour: str, other: str, share: float = 0.45) -> str:
    """``colour`` (#RRGGBB) with as large a share of itself in ``other``."""
    pairs = [(int(colour[n : n + 2], 16), int(other[n : n + 2], 16)) for n in (1, 3, 5)]
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02X}" for a, b in pairs)


def chart_config(theme: Theme) -> dict[str, Any]:
    """What ``chart.configure(**…)`` needs to look like the page, in the language spoken."""
    colours = NEUTRALS[theme]
    symbols = LOCALES[language()].number_symbols["latn"]
    words = {"labelFont": FONT, "titleFont": FONT, "titleFontWeight": 400}
    sizes = {"labelFontSize": TEXT_SIZE, "titleFontSize": TEXT_SIZE}
    return {
        "background": "transparent",
        "font": FONT,
        "locale": {
            "number": {
                "decimal": symbols["decimal"],
                "thousands": symbols["group"],
                "grouping": [3],
                "currency": ["", ""],
            }
        },
        "view": {"stroke": None},
        "text": {"font": FONT, "fontSize": TEXT_SIZE, "color": colours["text"]},
        "axis": {
            **words,
            **sizes,
            "labelColor": colours["muted"],
            "titleColor": colours["muted"],
            "gridColor": colours["rule"],
            "domainColor": colours["rule"],
            "tickColor": colours["rule"],
        },
        "legend": {
            **words,
            **sizes,
            "labelColor": colours["text"],
            "titleColor": colours["muted"],
            "orient": "top",
            "title": None,
        },
        "header": {**words, **sizes, "labelColor": colours["text"]},
        "title": {"font": FONT, "fontSize": 15, "fontWeight": 600, "color": colours["text"]},
    }


def chart_of(rows: list[dict[str, Any]]) -> alt.Chart:
    """A chart of plain rows, which go into it as they are."""
    import altair as alt

    return alt.Chart(alt.InlineData(values=rows))


def show_chart(chart: alt.TopLevelMixin, alternative: str, key: str) -> None:
    """Draw a chart as wide as its place. ``alternative``: what it shows, for who cannot see it."""
    styled = chart.configure(**chart_config(current_theme()))
    st.altair_chart(styled, theme=None, width="stretch", alt=alternative, key=key)
