"""What kind of file this is: by its first bytes, which decide, and by its name."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Literal

from geo.notices import Notice, say
from geo.uploads import messages
from geo.uploads.notices import NotReadError, plain

Container = Literal["json", "kml", "gpkg", "zip"]

SUFFIXES: dict[str, Container] = {
    ".geojson": "json",
    ".json": "json",
    ".kml": "kml",
    ".gpkg": "gpkg",
    ".kmz": "zip",
    ".zip": "zip",
}
"""The ends of names that are read."""

FORMATS = {"json": "GeoJSON", "kml": "KML", "gpkg": "GeoPackage", "zip": "zip"}
PACKED_FORMATS = {"shp": "Shapefile", "kml": "KMZ", "json": "GeoJSON", "gpkg": "GeoPackage"}

HEAD = 64
"""How many first bytes tell what a file is."""

_MARKS: dict[bytes, Container] = {b"PK\x03\x04": "zip", b"SQLite format 3\0": "gpkg"}
_OTHERS = {
    b"\x1f\x8b": "gzip",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
}


def container_of(name: str, head: bytes) -> tuple[Container, list[Notice]]:
    """The kind of a file, and a notice if its name says another.

    ``head``: its first bytes. Raises :class:`NotReadError` for what is not read here.
    """
    suffix = PurePosixPath(name.replace("\\", "/").lower()).suffix
    if suffix in (".shp", ".shx", ".dbf", ".prj") or head.startswith(b"\0\0\x27\x0a"):
        raise NotReadError(say(messages.BARE_SHAPEFILE))
    named = SUFFIXES.get(suffix)
    if named is None:
        raise NotReadError(say(messages.OTHER_SUFFIX, suffix=plain(suffix) or "–"))
    found = _by_content(head)
    if found == named:
        return found, []
    return found, [say(messages.NAMED_OTHERWISE, named=plain(suffix), found=FORMATS[found])]


def _by_content(head: bytes) -> Container:
    for mark, container in _MARKS.items():
        if head.startswith(mark):
            return container
    for mark, packer in _OTHERS.items():
        if head.startswith(mark):
            raise NotReadError(say(messages.OTHER_ARCHIVE, packer=packer))
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head[:4]:
        raise NotReadError(say(messages.NOT_UTF8))
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        raise NotReadError(say(messages.EMPTY_FILE))
    if text[:9].lower() in (b"<!doctype", b"<html") or text[:5].lower() == b"<html":
        raise NotReadError(say(messages.WEB_PAGE))
    if text[:1] == b"<":
        return "kml"
    if text[:1] in b"{[":
        return "json"
    raise NotReadError(say(messages.UNKNOWN_CONTENT))
