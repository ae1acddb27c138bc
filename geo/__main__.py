"""The command line: ``python -m geo zones | ledger | check``.

What was asked for goes to standard output (or ``--output``); what is wrong goes to standard error,
a sentence each. Exit codes: 0 done, 1 ``check`` found something wrong, 2 it could not be done.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from geo.errors import DataError, Fault
from geo.line import load_line
from geo.plan import DEFAULT_PLAN, Plan, load_plan, plan_ids


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except DataError as error:
        _report(error.faults)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
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
    check = commands.add_parser("check", help="say what is wrong with plan, line and data files")
    check.add_argument("files", nargs="*", type=Path, metavar="FILE", help="default: all of data/")
    check.set_defaults(run=_run_check)
    return parser


def _add_choices(command: argparse.ArgumentParser, formats: tuple[str, ...]) -> None:
    command.add_argument(
        "--plan", default=DEFAULT_PLAN, metavar="ID", help=f"one of: {', '.join(plan_ids())}"
    )
    command.add_argument("--line", metavar="DATE", help="default: the plan's own line of contact")
    command.add_argument("--format", choices=formats, default=formats[0])
    command.add_argument("--output", type=Path, metavar="FILE", help="default: standard output")


def _run_zones(options: argparse.Namespace) -> int:
    from geo import export

    plan = load_plan(options.plan)
    found = _zones(plan, options.line)
    date = options.line or plan.line
    writers = {
        "geojson": lambda: export.as_geojson(
            found, plan=plan.id, line=date, status_note=plan.status_note["en"]
        ),
        "json": lambda: export.as_json(found),
        "csv": lambda: export.as_csv(found),
    }
    return _write(writers[options.format](), options.output)


def _run_ledger(options: argparse.Namespace) -> int:
    from geo import export
    from geo.ledger import ledger

    rows = ledger(_zones(load_plan(options.plan), options.line))
    writers = {"table": export.as_table, "json": export.as_json, "csv": export.as_csv}
    return _write(writers[options.format](rows), options.output)


def _zones(plan: Plan, date: str | None):  # type: ignore[no-untyped-def]
    from geo.territories import load_territories
    from geo.zones import unreached_terms, zones

    found = zones(plan, load_territories(), load_line(date or plan.line))
    _report(unreached_terms(plan, found))
    return found


def _run_check(options: argparse.Namespace) -> int:
    from geo.check import check, data_files

    faults = check(options.files or data_files())
    _report(faults)
    return 1 if faults else 0


def _write(text: str, output: Path | None) -> int:
    text = text if text.endswith("\n") else f"{text}\n"
    if output is None:
        sys.stdout.write(text)
        return 0
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DataError(Fault(str(output), f"it cannot be written ({error.strerror})")) from error
    return 0


def _report(faults: list[Fault] | tuple[Fault, ...]) -> None:
    for fault in faults:
        print(fault, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
