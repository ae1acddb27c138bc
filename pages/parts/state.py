"""The present view, in Streamlit: read from the address bar, written back to it."""

from __future__ import annotations

import streamlit as st

from pages.parts.view import PARAMETERS, View, read_view


def current_view() -> View:
    """The view that the address bar asks for now."""
    return read_view({name: st.query_params.get_all(name) for name in st.query_params})


def go_to(view: View) -> None:
    """Put ``view`` into the address bar; parameters that are not ours stay as they are."""
    others = {
        name: st.query_params.get_all(name) for name in st.query_params if name not in PARAMETERS
    }
    st.query_params.from_dict({**others, **view.parameters()})
