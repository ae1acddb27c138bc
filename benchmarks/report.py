"""The table on the terminal: every measure of the dashboard beside its peers, and the goals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.goals import GOALS
from benchmarks.results import Measures, has_p95
from benchmarks.targets import TARGETS

GOOD_PEERS = ("tuned", "dash")
"""Those that ask a server, as the dashboard does, and are written well."""

MET = {True: "met", False: "NOT MET", None: "not measured"}


def report(measures: Measures) -> str:
    """Two tables: what was measured, and the goals."""
    return "\n\n".join((table(_rows(measures)), table(goal_rows(measures))))


def _rows(measures: Measures) -> list[list[str]]:
    """One row a measure: each target's median and, where it says anything, its p95 in brackets."""
    targets = [name for name in TARGETS if any(m.endswith(f".{name}") for m in measures)]
    names = dict.fromkeys(name.rpartition(".")[0] for name in measures)
    rows = [["measure", "unit", *targets, "ours / usual", "ours / best peer"]]
    for name in names:
        found = {t: each for t in targets if (each := measures.get(f"{name}.{t}"))}
        unit = next(iter(found.values()))["unit"]
        cells = [_cell(found[target]) if target in found else "" for target in targets]
        rows.append([name, unit, *cells, _ratio(found, "usual"), _ratio(found, *GOOD_PEERS)])
    return rows


def _cell(found: dict[str, Any]) -> str:
    text = ("< " if found.get("below") else "") + _short(found["median"])
    return f"{text} ({_short(found['p95'])})" if has_p95(found) else text


def _ratio(found: Measures, *peers: str) -> str:
    """The dashboard's median as a share of the best peer's."""
    beside = [found[peer]["median"] for peer in peers if peer in found]
    if "ours" not in found or not beside:
        return ""
    best = max(beside) if found["ours"]["unit"] == "share" else min(beside)
    return f"{found['ours']['median'] / best:.2f}" if best else ""


def goal_rows(measures: Measures) -> list[list[str]]:
    """One row a goal: what it is, what came out, whether that is enough."""
    rows = [["goal", "of", "at most", "that is", "found", ""]]
    for goal in GOALS:
        found, limit = measures.get(f"{goal.measure}.{goal.target}"), goal.limit(measures)
        told = found and (goal.statistic != "p95" or has_p95(found))
        value = _short(found[goal.statistic]) if found and told else ""
        name = goal.measure + (" (p95)" if goal.statistic == "p95" else "")
        least = "" if limit is None else _short(limit)
        rows.append([name, goal.target, goal.words(), least, value, MET[goal.met(measures)]])
    return rows


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a Markdown table whose columns are as wide as their longest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], _line(["-" * width for width in widths], widths), *lines[1:]])


def _line(cells: Iterable[str], widths: Iterable[int]) -> str:
    padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    return f"| {' | '.join(padded)} |"


def _short(value: float) -> str:
    """Three figures: 0.25, 12.3, 1,082."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
