"""nginx before the replicas: where a reader is sent, what is refused, what is kept and logged."""

from __future__ import annotations

import gzip
import json
import signal
import socket
import subprocess
from contextlib import contextmanager
from pathlib import Path

import brotli
import pytest
import yaml

from deploy.processes import HOST, nginx
from deploy.proxy import (
    AGAIN_IN,
    ERROR_PAGES,
    HIDDEN,
    Limits,
    Proxy,
    Rate,
    configure,
    read_replicas,
)
from pages.parts.assets import version
from serving.lasting import ASK_AGAIN, YEAR
from serving.security import HEADERS, REST, written
from tests.replicas import SCRIPT, Stubs, run

DEPLOY = Path(__file__).parents[1] / "deploy"


@pytest.fixture
def stubs(tmp_path, request):
    limits = getattr(request, "param", Limits())
    running = Stubs(tmp_path, limits)
    running.process = run(running)
    yield running
    running.process.terminate()
    running.process.wait(10)
    for port in list(running.servers):
        running.end(port)


def test_nginx_takes_the_configuration_with_and_without_tls(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=territory"),
            *("-keyout", str(key), "-out", str(certificate)),
        ],
        check=True,
        capture_output=True,
    )
    plain = {
        "static": tmp_path,
        "replicas": read_replicas("127.0.0.1:8501 127.0.0.1:8502"),
        "access_log": str(tmp_path / "access.log"),
        "error_log": str(tmp_path / "error.log"),
    }
    for name, tls in {"plain": {}, "tls": {"certificate": certificate, "key": key}}.items():
        written = configure(
            Proxy(folder=tmp_path / name, scratch=tmp_path / f"{name}-scratch", **plain, **tls)
        )
        checked = subprocess.run(
            [nginx(), "-t", "-c", str(written)], capture_output=True, text=True, check=False
        )
        assert checked.returncode == 0, checked.stderr
        assert "[warn]" not in checked.stderr
        assert ("Strict-Transport-Security" in written.read_text()) == bool(tls)


def test_two_replicas_with_one_port_are_refused_with_the_reason(tmp_path):
    with pytest.raises(ValueError, match="a port of its own"):
        Proxy(tmp_path, tmp_path, tmp_path, read_replicas("a:8501 b:8501"))


def test_a_script_is_answered_packed_from_nginx_and_kept_for_a_year(stubs):
    plain = (stubs.proxy.static / SCRIPT).read_bytes()
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}
    for accepted, unpacked in unpack.items():
        status, headers, body = stubs.ask(f"/{SCRIPT}", Accept_Encoding=accepted)
        assert status == 200
        assert headers["Content-Encoding"] == (None if accepted == "identity" else accepted)
        assert unpacked(body) == plain
        assert headers["Cache-Control"] == YEAR
        assert headers["ETag"] is headers["Last-Modified"] is None, "never asked for again"
        for name, value in HEADERS.items():
            assert headers.get_all(name) == [value]
        assert headers["Content-Security-Policy"] is None, "it is text at most"


def test_a_components_file_is_kept_as_the_app_has_it(stubs):
    for asked, kept in {
        f"map.js?v={version()}": YEAR,
        "map.js": ASK_AGAIN,
        "main.521860b0.js": YEAR,
    }.items():
        _status, headers, _body = stubs.ask(f"/component/land/{asked}")
        assert headers["Cache-Control"] == kept, asked
        assert headers["ETag"]


def test_a_file_that_a_browser_may_show_is_denied_everything(stubs):
    (stubs.proxy.static / "component" / "land" / "sea.svg").write_text("<svg/>", "utf-8")
    _status, headers, _body = stubs.ask("/component/land/sea.svg")
    assert headers.get_all("Content-Security-Policy") == [written(REST)]


def test_a_browser_that_has_a_script_is_told_no_policy_for_it(stubs):
    _status, headers, _body = stubs.ask("/component/land/map.js")
    known = stubs.ask("/component/land/map.js", If_None_Match=headers["ETag"])
    assert known[0] == 304
    assert known[1]["Content-Security-Policy"] is None


def test_a_file_that_nginx_does_not_have_comes_from_a_replica(stubs):
    assert stubs.heard("/static/js/of-an-older-version.js")["port"] in stubs.servers


def test_a_page_of_another_version_gets_its_files_from_the_replica_that_served_it(stubs):
    for port in stubs.servers:
        cookie = f"territory_replica={port}"
        for path in ("/component/land/map.js?v=another", "/static/js/of-an-older-version.js"):
            assert {stubs.heard(path, Cookie=cookie)["port"] for _ in range(3)} == {port}
    port = next(iter(stubs.servers))
    stubs.end(port)
    went_on = stubs.heard("/component/land/map.js?v=another", Cookie=f"territory_replica={port}")
    assert went_on["port"] in stubs.servers


