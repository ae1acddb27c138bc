"""How the project is put together, and that its documents say what is so."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from geo.statuses import LOOKS

ROOT = Path(__file__).resolve().parents[1]
DOMAIN = sorted((ROOT / "geo").rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", DOMAIN, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_domain_knows_no_streamlit_and_no_page(path):
    assert not imports_of(path) & {"streamlit", "folium", "streamlit_folium", "pages"}


def test_the_first_page_needs_no_geometry_library():
    code = (
        "import sys, pages.parts.panel; from pages.parts.link import read_view;"
        "from pages.parts.scene import current_scene, map_scene; view = read_view({});"
        "scene = current_scene(view); map_scene(scene); pages.parts.panel.panel(view, scene);"
        "print([m for m in ('geopandas', 'shapely', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_the_readme_names_commands_that_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"make ([a-z]+)", readme)) <= targets
    for command in set(re.findall(r"python -m geo ([a-z]+)", readme)):
        done = subprocess.run(
            [sys.executable, "-m", "geo", command, "--help"],
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, command
    for path in re.findall(r"\]\(([a-zA-Z][^):]*)\)", readme):
        assert (ROOT / path).exists(), path


def test_pages_are_thin():
    for path in (ROOT / "pages").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno - node.lineno <= 40, f"{path.name}: {node.name}"


NAMED_OTHERWISE = {
    "yaml": "pyyaml",
    "js_lib_leaflet": "django-js-lib-leaflet",
    "pydantic_core": "pydantic",
    "google": "protobuf",
    "fontTools": "fonttools",
}
"""Packages that are installed under another name, or as part of another."""


@pytest.mark.parametrize(
    ("files", "requirements"),
    [
        (
            [
                "app.py",
                "serve.py",
                "serving/[!f]*.py",
                "pages/**/*.py",
                "geo/*.py",
                "geo/[su]*/*.py",
            ],
            ["requirements.txt"],
        ),
        (
            ["geo/build/*.py", "serving/font_build.py"],
            ["requirements.txt", "requirements-build.txt"],
        ),
    ],
)
def test_what_is_imported_is_required(files, requirements):
    listed = " ".join((ROOT / name).read_text(encoding="utf-8") for name in requirements)
    names = set(re.findall(r"^([a-z][a-z0-9_.-]*) ~=", listed, re.MULTILINE))
    paths = [path for pattern in files for path in ROOT.glob(pattern)]
    imported = {name for path in paths for name in imports_of(path)}
    foreign = imported - set(sys.stdlib_module_names) - {"geo", "pages", "serving"}
    wanted = {NAMED_OTHERWISE.get(name, name).replace("_", "-") for name in foreign}
    assert wanted - {name.replace("_", "-") for name in names} == set()


def test_the_readme_explains_every_status_by_its_shown_name():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    colours = readme.partition("## What the colours mean")[2]
    assert re.findall(r"^\| ([A-Z][^|]*?) \|", colours, re.MULTILINE) == [
        look.label for look in LOOKS.values()
    ]
