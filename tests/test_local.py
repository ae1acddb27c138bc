"""Replicas and nginx as plain processes: what an operator is told when they do not stay."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy import local
from deploy.processes import HOST, free_ports
from deploy.proxy import Limits, configure
from serving.errors import SettingError


def test_a_setting_that_cannot_be_meant_is_told_before_anything_starts():
    with (
        pytest.raises(SettingError, match="TERRITORY_SESSIONS"),
        local.replicas(1, environment={"TERRITORY_SESSIONS": "many"}),
    ):
        pytest.fail("started")


ENDS = "echo 'A reason, and how to mend it.'; exit 1"
"""A replica that ends at once."""

STAYS = f"""exec {sys.executable} -c '
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
def answer(request):
    request.send_response(200)
    request.end_headers()
BaseHTTPRequestHandler.do_GET = answer
HTTPServer(("{HOST}", int(sys.argv[-1])), BaseHTTPRequestHandler).serve_forever()
' "$@"
"""
"""A replica that answers everything, in a moment."""


@pytest.fixture
def cluster(request, tmp_path, monkeypatch):
    """Two replicas, each as the test says what one does, and nginx; not started yet."""
    replica = tmp_path / "python"
    replica.write_text(f"#!/bin/sh\n{getattr(request, 'param', ENDS)}")
    replica.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(replica))
    *ports, port = free_ports(3)
    running = local.Cluster(tmp_path, ports, port, {})
    yield running
    running.stop()


def configured(cluster: local.Cluster) -> Path:
    return configure(local._proxy(cluster, Limits()))


def test_a_replica_that_does_not_stay_is_told_with_the_end_of_its_log(cluster):
    with pytest.raises(local.ClusterError, match="A reason, and how to mend it") as raised:
        cluster.start(configured(cluster))
    assert str(raised.value).startswith("Replica ")
    assert max(cluster.restarts) == local.QUICK_EXITS - 1


@pytest.mark.parametrize("cluster", [STAYS], indirect=True)
def test_replicas_that_are_ended_from_outside_are_started_again_and_nginx_is_missed(cluster):
    cluster.start(configured(cluster))
    for _ in range(local.QUICK_EXITS):
        pid = cluster.pid(0)
        cluster.kill(0)
        wait_until(lambda before=pid: cluster.pid(0) != before)
        cluster.wait_until_ready(0)
    cluster.rolling_restart()
    cluster.check()
    assert cluster.restarts == [local.QUICK_EXITS + 1, 1]
    master = int((cluster.folder / "scratch" / "nginx.pid").read_text())
    os.kill(master, signal.SIGTERM)
    wait_until(lambda: cluster.fault is not None)
    with pytest.raises(local.ClusterError, match="nginx ended"):
        cluster.check()


def wait_until(true: Callable[[], bool]) -> None:
    """Wait until something is so that another thread makes so, 30 seconds at most."""
    pause = threading.Event()
    for _ in range(600):
        if true():
            return
        pause.wait(0.05)
    pytest.fail("It did not come to be so in 30 seconds.")


def test_an_nginx_that_cannot_start_is_told_with_the_end_of_its_log(cluster, monkeypatch):
    monkeypatch.setattr(local, "QUICK_EXITS", 1_000_000)
    written = configured(cluster)
    with socket.socket() as taken:
        host, port = cluster.address.removeprefix("http://").split(":")
        taken.bind((host, int(port)))
        taken.listen()
        with pytest.raises(local.ClusterError, match="Address already in use"):
            cluster.start(written)


def test_a_configuration_that_nginx_refuses_is_told_in_its_words(cluster):
    written = configured(cluster)
    written.write_text("nonsense;", "utf-8")
    with pytest.raises(local.ClusterError, match='unknown directive "nonsense"'):
        cluster.start(written)


def test_a_missing_nginx_is_told_with_how_to_get_it(cluster, monkeypatch):
    written = configured(cluster)
    monkeypatch.setattr("shutil.which", lambda *_args, **_options: None)
    with pytest.raises(local.ClusterError, match="`make browser` installs it"):
        cluster.start(written)


@pytest.mark.parametrize("cluster", ["exec sleep 60"], indirect=True)
def test_a_replica_that_never_answers_is_told(cluster, monkeypatch):
    monkeypatch.setattr("deploy.processes.START_SECONDS", 0)
    with pytest.raises(local.ClusterError, match="did not answer"):
        cluster.start(configured(cluster))


def test_an_end_of_the_supervisor_is_told(cluster, monkeypatch):
    def fails(_index):
        raise OSError("no more processes")

    def start_again(*_replica):
        monkeypatch.setattr(cluster, "_replica", fails)
        local.Cluster._start_again(cluster, *_replica)

    monkeypatch.setattr(cluster, "_start_again", start_again)
    with pytest.raises(local.ClusterError, match="no more processes"):
        cluster.start(configured(cluster))
