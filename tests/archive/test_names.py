"""The name of an archive's host: looked up once, and never to a private address."""

from __future__ import annotations

import socket

import pytest

from geo.sources.messages import ArchiveError
from tests.archive.asking import MAP, ask, configured


def name_leads_to(monkeypatch, *times):
    """What a name is found to be, each time that it is looked up; an address is always itself."""
    left = list(times)

    def look_up(host, port, *_args, **_more):
        found = [host] if host[0].isdigit() else left.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in found]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return left


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.5",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:10.0.0.1",
    ],
)
def test_a_name_that_leads_to_a_private_address_is_not_asked(
    address, server, tmp_path, monkeypatch, contacted
):
    named = f"http://archive.example:{server.port}/{{date}}"
    archive = configured(server, tmp_path, TERRITORY_ARCHIVE_URL=named)
    name_leads_to(monkeypatch, ["93.184.215.14", address])
    with pytest.raises(ArchiveError, match="which is no public address; nothing was asked"):
        ask(archive)
    assert contacted == []


def test_the_address_that_was_checked_is_the_one_that_is_asked(server, tmp_path, monkeypatch):
    """A name that would lead elsewhere the next time is looked up once only."""
    tried = []

    def refuse(_sock, address):
        tried.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    left = name_leads_to(monkeypatch, ["93.184.215.14"], ["127.0.0.1"])
    named = f"http://archive.example:{server.port}/{{date}}"
    with pytest.raises(ArchiveError, match="cannot be reached"):
        ask(configured(server, tmp_path, TERRITORY_ARCHIVE_URL=named))
    assert tried == [("93.184.215.14", server.port)]
    assert left == [["127.0.0.1"]]


def test_a_name_that_nobody_knows_is_a_sentence(server, tmp_path, monkeypatch):
    def unknown(*_args, **_more):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    archive = configured(server, tmp_path, TERRITORY_ARCHIVE_URL="https://nowhere.example/{date}")
    with pytest.raises(ArchiveError, match=r"reached \(Name or service not known\)"):
        ask(archive)


def test_looking_up_a_name_does_not_wait_for_ever(server, tmp_path, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: server.over.wait(5))
    archive = configured(server, tmp_path, TERRITORY_ARCHIVE_URL="https://slow.example/{date}")
    with pytest.raises(ArchiveError, match="did not answer in time"):
        ask(archive)


def test_localhost_means_this_machine(server, tmp_path, monkeypatch):
    here = f"http://localhost:{server.port}/{{date}}"
    archive = configured(server, tmp_path, TERRITORY_ARCHIVE_URL=here)
    name_leads_to(monkeypatch, ["127.0.0.1"], ["10.0.0.1"])
    assert ask(archive).data == MAP
    assert "no public address" in ask(archive).notices[0].english()
