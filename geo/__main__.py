"""The command line: ``python -m geo zones | ledger | compare | lookup | check``.

What was asked for goes to standard output (or ``--output``); what is wrong goes to standard error,
a sentence each. Exit codes: 0 done, 1 ``check`` found something wrong or ``lookup`` nothing, 2 it
could not be done.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import DataError, Fault
from geo.line import Line, load_line
from geo.plan import DEFAULT_PLAN, Plan, load_plan, plan_ids

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except DataError as error:
        _report(error.faults)
        return 2
    except BrokenPipeError:
        # Whoever read has enough; Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m geo",
        description="What a peace plan would do to each piece of land in Ukraine. Every plan here"
        " is a proposal; none is in force.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    zones = commands.add_parser("zones", help="every piece of land with what the plan says of it")
    _add_choices(zones, ("geojson", "json", "csv"))
    zones.set_defaults(run=_run_zones)
    ledger = commands.add_parser("ledger", help="how much land stands under which status")
    _add_choices(ledger, ("table", "json", "csv"))
    ledger.set_defaults(run=_run_ledger)
    compare = commands.add_parser("compare", help="for which land two plans say different things")
    compare.add_argument("left", metavar="LEFT", help="id of a plan")
    compare.add_argument("right", metavar="RIGHT", help="id of a plan, or of the same one")
    compare.add_argument("--line", metavar="DATE", help="default: the left plan's own line")
    compare.add_argument("--right-line", metavar="DATE", help="default: the same as the left one")
    _add_output(compare, ("table", "json", "csv"))
    compare.set_defaults(run=_run_compare)
    lookup = commands.add_parser("lookup", help="what the plan says of a town, a point or a list")
    lookup.add_argument("town", nargs="?", help='a name, such as Kramatorsk or "Ivanivka, Kherson"')
    lookup.add_argument("--lat", type=float, metavar="DEGREES", help="latitude of a point")
    lookup.add_argument("--lon", type=float, metavar="DEGREES", help="longitude of a point")
    lookup.add_argument("--file", type=Path, metavar="FILE", help="CSV, or one town per line")
    _add_choices(lookup, ("json", "csv"))
    lookup.set_defaults(run=_run_lookup)
    check = commands.add_parser("check", help="say what is wrong with plan, line and data files")
    check.add_argument("files", nargs="*", type=Path, metavar="FILE", help="default: all of data/")
    check.set_defaults(run=_run_check)
    return parser


def _add_choices(command: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    command.add_argument(
        "--plan", default=DEFAULT_PLAN, metavar="ID", help=f"one of: {', '.join(plan_ids())}"
    )
    command.add_argument("--line", metavar="DATE", help="default: the plan's own line of contact")
    _add_output(command, formats)


def _add_output(command: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    command.add_argument("--format", choices=formats, default=formats[0])
    command.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")


def _run_zones(options: argparse.Namespace) -> int:
    from geo import export

    plan = load_plan(options.plan)
    line = load_line(options.line or plan.line)
    found = _zones(plan, line)
    writers = {
        "geojson": lambda: export.as_geojson(found, **export.about(plan, line)),
        "json": lambda: export.as_json(found),
        "csv": lambda: export.as_csv(found),
    }
    return _write(writers[options.format](), options.output)


def _run_ledger(options: argparse.Namespace) -> int:
    from geo import ledger_files as files
    from geo.division import load_division
    from geo.ledger import ledger

    plan = load_plan(options.plan)
    division = load_division(options.line or plan.line)
    rows = files.as_rows(ledger(plan, division), division)
    writers = {"table": files.as_table, "json": files.as_json, "csv": files.as_csv}
    return _write(writers[options.format](rows), options.output)


def _run_compare(options: argparse.Namespace) -> int:
    from geo import comparison_files as files
    from geo.comparison import compare
    from geo.division import load_division

    left, right = load_plan(options.left), load_plan(options.right)
    line = options.line or left.line
    found = compare(left, load_division(line), right, load_division(options.right_line or line))
    rows = files.as_rows(found)
    writers = {
        "table": lambda: files.as_table(rows, found),
        "json": lambda: files.as_json(rows),
        "csv": lambda: files.as_csv(rows),
    }
    return _write(writers[options.format](), options.output)


def _run_lookup(options: argparse.Namespace) -> int:
    from geo import lookup, town_lists

    asked = _one_question(options)
    plan = load_plan(options.plan)
    date = options.line or plan.line
    columns = town_lists.COLUMNS if options.file else lookup.COLUMNS
    if options.file:
        rows = town_lists.answer_list(_read_list(options.file), plan, date)
    elif asked is None:
        rows = [lookup.lookup_point(options.lat, options.lon, plan, date).as_dict()]
    else:
        rows = [found.as_dict() for found in lookup.lookup(asked, plan, date)]
    writers = {
        "json": lambda: json.dumps(rows, ensure_ascii=False, indent=1),
        "csv": lambda: town_lists.as_csv(rows, columns),
    }
    _write(writers[options.format](), options.output)
    if not rows:
        _report([_unknown(asked or "")])
    return 0 if rows else 1


def _one_question(options: argparse.Namespace) -> str | None:
    """The name that is asked for; ``None`` for a point or a list. Raises :class:`DataError`."""
    point = (options.lat, options.lon) != (None, None)
    if [options.town is not None, point, options.file is not None].count(True) != 1:
        message = "give a town, or --lat and --lon, or --file: one of them."
        raise DataError(Fault("lookup", message))
    if point and None in (options.lat, options.lon):
        raise DataError(Fault("lookup", "a point needs both --lat and --lon."))
    if point and not (abs(options.lat) <= 90 and abs(options.lon) <= 180):
        message = f"{options.lat}, {options.lon} is no position; latitude ends at 90 degrees,"
        raise DataError(Fault("lookup", f"{message} longitude at 180."))
    town: str | None = options.town
    return town


def _read_list(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(Fault(path.name, f"it cannot be read ({error.strerror}).")) from error


def _unknown(asked: str) -> Fault:
    from geo.gazetteer import cleaned, gazetteer

    near = gazetteer().nearest_names(asked)
    hint = f"; the nearest names are {', '.join(near)}." if near else "."
    return Fault("lookup", f"there is no place called {cleaned(asked)!r}{hint}")


def _zones(plan: Plan, line: Line) -> GeoDataFrame:
    from geo.territories import load_territories
    from geo.zones import unreached_terms, zones

    found = zones(plan, load_territories(), line)
    _report(unreached_terms(plan, found))
    return found


def _run_check(options: argparse.Namespace) -> int:
    from geo.check import check, data_files

    files = options.files or data_files()
    faults = check(files)
    _report(faults)
    if not faults:
        print(f"Nothing wrong in {len(files)} {'file' if len(files) == 1 else 'files'}.")
    return 1 if faults else 0


def _write(text: str, output: Path | None) -> int:
    text = text if text.endswith("\n") else f"{text}\n"
    try:
        if output is None:
            sys.stdout.write(text)
            sys.stdout.flush()
        else:
            output.write_text(text, encoding="utf-8")
    except BrokenPipeError:
        raise
    except OSError as error:
        where = str(output or "standard output")
        raise DataError(Fault(where, f"it cannot be written ({error.strerror}).")) from error
    return 0


def _report(faults: list[Fault] | tuple[Fault, ...]) -> None:
    for fault in faults:
        print(fault, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
