"""Streamlit's fonts with only what this dashboard shows: ``python -m serving.font_build``.

Takes some minutes; run it when Streamlit brings other fonts or another character is needed
(``tests/test_light_fonts.py`` tells). Needs fontTools. The results lie in ``serving/fonts``: under
the licence of the originals, which their tables name, and with names of their own, as the SIL Open
Font License asks of a changed font.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from serving.light_fonts import FOLDER, ICONS, LIGHT, ORIGINALS, original

SCRIPTS = re.compile(r":material/([a-z0-9_]+)")

CHARACTERS = [
    *range(0x20, 0x7F),  # Latin
    *range(0xA0, 0x180),
    *range(0x218, 0x21C),
    0x2BC,  # the apostrophe of Ukrainian names in Latin letters
    *range(0x2C6, 0x2DE),
    0x301,  # stress
    *range(0x400, 0x460),  # Cyrillic
    0x490,
    0x491,
    *range(0x2010, 0x2028),  # punctuation
    *range(0x202F, 0x203B),
    0x2044,
    *range(0x2070, 0x208A),  # raised and lowered figures
    *(0x20AC, 0x20B4, 0x2116, 0x2122, 0x2212, 0x2248),
    *range(0x2190, 0x219A),  # arrows
    *range(0x2260, 0x2266),
    *range(0x25A0, 0x2600),  # marks
    *range(0x2713, 0x2718),
]

FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "lnum"]


def icon_names() -> set[str]:
    """The icons that any script or module of Streamlit's or of our pages may show."""
    package = ORIGINALS.parents[2]
    scripts = (ORIGINALS.parent / "js").glob("*.js")
    modules = [*package.rglob("*.py"), *(FOLDER.parents[1] / "pages").rglob("*.py")]
    texts = (path.read_text(encoding="utf-8") for path in [*scripts, *modules])
    return {name for text in texts for name in SCRIPTS.findall(text)}


def ligatures(font: TTFont) -> dict[str, str]:
    """The glyph of each word that the font shows as one icon."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in (getattr(each, "ExtSubTable", each) for each in lookup.SubTable):
            for first, words in getattr(table, "ligatures", {}).items():
                for word in words:
                    spelt = "".join(letters.get(each, "?") for each in [first, *word.Component])
                    found[spelt] = word.LigGlyph
    return found


def light_icons() -> TTFont:
    """The icon font with Streamlit's own icons only."""
    font = TTFont(original(ICONS))
    known = ligatures(font)
    options = Options(layout_features=["*"], layout_closure=False)
    subsetter = Subsetter(options)
    letters = [ord(each) for each in "abcdefghijklmnopqrstuvwxyz0123456789_"]
    glyphs = [known[name] for name in icon_names() if name in known]
    subsetter.populate(glyphs=glyphs, unicodes=letters)
    subsetter.subset(font)
    return font


def light_text(name: str) -> TTFont:
    """A font for text with :data:`CHARACTERS` and the one range of its axes that is used."""
    font = TTFont(original(name))
    subsetter = Subsetter(
        Options(layout_features=FEATURES, hinting=False, name_IDs=["*"], name_languages=["*"])
    )
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    whole = io.BytesIO()
    font.flavor = None
    font.save(whole)
    light = instantiateVariableFont(TTFont(whole), LIGHT[name])
    for record in light["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = record.toUnicode().replace("Source", "Territory")
    return light


def save(font: TTFont, path: Path) -> None:
    """Write ``font`` as WOFF2."""
    font.flavor = "woff2"
    font.save(path)


if __name__ == "__main__":
    save(light_icons(), FOLDER / f"{ICONS}.woff2")
    for name in LIGHT:
        save(light_text(name), FOLDER / f"{name}.woff2")