@pytest.mark.parametrize("kept", [False, True])
def test_a_frame_that_a_replica_does_not_know_yet_comes_from_another(stubs, kept):
    first, second, _third = stubs.servers
    for port in (first, second):
        stubs.servers[port].refuses["/component/land/index.html"] = 404
    cookie = {"Cookie": f"territory_replica={first}"} if kept else {}
    asked = [stubs.ask("/component/land/index.html", **cookie)[0] for _ in range(6)]
    assert asked == [200] * 6


def test_a_file_that_nobody_has_is_not_found(stubs):
    for server in stubs.servers.values():
        server.refuses["/component/land/nothing.js"] = 404
    assert stubs.ask("/component/land/nothing.js")[0] == 404


@pytest.mark.parametrize("stubs", [Limits(misses=Rate(1, 3), pages=Rate(1, 3))], indirect=True)
def test_what_nginx_does_not_have_is_counted_and_a_page_is_counted_once(stubs):
    missed = [stubs.ask("/component/land/index.html")[0] for _ in range(8)]
    assert missed[:4] == [200] * 4
    assert 429 in missed
    cookie = f"territory_replica={next(iter(stubs.servers))}"
    for port in list(stubs.servers)[:2]:
        stubs.end(port)
    assert stubs.ask("/", Cookie=cookie)[0] == 200, "sent on to another replica, it is no miss"


AHEAD = "/ahead/0123abcd/panels/us-28-point-2025-11/2025-11-21/en.json"


def test_what_a_page_shows_ahead_comes_from_its_replica_as_packed_as_it_has_it(stubs):
    first, *others = stubs.servers
    cookie = f"territory_replica={first}"
    asked = [stubs.heard(AHEAD, Cookie=cookie, Accept_Encoding="br") for _ in range(3)]
    assert {heard["port"] for heard in asked} == {first}
    assert {heard["headers"]["Accept-Encoding"] for heard in asked} == {"br"}
    assert "Accept-Encoding" not in stubs.heard("/", Cookie=cookie, Accept_Encoding="br")["headers"]
    stubs.end(first)
    assert stubs.heard(AHEAD, Cookie=cookie)["port"] in others


def test_a_page_whose_replica_has_another_version_does_without_what_is_ahead(stubs):
    first, *_others = stubs.servers
    stubs.servers[first].refuses[AHEAD.partition("?")[0]] = 404
    assert stubs.ask(AHEAD, Cookie=f"territory_replica={first}")[0] == 404


@pytest.mark.parametrize("stubs", [Limits(ahead=Rate(1, 3))], indirect=True)
def test_what_is_ahead_has_a_rate_of_its_own(stubs):
    answers = [stubs.ask(AHEAD)[0] for _ in range(8)]
    assert answers[:4] == [200] * 4
    assert 429 in answers
    assert stubs.ask("/")[0] == 200


def test_what_the_app_says_of_a_page_is_said_once(stubs):
    _status, headers, _body = stubs.ask("/")
    assert headers.get_all("X-Content-Type-Options") == ["nosniff"]


def test_a_reader_stays_with_a_replica_and_goes_on_with_another_when_it_ends(stubs):
    _status, headers, body = stubs.ask("/")
    first = json.loads(body)["port"]
    cookie = headers["Set-Cookie"].partition(";")[0]
    assert cookie == f"territory_replica={first}"
    assert {stubs.heard(Cookie=cookie)["port"] for _ in range(6)} == {first}
    stubs.end(first)
    _status, headers, body = stubs.ask("/", Cookie=cookie)
    second = json.loads(body)["port"]
    assert second != first
    assert headers["Set-Cookie"].startswith(f"territory_replica={second};")
    uploaded = {stubs.heard("/media/a", Cookie=cookie)["port"] for _ in range(6)}
    assert uploaded == {second}, "everyone it had goes to the same next one"
    stubs.end(second)
    assert stubs.heard(Cookie=cookie)["port"] not in (first, second)


def test_readers_without_a_cookie_are_spread(stubs):
    assert {stubs.heard()["port"] for _ in range(12)} == set(stubs.servers)


def test_a_replica_that_is_full_sends_new_readers_on_and_keeps_its_own(stubs):
    first, *_others = stubs.servers
    cookie = f"territory_replica={first}"
    stubs.servers[first].refuses["/full"] = 503
    assert stubs.heard("/full", Cookie=cookie)["port"] != first
    assert stubs.heard("/media/a", Cookie=cookie)["port"] == first


def test_a_reader_is_told_in_three_languages_when_no_replica_answers(stubs):
    for port in list(stubs.servers):
        stubs.end(port)
    status, headers, body = stubs.ask("/")
    assert status == 502
    assert headers["Retry-After"] == str(AGAIN_IN)
    sentences, again_in = ERROR_PAGES["away"]
    assert f'content="{again_in}"'.encode() in body
    for sentence in sentences:
        assert sentence.encode() in body


