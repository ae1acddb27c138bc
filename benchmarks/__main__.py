"""``python -m benchmarks``: measure the dashboard and its peers in a browser (``README.md``)."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Container

from benchmarks.measures import MEASURES
from benchmarks.report import report
from benchmarks.results import next_path
from benchmarks.run import run
from benchmarks.servers import Served
from benchmarks.targets import TARGETS


def main() -> None:
    """Read the command line, measure, print the table, write the file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=10, help="how often each is measured (10)")
    parser.add_argument(
        "--only",
        type=_list_of(MEASURES),
        default=list(MEASURES),
        help=f"some of: {', '.join(MEASURES)}",
    )
    parser.add_argument(
        "--targets",
        type=_list_of(TARGETS),
        default=list(TARGETS),
        help=f"some of: {', '.join(TARGETS)}",
    )
    parser.add_argument(
        "--behind",
        metavar="ADDRESS",
        help="where the dashboard answers behind its proxy, with --pid; else one is started",
    )
    parser.add_argument("--pid", type=int, nargs="*", default=[], help="its processes")
    asked = parser.parse_args()
    behind = Served(asked.behind, tuple(asked.pid)) if asked.behind else None
    targets, path = [TARGETS[name] for name in asked.targets], next_path()
    contents = run(asked.rounds, asked.only, targets, path, behind)
    print(report(contents["measures"]))
    print(f"\nWritten to {path}")


def _list_of(known: Container[str]) -> Callable[[str], list[str]]:
    """A reader of names with commas between them, each of which has to be known."""

    def names(text: str) -> list[str]:
        found = text.split(",")
        if wrong := [name for name in found if name not in known]:
            raise argparse.ArgumentTypeError(f"there is no {', '.join(wrong)}")
        return found

    return names


if __name__ == "__main__":
    main()
