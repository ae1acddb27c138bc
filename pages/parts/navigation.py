"""The pages, and the ways from one to another that keep the view."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.parts.bridge import listen, picked
from pages.parts.speech import _
from pages.parts.state import current_view, go_to
from pages.parts.view import PAGES, pick


def all_pages() -> list[StreamlitPage]:
    """Every page with its title in the language spoken, in the order of the navigation."""
    titles = {
        "map": _("Map"),
        "clauses": _("Clauses"),
        "towns": _("Towns"),
        "ledger": _("Ledger"),
        "compare": _("Compare"),
        "plan": _("The plan"),
        "write": _("Write"),
        "timeline": _("Timeline"),
        "background": _("Background"),
        "sources": _("Sources"),
    }
    return [
        st.Page(f"pages/{name}.py", title=titles[name], url_path=path, default=not path)
        for name, path in PAGES.items()
    ]


def follow_links() -> None:
    """Lead to another page when a link with ``data-go`` is clicked; the app is not loaded anew."""
    listen("links_bridge", _remember_where_to, kind="go")
    if going := st.session_state.pop("going", None):
        name, _sep, wanted = going.partition(" ")
        view = pick(current_view(), wanted) if wanted else current_view()
        if PAGES.get(name) == st.session_state.get("page"):
            go_to(view)
            st.rerun()
        elif name in PAGES:
            # The page that opens takes the view over (carry_over), as one step of the history.
            st.session_state["parameters"] = view.parameters()
            st.switch_page(f"pages/{name}.py")


def _remember_where_to() -> None:
    st.session_state["going"] = picked("links_bridge")
