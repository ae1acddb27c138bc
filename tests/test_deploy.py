"""What operators run: nginx's configuration in a real nginx; images and manifests by the rules."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
import kubernetes_validate
import pytest
import yaml

from deploy.processes import HOST, free_ports, nginx, wait_until_answers
from deploy.proxy import (
    ERROR_PAGES,
    HIDDEN,
    Limits,
    Proxy,
    Rate,
    Replica,
    configure,
    read_replicas,
)
from deploy.static import compress, folders, is_text, served_files
from pages.parts.assets import version
from serving.lasting import ASK_AGAIN, YEAR
from serving.security import HEADERS
from serving.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
DEPLOY = ROOT / "deploy"
MANIFESTS = sorted(
    path for path in (DEPLOY / "kubernetes").glob("*.yaml") if path.name != "kustomization.yaml"
)
SCRIPT = "static/js/script.js"


class Stub(BaseHTTPRequestHandler):
    """Answers as a replica would, with what it heard."""

    def do_GET(self):
        path = self.path.partition("?")[0]
        status = self.server.refuses.get(path, 200)
        heard = {"port": self.server.server_port, "headers": dict(self.headers)}
        body = json.dumps(heard).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_words):
        """Quiet."""


class Stubs:
    """Replicas that nginx stands before, and that nginx."""

    def __init__(self, folder: Path, limits: Limits):
        *ports, self.port = free_ports(4)
        self.servers = {port: self.serve(port) for port in ports}
        self.proxy = Proxy(
            folder=folder / "nginx",
            scratch=folder / "scratch",
            static=folder / "static",
            replicas=tuple(Replica(HOST, port) for port in ports),
            listen=f"{HOST}:{self.port}",
            access_log=str(folder / "access.log"),
            error_log=str(folder / "error.log"),
            workers="1",
            user="root root",
            limits=limits,
        )

    @staticmethod
    def serve(port: int) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer((HOST, port), Stub)
        server.daemon_threads = True
        server.refuses = {}
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return server

    def end(self, port: int) -> None:
        server = self.servers.pop(port)
        server.shutdown()
        server.server_close()

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str):
        """An answer: status, headers, body."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def heard(self, path: str = "/", **headers: str):
        """What a replica heard of a request: its port and the request's headers."""
        status, _headers, body = self.ask(path, **headers)
        assert status == 200
        return json.loads(body)


def run(stubs: Stubs) -> subprocess.Popen:
    script = stubs.proxy.static / SCRIPT
    script.parent.mkdir(parents=True)
    script.write_text("export const land = 'Donetsk';\n" * 200, "utf-8")
    compress(script, quality=5)
    component = stubs.proxy.static / "component" / "land"
    component.mkdir(parents=True)
    (component / "map.js").write_text("map\n", "utf-8")
    (component / "main.521860b0.js").write_text("main\n", "utf-8")
    written = configure(stubs.proxy)
    process = subprocess.Popen([nginx(), "-c", str(written), "-g", "daemon off;"])
    wait_until_answers(f"http://{HOST}:{stubs.port}/")
    return process


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
        for name, value in HEADERS.items():
            assert headers.get_all(name) == [value]


def test_a_components_file_is_kept_as_the_app_has_it(stubs):
    for asked, kept in {
        f"map.js?v={version()}": YEAR,
        "map.js": ASK_AGAIN,
        "main.521860b0.js": YEAR,
    }.items():
        _status, headers, _body = stubs.ask(f"/component/land/{asked}")
        assert headers["Cache-Control"] == kept, asked


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
    assert headers["Retry-After"] == "5"
    again_in, sentences = ERROR_PAGES["away"]
    assert f'content="{again_in}"'.encode() in body
    assert len(sentences) == 3
    for sentence in sentences.values():
        assert sentence.encode() in body


@pytest.mark.parametrize("stubs", [Limits(pages=Rate(1, 3))], indirect=True)
def test_an_address_that_asks_too_often_is_told_so(stubs):
    answers = [stubs.ask("/") for _ in range(8)]
    refused = [body for status, _headers, body in answers if status == 429]
    assert refused
    for sentence in ERROR_PAGES["too_often"][1].values():
        assert sentence.encode() in refused[0]
    assert stubs.ask(f"/{SCRIPT}")[0] == 200, "files are not counted"


def test_a_file_may_be_as_large_as_the_app_takes_and_no_larger(stubs):
    megabyte = 1024 * 1024
    most = stubs.proxy.limits.largest_upload_mb * megabyte
    assert stubs.ask("/_stcore/upload_file/a/b", "PUT", bytes(most))[0] == 200
    status, _headers, body = stubs.ask("/_stcore/upload_file/a/b", "PUT", bytes(most + 1))
    assert status == 413
    assert ERROR_PAGES["too_large"][1]["en"].encode() in body
    assert stubs.ask("/", "PUT", bytes(megabyte))[0] == 413, "only uploads may be large"


@pytest.mark.parametrize("path", HIDDEN)
def test_figures_and_probes_are_not_for_the_public(stubs, path):
    assert stubs.ask(path)[0] == 404
    if path.endswith("/"):
        assert stubs.ask(f"{path}below")[0] == 404


