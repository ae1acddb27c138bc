"""KML looked through before it is read: no document type, no entities, nothing fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.parsers import expat

from geo.notices import Notice, say
from geo.uploads import messages
from geo.uploads.notices import NotReadError

DEEPEST = 100
"""Elements inside each other."""

LINKS = {"NetworkLink", "NetworkLinkControl"}
OVERLAYS = {"GroundOverlay", "PhotoOverlay", "ScreenOverlay", "Model"}


def scan(path: Path) -> list[Notice]:
    """What of a KML file is left out. Raises :class:`NotReadError` for what is not safe KML."""
    seen: dict[str, int] = {}
    depth = 0

    def start(name: str, _attributes: Any) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise NotReadError(say(messages.XML_TOO_DEEP))
        bare = name.rpartition(":")[2]
        if not seen and bare != "kml":
            raise NotReadError(say(messages.NOT_KML))
        seen[bare] = seen.get(bare, 0) + 1

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: Any) -> None:
        raise NotReadError(say(messages.DOCTYPE))

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
            raise NotReadError(say(messages.NOT_UTF8))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.XmlDeclHandler = declared
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except expat.ExpatError as cause:
        raise NotReadError(say(messages.BROKEN_XML, line=cause.lineno)) from cause
    return _left_out(seen)


def _left_out(seen: dict[str, int]) -> list[Notice]:
    counts = (
        (messages.NETWORK_LINKS, LINKS),
        (messages.OVERLAYS, OVERLAYS),
    )
    found = ((text, sum(seen.get(name, 0) for name in names)) for text, names in counts)
    return [say(text, count=count) for text, count in found if count]
