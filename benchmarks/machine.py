"""On what, and with which versions, something was measured."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

PACKAGES = ("streamlit", "starlette", "folium", "streamlit-folium", "dash", "dash-leaflet")


def machine() -> dict[str, str | int | float]:
    """Processor, cores, memory in GB, system."""
    return {
        "cpu": _cpu_model(),
        "cores": os.cpu_count() or 0,
        "memory_gb": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30, 1),
        "os": platform.platform(),
    }


def versions(chromium: str | None = None) -> dict[str, str]:
    """Python, packages as far as they are installed, and the browser if there was one."""
    found = {"python": platform.python_version()}
    found |= {name: _version(name) for name in PACKAGES}
    return found | ({"chromium": chromium} if chromium else {})


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def load() -> float:
    """How many processes wanted a core at the same time, mean of the last minute."""
    return round(os.getloadavg()[0], 2)


def commit() -> str:
    """The commit that is checked out, with a plus where files differ from it."""
    short = _git("rev-parse", "--short", "HEAD")
    return short + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")


def _git(*words: str) -> str:
    done = subprocess.run(
        ["git", "--no-optional-locks", *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def _cpu_model() -> str:
    """The processor's name; platform.processor() is empty on Linux."""
    info = Path("/proc/cpuinfo")
    if not info.exists():
        return platform.processor()
    lines = info.read_text(encoding="utf-8").splitlines()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
