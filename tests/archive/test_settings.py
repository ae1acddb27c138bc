"""What whoever runs the dashboard says of an archive, and what readers see of it."""

from __future__ import annotations

import pytest

from geo.errors import DataError
from geo.sources.archive import Archive

GOOD = {
    "TERRITORY_ARCHIVE_URL": "https://archive.example/{date}.geojson",
    "TERRITORY_ARCHIVE_LICENCE": "CC BY 4.0",
    "TERRITORY_ARCHIVE_CREDIT": "An archive",
}


@pytest.mark.parametrize("environ", [{}, {**GOOD, "TERRITORY_ARCHIVE_URL": " "}])
def test_without_an_address_there_is_no_archive(environ):
    assert Archive.from_environment(environ) is None


def test_readers_see_host_credit_and_licence_first():
    told = Archive.from_environment(GOOD).first_use.english()
    assert all(words in told for words in ("archive.example", "CC BY 4.0", "An archive"))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ftp://archive.example/{date}", "start with https:// or http:// and a host"),
        ("file:///srv/{date}", "start with https:// or http:// and a host"),
        ("archive.example/{date}", "start with https:// or http:// and a host"),
        ("https:///{date}", "start with https:// or http:// and a host"),
        ("https://me:secret@archive.example/{date}", "it holds a user name"),
        ("https://archive.example/latest.geojson", "it has no {date}"),
        ("https://{date}.example/", "the host has a placeholder"),
        ("https://archive.example/{day}", "a placeholder is not known"),
        ("https://archive.example/{date.__class__}", "a placeholder is not known"),
        ("https://archive.example/{date!r}", "a placeholder is not known"),
        ("https://archive.example/{date:%c}", "a placeholder is not known"),
        ("https://archive.example/{date:{date}}", "a placeholder is not known"),
        ("https://archive.example/{}", "a placeholder is not known"),
        ("https://archive.example/{date", "it is no address"),
        ("https://archive.example:99999/{date}", "it is no address"),
        ("https://archive.example/{date}#x", "a part after #"),
        ("https://archive.example/{date} x", "a space or a letter outside ASCII"),
        ("https://archive.example/{date}\r\nX: 1", "a space or a letter outside ASCII"),
        ("https://архів.example/{date}", "a space or a letter outside ASCII"),
    ],
)
def test_a_bad_address_is_told_to_the_operator(address, words):
    with pytest.raises(DataError) as told:
        Archive.from_environment({**GOOD, "TERRITORY_ARCHIVE_URL": address})
    assert any(words in str(fault) for fault in told.value.faults)
    assert all(fault.file == "TERRITORY_ARCHIVE_URL" for fault in told.value.faults)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("name", ["TERRITORY_ARCHIVE_LICENCE", "TERRITORY_ARCHIVE_CREDIT"])
def test_licence_and_credit_are_needed(name):
    with pytest.raises(DataError, match=f"^{name}: it is missing"):
        Archive.from_environment({**GOOD, name: ""})
