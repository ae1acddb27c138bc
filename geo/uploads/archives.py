"""KMZ and zipped files: taken apart under limits, to files whose names are ours."""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from geo.notices import say
from geo.uploads import messages
from geo.uploads.limits import HIGHEST_RATIO, LARGEST_UNPACKED_MB, MEGABYTE, MOST_MEMBERS
from geo.uploads.notices import NotReadError, plain

Packed = Literal["shp", "kml", "json", "gpkg"]

READ: dict[str, Packed] = {
    ".shp": "shp",
    ".kml": "kml",
    ".geojson": "json",
    ".json": "json",
    ".gpkg": "gpkg",
}
BESIDE_SHP = (".shx", ".dbf", ".prj", ".cpg")
NESTED = (".zip", ".kmz", ".7z", ".rar", ".gz", ".tar")
SMALL = 1_000_000
"""Below so many bytes even a high ratio harms nobody."""


@dataclass(frozen=True)
class Part:
    """One file that was packed: what it is, where it now is, its name without folder and end."""

    packed: Packed
    path: Path
    name: str


def unpack(archive: Path, folder: Path) -> list[Part]:
    """Unpack what can be read into ``folder``.

    Nothing is unpacked unless every member is harmless. Raises :class:`NotReadError`.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [each for each in opened.infolist() if not each.is_dir()]
            _check(members, archive.stat().st_size)
            return _unpack(opened, _wanted(members), folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as cause:
        raise NotReadError(say(messages.BROKEN_ARCHIVE)) from cause


def _check(members: list[zipfile.ZipInfo], packed_size: int) -> None:
    if len(members) > MOST_MEMBERS:
        raise NotReadError(say(messages.TOO_MANY_MEMBERS, count=len(members), most=MOST_MEMBERS))
    for member in members:
        if _leads_elsewhere(member.orig_filename):
            raise NotReadError(say(messages.PATH_IN_ARCHIVE, member=plain(member.filename)))
        kind = stat.S_IFMT(member.external_attr >> 16)
        if kind not in (0, stat.S_IFREG):
            raise NotReadError(say(messages.LINK_IN_ARCHIVE, member=plain(member.filename)))
        if member.flag_bits & 1:
            raise NotReadError(say(messages.ENCRYPTED))
    names = [member.filename.casefold() for member in members]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise NotReadError(say(messages.MEMBER_TWICE, member=plain(twice)))
    size = sum(member.file_size for member in members)
    if size > LARGEST_UNPACKED_MB * MEGABYTE:
        raise NotReadError(
            say(messages.UNPACKS_TOO_LARGE, size=round(size / MEGABYTE), most=LARGEST_UNPACKED_MB)
        )
    if size > max(SMALL, HIGHEST_RATIO * packed_size):
        raise NotReadError(say(messages.ZIP_BOMB, most=HIGHEST_RATIO))


def _leads_elsewhere(name: str) -> bool:
    """Whether a member's name is a path out of the archive, or no path at all."""
    parts = name.replace("\\", "/").split("/")
    return parts[0] == "" or ".." in parts or ":" in name or "\0" in name


def _wanted(members: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """The members of the one kind that is read, with those that belong to them."""
    named = [(PurePosixPath(member.filename), member) for member in members]
    seen = [(path, m) for path, m in named if path.parts[0] != "__MACOSX" and path.name[0] != "."]
    kinds = {READ[path.suffix.lower()] for path, _ in seen if path.suffix.lower() in READ}
    if not kinds:
        nested = any(path.suffix.lower() in NESTED for path, _ in seen)
        raise NotReadError(say(messages.NESTED_ARCHIVE if nested else messages.NOTHING_PACKED))
    if len(kinds) > 1:
        raise NotReadError(say(messages.SEVERAL_KINDS_PACKED))
    ends = [end for end, kind in READ.items() if kind in kinds]
    ends += BESIDE_SHP if "shp" in kinds else ()
    return [member for path, member in seen if path.suffix.lower() in ends]


def _unpack(opened: zipfile.ZipFile, members: list[zipfile.ZipInfo], folder: Path) -> list[Part]:
    stems: dict[str, str] = {}
    parts = []
    for member in members:
        path = PurePosixPath(member.filename)
        end = path.suffix.lower()
        stem = stems.setdefault(str(path.with_suffix("")).casefold(), f"part{len(stems)}")
        target = folder / (stem + end)
        with opened.open(member) as source, target.open("xb") as sink:
            shutil.copyfileobj(source, sink)
        if end in READ:
            parts.append(Part(READ[end], target, path.stem))
    return parts
