"""Files that nginx serves itself, where the app serves them too: ``python -m deploy.static OUT``.

Streamlit's scripts and fonts, the map's frame, Leaflet and ``data/`` are copied from where they
are installed, and every text among them is compressed once, as hard as it goes. HTML stays with
the app, which puts its own head and headers to it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import streamlit
import streamlit_folium
from streamlit.components.v1.custom_component import CustomComponent

from pages.parts import assets
from serving.encodings import SMALLEST, THOROUGH, encoded
from serving.light_fonts import FONT

TEXTS = frozenset({".css", ".csv", ".geojson", ".js", ".json", ".md", ".svg", ".txt", ".yaml"})
"""Kinds of files that become smaller; fonts and pictures are compressed already."""

LEFT_OUT = frozenset({".html", ".map", ".py", ".pyc"})
"""Pages, which the app answers with, and what no browser asks for."""


def folders() -> dict[str, Path]:
    """The folders whose files the app serves, by the path that it serves them at."""
    found = {"static": Path(streamlit.__file__).parent / "static" / "static"}
    for module in (assets, streamlit_folium):
        for component in vars(module).values():
            if isinstance(component, CustomComponent) and component.path:
                found[f"component/{component.name}"] = Path(component.path)
    return found


def export(out: Path, quality: int = THOROUGH) -> int:
    """Copy every file into ``out`` and compress it there; gives how many files there are.

    ``quality``: of Brotli; thorough for a build, quick for a trial that has to start soon.
    """
    copied = [_copy(source, out / place) for place, source in served_files()]
    texts = [path for path in copied if is_text(path)]
    with ProcessPoolExecutor() as pool:
        for _done in pool.map(partial(compress, quality=quality), texts, chunksize=8):
            pass  # the loop raises what went wrong with a file
    return len(copied)


def served_files() -> Iterator[tuple[Path, Path]]:
    """Every file that is served: where below the root, and where it is now."""
    for place, folder in folders().items():
        for source in sorted(folder.rglob("*")):
            path = Path(place) / source.relative_to(folder)
            # In the place of some fonts the app answers lighter ones, for a shorter time.
            if source.is_file() and source.suffix not in LEFT_OUT and not FONT.search(f"/{path}"):
                yield path, source


def _copy(source: Path, target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return target


def is_text(path: Path) -> bool:
    """Whether a file is worth compressing."""
    return path.suffix in TEXTS and path.stat().st_size >= SMALLEST


def compress(path: Path, quality: int) -> None:
    """Write ``path`` beside itself as ``.gz`` and ``.br``; nginx picks what is accepted."""
    data = path.read_bytes()
    packed = {".gz": encoded(data, "gzip"), ".br": encoded(data, "br", quality)}
    for ending, content in packed.items():
        path.with_name(path.name + ending).write_bytes(content)


def main() -> None:
    """Fill the folder that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m deploy.static", description=__doc__)
    parser.add_argument("out", type=Path, help="a folder; files that are in it are written over")
    out = parser.parse_args().out
    sys.stdout.write(f"{export(out)} files in {out}\n")


if __name__ == "__main__":
    main()
