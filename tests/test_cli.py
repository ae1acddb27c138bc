"""The command line: what is asked for on stdout, what is wrong on stderr, exit codes."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys

import pytest

from geo.__main__ import main
from geo.zones import COLUMNS


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "geo", *arguments], capture_output=True, text=True, check=False
    )


def test_zones_as_json_have_every_column_but_geometry(capsys):
    assert main(["zones", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {tuple(row) for row in rows} == {COLUMNS[:-1]}
    zone = next(row for row in rows if row["zone"] == "UA-14-ukraine")
    assert zone["status"] == "demilitarized"
    assert {"21(a)", "21(d)"} <= set(zone["clauses"])
    assert zone["held_by"] == "Ukraine"
    assert (zone["treated_as"], zone["how"]) == ("Russia", "de_facto")
    assert "21(d): " in zone["forces"]
    assert 6000 < zone["area_km2"] < 6400


def test_zones_as_geojson_say_that_they_are_proposed(capsys):
    assert main(["zones"]) == 0
    collection = json.loads(capsys.readouterr().out)
    assert collection["plan"] == "us-28-point-2025-11"
    assert "never" in collection["status_note"]["en"]
    assert "OPORA" in collection["credit"]
    assert "DeepStateMap" in collection["credit"]
    assert "crs" not in collection
    assert all(f["geometry"]["type"].endswith("Polygon") for f in collection["features"])


def test_zones_as_csv_can_be_read_back(capsys):
    assert main(["zones", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len({row["territory"] for row in rows}) == 27
    assert next(r for r in rows if r["zone"] == "UA-05-ukraine")["treated_as"] == ""


def test_the_ledger_adds_up_to_the_outlines(capsys):
    assert main(["ledger", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    shares: dict[str, float] = {}
    for row in rows:
        shares[row["territory"]] = shares.get(row["territory"], 0) + row["share_percent"]
    assert len(shares) == 27
    assert all(share == pytest.approx(100, abs=0.01) for share in shares.values())


def test_the_ledger_is_a_table_by_default(capsys):
    assert main(["ledger"]) == 0
    out = capsys.readouterr().out
    assert "Donetsk Oblast" in out
    assert "demilitarized" in out


def test_output_goes_to_a_file(tmp_path, capsys):
    target = tmp_path / "zones.csv"
    assert main(["zones", "--format", "csv", "--output", str(target)]) == 0
    assert target.read_text(encoding="utf-8").startswith("zone,territory,status,clauses")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["zones", "--plan", "us-28-point"], "there is no plan 'us-28-point'; did you mean us-28"),
        (["zones", "--line", "2025-11-22"], "there is no line of '2025-11-22'; did you mean"),
        (["ledger", "--plan", "../x"], "there is no plan '../x'"),
        (["zones", "--output", "/nowhere/at/all.json"], "it cannot be written"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_exit_code_2(arguments, words):
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_format_is_refused():
    done = run("zones", "--format", "shapefile")
    assert done.returncode == 2
    assert "invalid choice: 'shapefile'" in done.stderr


@pytest.mark.parametrize("command", ["zones", "ledger", "check"])
def test_every_command_has_help(command):
    done = run(command, "--help")
    assert done.returncode == 0
    assert "usage: python -m geo" in done.stdout


def test_check_finds_nothing_wrong_in_the_data_that_is_shipped():
    done = run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"Nothing wrong in \d+ files\.\n", done.stdout)


def test_check_of_a_file_that_is_not_there():
    done = run("check", "nothing.yaml")
    assert done.returncode == 1
    assert done.stderr == "nothing.yaml: there is no such file; check the path.\n"
