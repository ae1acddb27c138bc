"""The texts of the page on sources: what is known of the line, the borders, the plan, each file."""

from __future__ import annotations

from geo.provenance import provenance
from pages.parts.own import division_of
from pages.parts.render import render
from pages.parts.view import View
from pages.parts.words import line_name

# The page is one step below the address that files are served under.
DOWNLOADS = "component/pages.parts.assets.data"


def what_is_known(view: View) -> str:
    """How sure the line is and how that was measured, whose borders, what is wrong or missing."""
    return render(
        "sources.html", plan=view.plan, name=line_name(view.line), line=division_of(view).about
    )


def files_table() -> str:
    """Every file of the data with its provenance and a link that downloads it."""
    return render("files.html", rows=provenance(), downloads=DOWNLOADS)
