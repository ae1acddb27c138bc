"""``make audit``: known vulnerabilities of what is pinned, and whether the pins are whole.

Says plainly what could not be looked up: a package without an answer is no sound package. Ends
with 0 if everything was looked up and nothing found, 1 if something is wrong, 2 if nothing is but
not everything could be looked up.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
CONSTRAINTS = ROOT / "constraints.txt"
REQUIREMENTS = (
    "requirements.txt",
    "requirements-build.txt",
    "requirements-dev.txt",
    "requirements-bench.txt",
)


def requirements(path: Path) -> list[Requirement]:
    """The packages that a requirements or constraints file names, without those it includes."""
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def pins(constraints: Path = CONSTRAINTS) -> dict[str, str]:
    """The one version of each package that ``constraints`` allows, by canonical name."""
    return {
        canonicalize_name(each.name): next(iter(each.specifier)).version
        for each in requirements(constraints)
    }


def pin_faults(named: list[Requirement], pinned: dict[str, str]) -> list[str]:
    """What is asked for but not pinned, or pinned to a version that is not asked for."""
    faults = []
    for each in named:
        version = pinned.get(canonicalize_name(each.name))
        if version is None:
            faults.append(f"{each.name} is not in constraints.txt. Add its exact version there.")
        elif not each.specifier.contains(version, prereleases=True):
            faults.append(
                f"{each.name} is pinned to {version}, which {each} does not allow. Change one."
            )
    return faults


def known_faults(report: str) -> tuple[list[str], list[str]]:
    """What pip-audit's JSON ``report`` finds wrong, and the pinned packages it says nothing of."""
    answered = [each for each in json.loads(report)["dependencies"] if "skip_reason" not in each]
    found = [
        f"{package['name']} {package['version']} has {each['id']}; mended in "
        f"{', '.join(each['fix_versions']) or 'no version yet'}."
        for package in answered
        for each in package["vulns"]
    ]
    known = {canonicalize_name(package["name"]) for package in answered}
    return found, sorted(pins().keys() - known)


def looked_up(pip_audit: str) -> tuple[list[str], list[str]]:
    """:func:`known_faults` of what is pinned; all is unknown if ``pip_audit`` gives no report."""
    command = [pip_audit, "--requirement", str(CONSTRAINTS), "--no-deps", "--disable-pip"]
    options = ["--format", "json", "--progress-spinner", "off", "--timeout", "15"]
    run = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
    if not run.stdout.strip():
        sys.stderr.write(f"pip-audit gave no report ({run.returncode}):\n{run.stderr}")
        return [], list(pins())
    return known_faults(run.stdout)


def misfits() -> list[str]:
    """Installed packages that need other ones than there are, as ``pip check`` says it."""
    command = [sys.executable, "-m", "pip", "check"]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    if not checked.returncode:
        return []
    # Without a line of its own it has checked nothing, as where there is no pip.
    return checked.stdout.strip().splitlines() or [
        f"`pip check` could not be run ({checked.returncode}), so whether the installed packages"
        f" fit each other is not known. It said: {checked.stderr.strip() or 'nothing'}"
    ]


def coverage(found: list[str], unknown: list[str]) -> str:
    """How much was looked up."""
    if unknown:
        return (
            f"NOT AUDITED: {len(unknown)} of {len(pins())} packages could not be looked up, so"
            " whether they have known vulnerabilities is not known. Run `make audit` where the"
            " package index's vulnerability data can be reached."
        )
    none = "" if found else " No known vulnerabilities."
    return f"All {len(pins())} packages were looked up.{none}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Say what is wrong and what is not known; the exit code says which."""
    parser = argparse.ArgumentParser(prog="python -m deploy.audit", description=__doc__)
    parser.add_argument("pip_audit", help="the program, as `make audit` installs it")
    pip_audit = parser.parse_args(arguments).pip_audit
    named = [each for name in REQUIREMENTS for each in requirements(ROOT / name)]
    faults = pin_faults(named, pins()) + misfits()
    found, unknown = looked_up(pip_audit)
    said = [*faults, *found] or ["The pins are whole and fit each other."]
    sys.stdout.write("\n".join([*said, coverage(found, unknown)]) + "\n")
    return 1 if faults or found else 2 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
