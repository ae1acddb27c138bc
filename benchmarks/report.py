"""The table on the terminal: every measure of the dashboard beside its peers, and the goals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.goals import GOALS
from benchmarks.results import Measures
from benchmarks.targets import TARGETS

MET = {True: "met", False: "NOT MET", None: "not measured"}


def report(measures: Measures) -> str:
    """Two tables: what was measured, and the goals."""
    return "\n\n".join((table(_rows(measures)), table(goal_rows(measures))))


def _rows(measures: Measures) -> list[list[str]]:
    """One row a measure: the median of each target and its 95th percentile in brackets."""
    targets = [name for name in TARGETS if any(m.endswith(f".{name}") for m in measures)]
    names = dict.fromkeys(name.rpartition(".")[0] for name in measures)
    rows = [["measure", "unit", *targets, "ours / usual"]]
    for name in names:
        found = {target: measures.get(f"{name}.{target}") for target in targets}
        unit = next(one["unit"] for one in found.values() if one)
        cells = [f"{_short(m['median'])} ({_short(m['p95'])})" if m else "" for m in found.values()]
        rows.append([name, unit, *cells, _ratio(measures, name)])
    return rows


def _ratio(measures: Measures, name: str) -> str:
    ours, usual = measures.get(f"{name}.ours"), measures.get(f"{name}.usual")
    return f"{ours['median'] / usual['median']:.2f}" if ours and usual and usual["median"] else ""


def goal_rows(measures: Measures) -> list[list[str]]:
    """One row a goal: what it is, what came out, whether that is enough."""
    rows = [["goal", "of", "at most", "that is", "found", ""]]
    for goal in GOALS:
        found, limit = measures.get(f"{goal.measure}.{goal.target}"), goal.limit(measures)
        value = _short(found[goal.statistic]) if found else ""
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
