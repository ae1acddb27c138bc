"""A server that is the archive, and a guard that no other address is contacted."""

from __future__ import annotations

import socket

import pytest

from tests.archive.asking import MAP, configured
from tests.archive.server import serve


@pytest.fixture
def contacted(monkeypatch):
    """Every address that anything connects to, or whose name is looked up."""
    found, connect, look_up = [], socket.socket.connect, socket.getaddrinfo

    def watched_connect(sock, address):
        found.append(address[:2])
        return connect(sock, address)

    def watched_look_up(host, port, *args, **more):
        found.append((host, port))
        return look_up(host, port, *args, **more)

    monkeypatch.setattr(socket.socket, "connect", watched_connect)
    monkeypatch.setattr(socket, "getaddrinfo", watched_look_up)
    return found


@pytest.fixture
def server(contacted):
    """The host that is configured; whatever it does, no other may hear of it."""
    with serve() as running:
        running.reply = lambda handler: handler.send(200, MAP)
        yield running
    assert set(contacted) <= {("127.0.0.1", running.port)}


@pytest.fixture
def archive(server, tmp_path):
    return configured(server, tmp_path)
