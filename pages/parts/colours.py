"""The colours of a theme as CSS variables: ``--page``, ``--ceded-fill`` and so on."""

from __future__ import annotations

from geo.palette import NEUTRALS, Theme
from geo.statuses import LOOKS


def colours(theme: Theme) -> str:
    """Declarations of all colours, neutral ones and those of the statuses."""
    of_statuses = {
        f"{status}-{name}": colour
        for status, look in LOOKS.items()
        for name, colour in vars(look.dark if theme == "dark" else look.light).items()
    }
    values = NEUTRALS[theme] | of_statuses
    return ";".join(f"--{name}:{value}" for name, value in values.items())


def colours_of_both() -> str:
    """A style sheet with the colours that the reader's system asks for."""
    dark = f"@media (prefers-color-scheme: dark){{:root{{{colours('dark')}}}}}"
    return f":root{{{colours('light')}}}{dark}"


def fills(ground: str) -> str:
    """Rules for the zones inside ``ground`` (a selector): Ukraine's part lighter, without marks."""
    return "".join(
        f"{ground} .zone-{status}.held-{side}{{fill:var(--{status}-{name})}}"
        for status in LOOKS
        for side, name in (("russia", "fill"), ("ukraine", "tint"))
    )
