"""The fields of a term's form in which its land is named."""

from __future__ import annotations

import json
from collections.abc import Callable

import streamlit as st

from geo.territories import territory_codes
from pages.parts import words
from pages.parts.plan_words import Data, land_name, land_of, land_options, option_of
from pages.parts.speech import _


def land_fields(land: list[Data], key: Callable[[str], str]) -> list[Data]:
    """Pieces of land by name, and all that one side holds outside some territories.

    ``key``: a widget's key for a field. A second "all that one side holds", and codes that lead
    nowhere, stand among the names, so that they stay or can be taken off.
    """
    rest = next((each for each in land if "outside" in each), None)
    named = _named([each for each in land if each is not rest], key("land"))
    return named + _everything(rest, key)


def _named(land: list[Data], key: str) -> list[Data]:
    options = land_options()
    others: dict[str, Data] = {}
    chosen = []
    for each in land:
        option = option_of(each)
        if option not in options:
            option = json.dumps(each, sort_keys=True)
            others[option], options[option] = each, land_name(each)
        chosen.append(option)
    asked = st.multiselect(
        _("Land"),
        list(options),
        list(dict.fromkeys(chosen)),
        format_func=options.__getitem__,
        key=key,
        placeholder=_("Type a name"),
    )
    return [others[option] if option in others else land_of(option) for option in asked]


def _everything(rest: Data | None, key: Callable[[str], str]) -> list[Data]:
    """All that a side holds outside of some territories, if that is asked for."""
    holders = {"": _("Nothing more")} | {
        side: _("And all that {side} holds outside…").format(side=_(text))
        for side, text in words.SIDES.items()
    }
    without = list(dict.fromkeys(rest["outside"])) if rest else []
    codes = dict.fromkeys([*territory_codes(), *without])
    names = {code: land_name({"territory": code}) for code in codes}
    left, right = st.columns(2)
    with left:
        holder = st.selectbox(
            _("Besides"),
            list(holders),
            list(holders).index(rest["held_by"] if rest else ""),
            format_func=holders.__getitem__,
            key=key("rest"),
            placeholder="",
        )
    with right:
        outside = st.multiselect(
            _("Outside of"),
            list(names),
            without,
            format_func=names.__getitem__,
            key=key("outside"),
            placeholder=_("No territory"),
        )
    return [{"held_by": holder, "outside": outside}] if holder else []
