"""Things that are fast only the first time they are not: each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.machine import ROOT

TIMED = """
import time
{before}
begun = time.perf_counter()
{work}
print(1000 * (time.perf_counter() - begun))
"""

DATA = """
from geo.line import load_line
from geo.plan import DEFAULT_PLAN, load_plan
from geo.territories import load_territories
from geo.zones import zones
plan = load_plan(DEFAULT_PLAN)
territories, line = load_territories(), load_line(plan.line)
"""

PIECES = {
    "zones_cold": (DATA, "zones(plan, territories, line)"),
    "zones_cold_with_imports_and_files": ("", f"{DATA}\nzones(plan, territories, line)"),
    "division_cold": (
        "from geo.plan import DEFAULT_PLAN, load_plan\n"
        "from geo.division import load_division\nplan = load_plan(DEFAULT_PLAN)",
        "load_division(plan.line)",
    ),
    "ledger_cold": (
        "from geo.plan import DEFAULT_PLAN, load_plan\n"
        "from geo.division import load_division\nfrom geo.ledger import ledger\n"
        "plan = load_plan(DEFAULT_PLAN)\ndivision = load_division(plan.line)",
        "ledger(plan, division)",
    ),
    "town_search_cold": (
        "from geo.gazetteer import search",
        "search('Kramatorsk')",
    ),
}
"""What is made ready before, and what is timed. ``zones_cold`` is the function as it is called
the first time, its libraries imported and its data read."""


def cold(name: str) -> float:
    """Milliseconds that one piece of work takes in a fresh process."""
    before, work = PIECES[name]
    program = TIMED.format(before=before, work=work)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def import_ms(module: str) -> float:
    """Milliseconds that importing a module takes in a fresh process, with all that it imports."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", f"import {module}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.split("|") for line in done.stderr.splitlines() if "|" in line]
    top = [row for row in rows if row[2].strip() == module]
    return float(top[-1][1]) / 1000
