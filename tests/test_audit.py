"""``make audit`` says what it found and never that there is nothing where it could not look."""

from __future__ import annotations

import json
import stat
import sys

import pytest
from packaging.requirements import Requirement

from deploy.audit import REQUIREMENTS, ROOT, known_faults, main, pin_faults, pins, requirements


def report(*packages: dict) -> str:
    return json.dumps({"dependencies": [{"version": "1.0", "vulns": [], **p} for p in packages]})


@pytest.fixture
def pip_audit(tmp_path, monkeypatch):
    """A pip-audit that prints what it is told; nothing else is wrong."""
    monkeypatch.setattr("deploy.audit.misfits", list)

    def saying(text: str) -> str:
        path = tmp_path / "pip-audit"
        path.write_text(f"#!{sys.executable}\nprint({text!r})\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    return saying


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
    weak = {"id": "CVE-2026-1", "fix_versions": ["1.1"]}
    text = report({"name": "a", "vulns": [weak]}, {"name": "b"}, {"name": "c", "skip_reason": "?"})
    assert known_faults(text) == (["a 1.0 has CVE-2026-1; mended in 1.1."], ["c"])


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        (report({"name": "a"}), 0, "No known vulnerabilities."),
        (report({"name": "a", "skip_reason": "not found"}), 2, "NOT AUDITED: 1 of"),
        ("", 2, f"NOT AUDITED: {len(pins())} of {len(pins())}"),
        (report({"name": "a", "vulns": [{"id": "X", "fix_versions": []}]}), 1, "no version yet"),
    ],
)
def test_the_exit_code_says_how_it_went(pip_audit, capsys, said, code, words):
    assert main(pip_audit(said)) == code
    assert words in capsys.readouterr().out
