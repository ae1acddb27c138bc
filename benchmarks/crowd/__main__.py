"""``python -m benchmarks.crowd``: a crowd of replayed readers, counted.

python -m benchmarks.crowd --sessions 200 --minutes 10
python -m benchmarks.crowd --sessions 200 --minutes 30 --mixed --leave-and-come
python -m benchmarks.crowd --sessions 600 --minutes 30 --replicas 3 --kill-every 10
python -m benchmarks.crowd --target usual --sessions 25
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import uvloop

from benchmarks.crowd.acts import ACTS
from benchmarks.crowd.run import Crowd, run
from benchmarks.crowd.screen import MAP
from benchmarks.crowd.tally import measure
from benchmarks.crowd.visited import add_options, visited
from benchmarks.crowd.visitor import Habits
from benchmarks.results import Record
from benchmarks.servers import ServedByMany

ONLY_CLICKS = "click=1"
MIXED = "click=20,switch=4,plan=1,line=1,towns=1"
STAY_S = 180.0


def main() -> None:
    """Run one crowd as the command line asks."""
    asked = _arguments().parse_args()
    crowd = _crowd(asked)
    if asked.pin:
        os.sched_setaffinity(0, (1,))
    record = Record.begin(asked.out)
    with visited(asked, asked.target) as served:
        disturb = served.kill if isinstance(served, ServedByMany) else None
        if asked.pin:
            served.keep_to((0,))
        browsers = _browsers(asked, crowd, served.address)
        tally, taken = uvloop.run(run(crowd, served, disturb))
        in_browsers = _waits_of(browsers) if browsers else []
    name = f"crowd_{crowd.sessions}_{{}}.{'replicas' if asked.replicas else asked.target}"
    measures = {name.format(act): measure(each) for act, each in tally.waits.items() if each}
    if in_browsers:
        measures[name.format("click_in_browser")] = measure({0: in_browsers})
    found = taken.told(crowd, tally)
    record.keep(measures, asked=_told(asked), crowd=found)
    print(json.dumps(found))
    for name, waits in measures.items():
        print(f"{name}: median {waits['median']:.0f} ms, p95 {waits['p95']:.0f}")


def _told(asked: argparse.Namespace) -> dict[str, Any]:
    """What was asked for, as a result file has it: how many replicas, which acts and so on."""
    return {name: value for name, value in vars(asked).items() if name not in {"out", "pid"}}


def _crowd(asked: argparse.Namespace) -> Crowd:
    ours = asked.target == "ours"
    acts = MIXED if asked.mixed else (asked.acts if ours else "click_peer=1")
    habits = Habits(asked.every, weights(acts), asked.query, "panel_bridge" if ours else MAP)
    stay = STAY_S if asked.leave_and_come else None
    return Crowd(asked.sessions, asked.minutes, habits, stay, asked.arrivals, asked.kill_every)


def _browsers(
    asked: argparse.Namespace, crowd: Crowd, address: str
) -> subprocess.Popen[bytes] | None:
    """Real browsers among the crowd, if they are asked for; they stay as long."""
    if not asked.browsers:
        return None
    seconds = crowd.ramp_s + 60 * crowd.minutes
    command = [sys.executable, "-m", "benchmarks.crowd.browsers", address]
    command += ["--browsers", str(asked.browsers), "--seconds", str(seconds)]
    command += ["--every", str(asked.every)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def _waits_of(browsers: subprocess.Popen[bytes]) -> list[float]:
    """What the browsers measured, in ms; the server has to live until they are done."""
    told, _ = browsers.communicate()
    if browsers.returncode:
        raise RuntimeError("The browsers gave up; what went wrong stands above.")
    waits: list[float] = json.loads(told)
    return waits


def weights(text: str) -> dict[str, float]:
    """How often each act is done, from ``click=20,switch=4``.

    Raises :class:`ValueError` for an act that there is not.
    """
    parts = [part.partition("=") for part in text.split(",")]
    found = {name: float(share) for name, _, share in parts}
    if unknown := found.keys() - ACTS.keys():
        raise ValueError(f"{', '.join(unknown)}: no such act; there are {', '.join(ACTS)}.")
    return found


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.crowd",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_options(parser)
    add = parser.add_argument
    add("--sessions", type=int, default=10, help="readers at the same time")
    add("--minutes", type=float, default=1, help="how long all are there")
    add("--every", type=float, default=5, help="seconds between two acts of one reader")
    add("--acts", default=ONLY_CLICKS, help="what they do, as click=20,switch=4")
    add("--mixed", action="store_true", help=f"the same as --acts {MIXED}")
    add("--query", default="", help="the query string of the link that they open")
    add("--arrivals", type=float, default=5, help="readers who come in a second")
    add("--leave-and-come", action="store_true", help="each stays 3 minutes on the mean")
    add("--target", choices=("ours", "usual", "tuned"), default="ours")
    add("--kill-every", type=float, help="minutes between two kills of a replica")
    add("--browsers", type=int, default=0, help="real browsers among them")
    add("--pin", action="store_true", help="the server on core 0, this program on core 1")
    add("--out", type=Path, help="a file for the JSON")
    return parser


if __name__ == "__main__":
    main()
