"""The treaty matrix's letters and short words, as the reader sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.matrix import Cell, Group
from geo.notation import Symbol
from geo.statuses import LOOKS, Status
from pages.parts.speech import N_, _

if TYPE_CHECKING:
    from geo.answers import Answer

GROUPS: dict[Group, str] = {
    "disputed": N_("The six in dispute"),
    "partly": N_("Held by Russia in part, now or earlier"),
    "rest": N_("The rest of Ukraine"),
}

MEANINGS: dict[Symbol, str] = {
    "R": N_("to be recognised as Russian"),
    "r": N_("recognised as Russian de facto"),
    "L": N_("divided at the line of contact"),
    "D": N_("demilitarized or a special zone"),
    "W": N_("Ukrainian forces withdraw"),
    "U": N_("Ukrainian, or Russia leaves"),
    "?": N_("left open"),
}

MARKS = {
    "–": N_("not addressed"),
    "*": N_("inferred, not said in so many words"),
    "D?": N_("disputed or unverified"),
    "(D)": N_("held out instead"),
}

_STATUS_WORDS: dict[Status, str] = {
    "ceded": N_("Ceded"),
    "demilitarized": N_("Buffer"),
    "frozen_line": N_("Frozen"),
    "relinquished": N_("Given up"),
    "left_open": N_("Left open"),
}
"""The statuses where there is little room."""

_LETTER_WORDS: dict[Symbol, str] = {
    "R": N_("Russian"),
    "r": N_("Russian"),
    "D": N_("Buffer"),
    "W": N_("Withdrawal"),
    "U": N_("Ukrainian"),
}
"""What letters come to where no status is given."""

SPECIAL_ZONE = N_("Special zone")

PLANT_WORDS = {
    "disputed": N_("disputed"),
    "unverified": N_("unverified"),
    "single source": N_("single source"),
    "joint": N_("run jointly"),
    "shared output": N_("output shared"),
    "via US": N_("run by the US"),
    "U via US": N_("U via US"),
    "U + IAEA": N_("U + IAEA"),
    "IAEA, 50:50": N_("IAEA, 50:50"),
}
"""What stands in the plant's row, where it is not letters alone."""

OPERATIONS = {
    "iaea": N_("Supervised by the IAEA"),
    "us": N_("Run by the United States"),
    "joint": N_("Run by several states together"),
    "shared_output": N_("Its output is shared"),
}


def cell_words(cell: Cell) -> str:
    """What becomes of a territory in a word or two; empty where nothing is said."""
    words = [word for piece in cell.pieces if (word := _piece_word(piece))]
    if not words:
        outright = [each.symbol for each in cell.letters if not each.offered]
        words = [_LETTER_WORDS[symbol] for symbol in outright[:1]]
    if not words and cell.unverified:
        words = [N_("Unverified")]
    return " · ".join(_(word) for word in dict.fromkeys(words))


def _piece_word(piece: Answer) -> str | None:
    if piece.status == "demilitarized" and "economic_zone" in piece.regimes:
        return SPECIAL_ZONE
    return _STATUS_WORDS.get(piece.status)


def status_words() -> list[tuple[Status, str]]:
    """Every status that has a colour, with its name."""
    return [(status, _(LOOKS[status].label)) for status in LOOKS if status in _STATUS_WORDS]


def letter_key() -> list[tuple[str, str]]:
    """Every letter and mark with what it stands for."""
    return [(sign, _(words)) for sign, words in (*MEANINGS.items(), *MARKS.items())]
