"""The catalogues of the dashboard's own words: what is to be translated, and the compiled form.

``data/locale/LANGUAGE/LC_MESSAGES/dashboard.po`` is written by hand. This step brings in texts
that are new, drops those that are gone, and compiles each into the ``.mo`` that gettext reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from geo import paths
from geo.provenance import provenance
from geo.statuses import LOOKS
from geo.territories import territory_facts

LANGUAGES = ("uk", "zh")
"""Those that are translated into; the texts themselves are English."""

PAGES = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
DOMAIN = [("**/messages.py", "python")]
JINJA = {"newstyle_gettext": "true", "trim_blocks": "true", "lstrip_blocks": "true"}
KEYWORDS = {"_": None, "gettext": None, "N_": None, "ngettext": (1, 2)}

NO_DATE = datetime(2025, 11, 21, tzinfo=UTC)
"""Written instead of now, so that the same texts give the same bytes."""


def catalogue_file(language: str) -> Path:
    """The hand-written catalogue of a language."""
    return paths.LOCALE / language / "LC_MESSAGES" / "dashboard.po"


def texts_to_translate() -> Catalog:
    """Every text of the pages, and those of ``data/`` that are kept in English only."""
    template = Catalog(creation_date=NO_DATE, revision_date=NO_DATE)
    for folder, methods in (("pages", PAGES), ("geo", DOMAIN)):
        found = extract_from_dir(
            paths.DATA.parent / folder,
            methods,
            {"**/templates/**.html": JINJA},
            keywords=KEYWORDS,
            strip_comment_tags=True,
        )
        for _file, _line, text, _comments, context in found:
            template.add(text, context=context)
    for text in _texts_of_data():
        template.add(text)
    return template


def _texts_of_data() -> Iterator[str]:
    yield from (look.label for look in LOOKS.values())
    yield from (facts["population_source"] for facts in territory_facts().values())
    for row in provenance():
        yield from (row.what, row.source, row.licence, row.date, row.rebuilt_by)


def read_catalogue(language: str) -> Catalog:
    """The hand-written catalogue of a language; empty if there is none yet."""
    path = catalogue_file(language)
    if path.is_file():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
    else:
        catalogue = Catalog(language)
    name = Locale.parse(language).english_name
    catalogue.header_comment = f"# What the dashboard says, in {name}."
    catalogue.project, catalogue.version = "Terms of Territory", "1"
    catalogue.creation_date = catalogue.revision_date = NO_DATE
    catalogue.msgid_bugs_address = catalogue.last_translator = "none"
    catalogue.language_team = str(name)
    catalogue.fuzzy = False
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def build() -> None:
    """Bring each catalogue up to the present texts and compile it."""
    template = texts_to_translate()
    for language in LANGUAGES:
        catalogue, path = read_catalogue(language), catalogue_file(language)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(
                file, catalogue, width=100, sort_output=True, ignore_obsolete=True, no_location=True
            )
        path.with_suffix(".mo").write_bytes(compiled(read_catalogue(language)))
