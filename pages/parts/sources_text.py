"""The texts of the page on sources: what is known of the line, the borders, the plan, each file."""

from __future__ import annotations

from geo.provenance import provenance
from pages.parts.own import division_of
from pages.parts.render import render
from pages.parts.view import View
from pages.parts.words import line_name

# The page is one step below the address that files are served under.
DOWNLOADS = "component/pages.parts.assets.data"


def line_known(view: View) -> str:
    """How the line is made and what limits it."""
    about = division_of(view).about
    return render("sources_line.html", name=line_name(view.line), line=about)


def rest_known(view: View) -> str:
    """What is known of the plan, whose borders these are, what is wrong or missing."""
    return render("sources.html", plan=view.plan)


def files_table() -> str:
    """Every file of the data with its provenance and a link that downloads it."""
    return render("files.html", rows=provenance(), downloads=DOWNLOADS)
