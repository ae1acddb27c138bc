"""Templates: the one place where texts become HTML, and every text is escaped on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pages.parts import speech, words
from pages.parts.view import PAGES, View, pick


def href(view: View, picked: str = "", page: str | None = None) -> str:
    """The link that opens ``view``, with another selection, on this page or another one."""
    wanted = pick(view, picked) if picked else view
    path = "" if page is None else PAGES[page] or "./"
    return f"{path}?{urlencode(wanted.parameters())}"


_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
    extensions=["jinja2.ext.i18n"],
)
_templates.install_gettext_callables(  # type: ignore[attr-defined]
    speech.gettext, speech.ngettext, newstyle=True
)
_templates.filters.update(
    km2=words.km2, km=words.km, code=words.code, said=speech.said, named=speech.named
)
_templates.globals.update(
    NOT_SAID=words.NOT_SAID,
    day=speech.day,
    short_day=speech.short_day,
    number=speech.number,
    percent=speech.percent,
    by_line=words.by_line,
    on_line=words.on_line,
    href=href,
)


def render(template: str, **values: Any) -> str:
    """One template of ``templates`` as HTML."""
    return _templates.get_template(template).render(**values)