def test_the_ingress_hides_what_nginx_hides():
    manifests = yaml.safe_load_all((DEPLOY / "kubernetes" / "ingress.yaml").read_text("utf-8"))
    pages, files = (each["spec"]["rules"][0]["http"]["paths"] for each in manifests)
    hidden = {
        each["path"] + ("/" if each["pathType"] == "Prefix" else "")
        for each in pages
        if each["backend"]["service"]["name"] == "nothing"
    }
    assert hidden == set(HIDDEN)
    assert [each["path"] for each in files] == ["/static", "/component"]


def test_both_parts_of_the_ingress_send_a_reader_to_the_same_replica_and_files_are_not_counted():
    manifests = yaml.safe_load_all((DEPLOY / "kubernetes" / "ingress.yaml").read_text("utf-8"))
    pages, files = (each["metadata"]["annotations"] for each in manifests)
    kept = [name for name in pages if "affinity" in name or "session-cookie" in name]
    assert {name: pages[name] for name in kept} == {name: files[name] for name in kept}
    assert [name for name in files if "limit" in name] == []


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


def test_uploads_under_way_cannot_fill_the_proxys_scratch():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    proxy = compose["services"]["proxy"]
    (scratch,) = re.findall(r"size=(\d+)m", proxy["tmpfs"][0])
    (memory,) = re.findall(r"(\d+)m", proxy["mem_limit"])
    limits = Limits()
    assert limits.uploads_together * limits.largest_upload_mb < int(scratch) < int(memory) / 2


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
    written = (tmp_path / "access.log").read_text()
    lines = [json.loads(line) for line in written.splitlines()]
    assert {line["path"] for line in lines} >= {"/towns", "/_stcore/upload_file", "/media/"}
    for secret in ("Kramatorsk", "a-browser", "a-session", "a-file", "a-digest", HOST):
        assert secret not in written


def test_every_file_that_the_app_serves_is_there_for_nginx_too():
    places = {str(place) for place, _source in served_files()}
    assert {place.split("/")[0] for place in places} == {"static", "component"}
    for name in ("leaflet/leaflet.js", "frontend/map.js", "data/territories.geojson"):
        assert f"component/pages.parts.assets.{name}" in places
    assert any(
        place.startswith("component/streamlit_folium.st_folium/static/js") for place in places
    )
    assert not any(place.endswith(".html") for place in places), "the app adds headers to pages"
    assert not any("SourceSansVF-Upright" in place for place in places), "the app has a lighter one"
    assert all(folder.is_dir() for folder in folders().values())


def test_texts_are_packed_both_ways_and_fonts_are_not(tmp_path):
    text, font = tmp_path / "land.geojson", tmp_path / "serif.woff2"
    text.write_bytes(b'{"type": "FeatureCollection"}' * 100)
    font.write_bytes(bytes(5000))
    assert is_text(text)
    assert not is_text(font)
    compress(text, quality=5)
    assert gzip.decompress((tmp_path / "land.geojson.gz").read_bytes()) == text.read_bytes()
    assert brotli.decompress((tmp_path / "land.geojson.br").read_bytes()) == text.read_bytes()


def test_the_images_keep_to_the_rules():
    found = subprocess.run(
        [BIN / "hadolint", str(DEPLOY / "Dockerfile")], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize("name", ["compose.yaml", "compose.tls.yaml"])
def test_a_compose_file_keeps_to_its_schema(name):
    found = subprocess.run(
        [
            *(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec"),
            DEPLOY / name,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout


def test_nginx_is_told_of_every_replica_that_compose_starts():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    proxy = services.pop("proxy")
    told = {str(each) for each in read_replicas(proxy["build"]["args"]["REPLICAS"])}
    started = {
        f"{service['networks']['territory']['ipv4_address']}"
        f":{service['environment']['STREAMLIT_SERVER_PORT']}"
        for service in services.values()
    }
    assert told == started
    assert proxy["depends_on"].keys() == services.keys()
    believed = {service["environment"]["FORWARDED_ALLOW_IPS"] for service in services.values()}
    assert believed == {proxy["networks"]["territory"]["ipv4_address"]}
    over = yaml.safe_load((DEPLOY / "compose.tls.yaml").read_text("utf-8"))["services"]
    assert over.keys() == {"proxy", *services}
    for service in (proxy, *services.values()):
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["mem_limit"]


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_a_manifest_keeps_to_kubernetes_own_schema(path):
    for manifest in yaml.safe_load_all(path.read_text("utf-8")):
        kubernetes_validate.validate(manifest, kubernetes_validate.latest_version(), strict=True)
        assert "namespace" not in manifest["metadata"]


def test_the_kustomization_names_every_manifest():
    named = yaml.safe_load((DEPLOY / "kubernetes" / "kustomization.yaml").read_text("utf-8"))
    assert sorted(named["resources"]) == [path.name for path in MANIFESTS]


def test_a_pod_has_time_to_hand_its_readers_on():
    manifest = yaml.safe_load((DEPLOY / "kubernetes" / "deployment.yaml").read_text("utf-8"))
    pod = manifest["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    settings = {each["name"]: each.get("value") for each in container["env"]}
    drain = float(settings[f"{PREFIX}DRAIN_SECONDS"])
    assert pod["terminationGracePeriodSeconds"] > drain + 8 + 5
    assert container["securityContext"]["readOnlyRootFilesystem"]


def test_operators_read_of_every_setting():
    readme = (DEPLOY / "README.md").read_text("utf-8")
    for field in Settings.model_fields:
        assert f"`{PREFIX}{field.upper()}`" in readme