@pytest.mark.parametrize("stubs", [Limits(pages=Rate(1, 3))], indirect=True)
def test_an_address_that_asks_too_often_is_told_so(stubs):
    answers = [stubs.ask("/") for _ in range(8)]
    refused = [(headers, body) for status, headers, body in answers if status == 429]
    assert refused
    headers, body = refused[0]
    assert headers["Retry-After"] == str(AGAIN_IN)
    for sentence in ERROR_PAGES["too_often"][0]:
        assert sentence.encode() in body
    assert stubs.ask(f"/{SCRIPT}")[0] == 200, "files are not counted"


def test_a_file_may_be_as_large_as_the_app_takes_and_no_larger(stubs):
    megabyte = 1024 * 1024
    most = stubs.proxy.limits.largest_upload_mb * megabyte
    assert stubs.ask("/_stcore/upload_file/a/b", "PUT", bytes(most))[0] == 200
    status, headers, body = stubs.ask("/_stcore/upload_file/a/b", "PUT", bytes(most + 1))
    assert status == 413
    assert ERROR_PAGES["too_large"][0][0].encode() in body
    assert headers["Retry-After"] is None, "it will be as large the next time"
    assert b"http-equiv" not in body
    assert stubs.ask("/", "PUT", bytes(megabyte))[0] == 413, "only uploads may be large"


def test_a_file_that_turns_out_too_large_on_its_way_is_refused_with_the_sentence(stubs):
    unsaid = iter([bytes(1024 * 1024)] * (stubs.proxy.limits.largest_upload_mb + 4))
    status, _headers, body = stubs.ask("/_stcore/upload_file/a/b", "PUT", unsaid)
    assert status == 413
    assert ERROR_PAGES["too_large"][0][0].encode() in body


@pytest.mark.parametrize("path", HIDDEN)
def test_figures_and_probes_are_not_for_the_public(stubs, path):
    assert stubs.ask(path)[0] == 404
    if path.endswith("/"):
        assert stubs.ask(f"{path}below")[0] == 404


def test_the_proxys_probe_finds_nginx_alive_without_replicas_and_not_when_it_has_ended(stubs):
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    _cmd, *probe = compose["services"]["proxy"]["healthcheck"]["test"]
    assert "/127.0.0.1/8080" in probe[-1]
    probe[-1] = probe[-1].replace("/8080", f"/{stubs.port}")
    for port in list(stubs.servers):
        stubs.end(port)
    assert subprocess.run(probe, capture_output=True, check=False).returncode == 0
    stubs.process.terminate()
    stubs.process.wait(10)
    assert subprocess.run(probe, capture_output=True, check=False).returncode != 0


@contextmanager
def upload_under_way(stubs: Stubs, address: str = HOST):
    """An upload from ``address`` for whose body nginx waits."""
    with socket.create_connection((HOST, stubs.port), source_address=(address, 0)) as connection:
        connection.sendall(b"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: a\r\n")
        connection.sendall(b"Content-Length: 9\r\nExpect: 100-continue\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 100")
        yield


def test_an_nginx_that_is_replaced_does_not_wait_for_connections_that_stay_open(stubs):
    with upload_under_way(stubs):
        stubs.process.send_signal(signal.SIGQUIT)
        # Without worker_shutdown_timeout it would wait for client_body_timeout, 15 s.
        stubs.process.wait(12)


@pytest.mark.parametrize("stubs", [Limits(uploads_together=1)], indirect=True)
def test_uploads_under_way_are_counted_over_all_addresses(stubs):
    with upload_under_way(stubs, address="127.0.0.2"):
        assert stubs.ask("/_stcore/upload_file/a/c", "PUT", b"x")[0] == 429


def test_what_a_client_claims_of_its_address_is_dropped(stubs):
    claimed = {"X_Forwarded_For": "6.6.6.6", "Forwarded": "for=6.6.6.6", "X_Real_IP": "6.6.6.6"}
    for path in ("/", "/_stcore/stream"):
        headers = stubs.heard(path, **claimed)["headers"]
        assert headers["X-Forwarded-For"] == HOST
        assert "6.6.6.6" not in json.dumps(headers)


def test_the_log_names_no_reader_no_query_and_no_session(stubs, tmp_path):
    stubs.ask("/towns?town=Kramatorsk", User_Agent="a-browser")
    stubs.ask("/_stcore/upload_file/a-session/a-file", "PUT", b"x")
    stubs.ask("/media/a-digest.csv")
    stubs.ask("/")  # a line is written after its answer: by the next answer it is there
    written = (tmp_path / "access.log").read_text()
    lines = [json.loads(line) for line in written.splitlines()]
    assert {line["path"] for line in lines} >= {"/towns", "/_stcore/upload_file", "/media/"}
    for secret in ("Kramatorsk", "a-browser", "a-session", "a-file", "a-digest", HOST):
        assert secret not in written
