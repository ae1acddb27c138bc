"""``make audit`` says what it found and never that there is nothing where it could not look."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from deploy import audit
from deploy.audit import REQUIREMENTS, ROOT, known_faults, main, pin_faults, pins, requirements

WEAK = {"vulns": [{"id": "CVE-2026-1", "fix_versions": ["1.1"]}]}


def report(**other: dict | None) -> str:
    """What pip-audit says of every pin: nothing, but for those named here; none of a ``None``."""
    said = {name: {"version": "1.0", "vulns": []} for name in pins()} | other
    return json.dumps({"dependencies": [{"name": n, **of} for n, of in said.items() if of]})


def program(path: Path, prints: str, returns: int = 0) -> str:
    path.write_text(f"#!{sys.executable}\nprint({prints!r})\nraise SystemExit({returns})\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.fixture
def pip_audit(tmp_path, monkeypatch):
    """A pip-audit that prints what it is told; nothing else is wrong."""
    monkeypatch.setattr(audit, "misfits", list)
    return lambda text: program(tmp_path / "pip-audit", text)


def test_every_package_that_is_asked_for_is_pinned_within_its_range():
    named = [each for name in REQUIREMENTS for each in requirements(ROOT / name)]
    assert len(named) > 20
    assert pin_faults(named, pins()) == []


def test_a_missing_and_a_wrong_pin_are_told():
    named = [Requirement("folium~=0.20"), Requirement("Shapely~=2.1")]
    first, second = pin_faults(named, {"shapely": "1.8"})
    assert first == "folium is not in constraints.txt. Add its exact version there."
    assert second == "Shapely is pinned to 1.8, which Shapely~=2.1 does not allow. Change one."


def test_vulnerabilities_and_what_was_not_looked_up_are_told_apart():
    text = report(folium={"version": "0.20", **WEAK}, shapely={"skip_reason": "?"}, brotli=None)
    found = ["folium 0.20 has CVE-2026-1; mended in 1.1."]
    assert known_faults(text) == (found, ["brotli", "shapely"])


def test_a_report_names_a_package_as_it_likes():
    assert known_faults(report(pyyaml=None, PyYAML={"version": "6.0", "vulns": []})) == ([], [])


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        (report(), 0, f"All {len(pins())} packages were looked up. No known vulnerabilities."),
        (report(folium={"skip_reason": "not found"}), 2, "NOT AUDITED: 1 of"),
        (report(folium=None), 2, "NOT AUDITED: 1 of"),
        ('{"dependencies": []}', 2, f"NOT AUDITED: {len(pins())} of {len(pins())}"),
        ("", 2, f"NOT AUDITED: {len(pins())} of {len(pins())}"),
        (report(folium={"version": "0", "vulns": [{"id": "X", "fix_versions": []}]}), 1, "yet"),
    ],
)
def test_the_exit_code_says_how_it_went(pip_audit, capsys, said, code, words):
    assert main([pip_audit(said)]) == code
    assert words in capsys.readouterr().out


def test_without_the_program_it_says_how_it_is_called(capsys):
    with pytest.raises(SystemExit):
        main([])
    assert "pip_audit" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("prints", "returns", "told"),
    [
        ("No broken requirements found.", 0, []),
        ("a 1 needs b, which is not installed.", 1, ["a 1 needs b, which is not installed."]),
    ],
)
def test_packages_that_do_not_fit_are_told_as_pip_says_it(
    tmp_path, monkeypatch, prints, returns, told
):
    monkeypatch.setattr(sys, "executable", program(tmp_path / "python", prints, returns))
    assert audit.misfits() == told


def test_a_pip_that_cannot_be_run_is_no_all_clear(tmp_path, monkeypatch):
    without_pip = tmp_path / "python"
    without_pip.write_text("#!/bin/sh\necho 'No module named pip' >&2\nexit 1\n")
    without_pip.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(without_pip))
    (fault,) = audit.misfits()
    assert fault.startswith("`pip check` could not be run (1)")
    assert fault.endswith("No module named pip")
