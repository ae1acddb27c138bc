"""The adapter for an archive: whatever the server does, a map or a sentence; nobody else asked."""

from __future__ import annotations

import gzip
import json
import socket
import stat
import string
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from geo.sources import cache as cache_module
from geo.sources import messages
from geo.sources.archive import Archive
from geo.sources.cache import Kept, default_folder
from geo.sources.connection import Limits
from geo.sources.geojson import check_map
from geo.sources.messages import ArchiveError, NoSuchDayError
from tests.archive_server import serve, sound_map

DAY, TODAY = "2025-11-21", date(2025, 11, 25)
LIMITS = Limits(connect=0.5, read=0.3, whole=0.8, largest=50_000)
MAP = sound_map()


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


def configured(server, tmp_path, path="/{date}.geojson", limits=LIMITS, **more) -> Archive:
    environ = {
        "TERRITORY_ARCHIVE_URL": server.url + path,
        "TERRITORY_ARCHIVE_LICENCE": "Free with credit.",
        "TERRITORY_ARCHIVE_CREDIT": "Drawn by {someone}.",
        "TERRITORY_ARCHIVE_CACHE": str(tmp_path / "cache"),
        **more,
    }
    return replace(Archive.from_environment(environ), limits=limits)


def kept_files(archive) -> list[str]:
    folder = archive.cache.folder
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def age(archive) -> str:
    """Make what is kept an old answer; give back when it was fetched, as readers are told."""
    kept = archive.cache.find(DAY)
    archive.cache.keep(replace(kept, fetched_at=datetime(2025, 11, 22, 9, 30, tzinfo=UTC)))
    return "2025-11-22 09:30 UTC"


def ask(archive, day=DAY):
    return archive.fetch(day, TODAY)


# What a server can do wrong


def late(handler):
    handler.wait(3)


def drip(handler):
    """A byte now and then: never silent for long, never done."""
    handler.send(200, **{"Content-Length": "1000"})
    for _ in range(100):
        handler.wfile.write(b" ")
        handler.wait(0.05)


def drip_headers(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    for _ in range(100):
        handler.wfile.write(b"x")
        handler.wait(0.05)


def hang_up(handler):
    """Answer nothing."""


def huge(handler):
    """Says how large it is, and sends nothing: it has to be refused unread."""
    handler.send(200, **{"Content-Length": "60000"})
    handler.wait(3)


def chunked(*pieces: bytes, end: bytes = b"0\r\n\r\n"):
    def reply(handler):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for piece in pieces:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        handler.wfile.write(end)

    return reply


BOMB = gzip.compress(b" " * 200_000_000)


def answer(body, status=200, **headers):
    return lambda handler: handler.send(status, body, **headers)


def packed(body):
    return answer(body, Content_Encoding="gzip")


def located(address, status=302):
    return answer(b"", status, Location=address)


def geojson(coordinates, kind="Polygon"):
    return answer(json.dumps({"type": kind, "coordinates": coordinates}).encode())


WRONG = {
    "late": (late, "did not answer in time"),
    "slow drip": (drip, "did not answer in time"),
    "slow drip of headers": (drip_headers, "did not answer in time"),
    "status 500": (answer(b"oops", 500), "answered with status 500"),
    "status 403": (answer(b"no", 403), "answered with status 403"),
    "304 unasked": (answer(b"", 304), "answered with status 304"),
    "huge": (huge, "is larger than 0.05 MB"),
    "huge without a length": (chunked(*[b" " * 10_000] * 9), "is larger than 0.05 MB"),
    "compressed bomb": (packed(BOMB), "is larger than 0.05 MB"),
    "half a bomb": (packed(BOMB[:20_000]), "is larger than 0.05 MB"),
    "redirect to a private address": (located("http://10.0.0.1/x"), "(http://10.0.0.1/x)"),
    "redirect to the cloud's own": (
        located("http://169.254.169.254/latest/meta-data/"),
        "it was not followed",
    ),
    "redirect to another host": (located("https://example.org/"), "it was not followed"),
    "redirect to another port": (located("http://127.0.0.1:1/"), "it was not followed"),
    "redirect to a file": (located("file:///etc/passwd"), "it was not followed"),
    "redirect with a password": (located("http://a:b@127.0.0.1/"), "it was not followed"),
    "redirect that is no address": (located("http://[::1"), "it was not followed"),
    "redirect in a loop": (located("/again"), "sends on more than 3 times"),
    "a web page": (answer(b"\n<!DOCTYPE html><p>Sign in"), "with a web page instead of a map"),
    "broken JSON": (answer(MAP[:-9]), "is not whole JSON"),
    "nothing at all": (answer(b""), "is not whole JSON"),
    "deep JSON": (answer(b"[" * 40_000), "is not whole JSON"),
    "a number too long": (answer(b"1" * 5_000), "is not whole JSON"),
    "not UTF-8": (answer(b'{"a": "\xff"}'), "is not whole JSON"),
    "JSON that is no map": (answer(b'{"days": [1, 2]}'), "no GeoJSON with an area or a line"),
    "an empty map": (
        answer(b'{"type": "FeatureCollection", "features": []}'),
        "no GeoJSON with an area or a line",
    ),
    "points only": (geojson([37, 48], "Point"), "no GeoJSON with an area or a line"),
    "metres": (geojson([[[4_000_000, 6_000_000]]]), "a point at [4000000, 6000000]"),
    "infinite": (answer(b'{"type": "LineString", "coordinates": [[1e999, 48]]}'), "Infinity"),
    "NaN": (answer(b'{"type": "LineString", "coordinates": [[NaN, 48]]}'), "not whole JSON"),
    "an endless number": (geojson([[[10**400, 48]]]), "no longitude and latitude"),
    "half a position": (geojson([[[37.0, 48.0], [37.0]]]), "a point at [37.0]"),
    "words for numbers": (geojson([[["37", "48"]]]), 'a point at ["37", "48"]'),
    "truth for numbers": (geojson([[[True, True]]]), "a point at [true, true]"),
    "cut off": (answer(MAP[:50], Content_Length=str(len(MAP))), "broke off before its end"),
    "cut off in a chunk": (chunked(MAP[:50], end=b"ff\r\nx"), "broke off before its end"),
    "cut off while packed": (packed(gzip.compress(MAP)[:-9]), "broke off before its end"),
    "packed wrongly": (packed(MAP), "cannot be unpacked (gzip)"),
    "packed otherwise": (answer(b"x", Content_Encoding="br"), "cannot be unpacked (br)"),
    "not HTTP": (lambda handler: handler.wfile.write(b"SSH-2.0\r\n\r\n"), "no proper HTTP"),
    "hangs up": (hang_up, "no proper HTTP (RemoteDisconnected)"),
    "endless headers": (
        lambda handler: handler.send(200, X="x" * 70_000),
        "no proper HTTP (LineTooLong)",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_a_server_does_wrong_is_a_sentence_and_nothing_is_kept(name, archive, server):
    server.reply, words = WRONG[name]
    with pytest.raises(ArchiveError) as told:
        ask(archive)
    assert words in str(told.value)
    assert "{" not in str(told.value)
    assert kept_files(archive) == []
    assert len(server.asked) == (4 if "loop" in name else 1)


@pytest.mark.parametrize("name", sorted(WRONG.keys() - {"304 unasked"}))
def test_what_was_fetched_before_is_shown_as_old_instead(name, archive, server):
    ask(archive)
    since = age(archive)
    server.reply, words = WRONG[name]
    found = ask(archive)
    assert (found.data, found.stale) == (MAP, True)
    reason, old = (notice.english() for notice in found.notices)
    assert words in reason
    assert f"fetched on {since}" in old
    assert "out of date" in old
    assert since in found.source["en"]
    assert archive.cache.find(DAY).data == MAP


def test_a_server_that_is_not_there_is_a_sentence(archive, server):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        server.port = taken.getsockname()[1]
        gone = configured(server, archive.cache.folder)
        with pytest.raises(ArchiveError, match=r"cannot be reached \(Connection refused\)"):
            ask(gone)


def test_https_is_not_read_without_encryption(server, tmp_path):
    secure = configured(
        server, tmp_path, TERRITORY_ARCHIVE_URL=f"https://127.0.0.1:{server.port}/{{date}}"
    )
    with pytest.raises(ArchiveError, match="cannot be reached"):
        ask(secure)
    assert server.asked == []


# What it does right


def test_a_map_is_its_bytes_with_where_they_are_from(archive, server):
    before = datetime.now(UTC).replace(microsecond=0)
    found = ask(archive)
    assert (found.data, found.day, found.stale, found.notices) == (MAP, DAY, False, ())
    assert before <= found.fetched_at <= datetime.now(UTC)
    since = found.fetched_at.strftime("%Y-%m-%d %H:%M UTC")
    assert found.source["en"] == (
        f"Map of 2025-11-21: Drawn by {{someone}}. Fetched from {server.url}/2025-11-21.geojson"
        f" on {since}. Licence: Free with credit."
    )
    assert all("Free with credit." in text and since in text for text in found.source.values())
    assert set(found.source) == {"en", "uk", "zh"}


@pytest.mark.parametrize(
    "reply",
    [packed(gzip.compress(MAP)), chunked(MAP[:40], MAP[40:]), answer(b"\xef\xbb\xbf" + MAP)],
    ids=["packed", "in pieces", "with a byte order mark"],
)
def test_a_map_comes_whole_however_it_is_sent(reply, archive, server):
    server.reply = reply
    assert json.loads(ask(archive).data) == json.loads(MAP)


def test_the_server_learns_the_day_and_our_name_and_nothing_else(server, tmp_path):
    archive = configured(server, tmp_path, "/{date:%Y}/map_{date:%Y%m%d}.geojson?key=secret")
    found = ask(archive)
    asked = server.asked[0]
    assert asked.path == "/2025/map_20251121.geojson?key=secret"
    assert {name.lower() for name in asked.headers} == {
        "host",
        "user-agent",
        "accept",
        "accept-encoding",
        "connection",
    }
    assert asked.headers["User-Agent"].startswith("TermsOfTerritory")
    assert "secret" not in "".join(found.source.values())
    assert "secret" not in archive.first_use.english()


def test_a_map_that_has_not_changed_is_not_sent_again(archive, server):
    when = "Fri, 21 Nov 2025 12:00:00 GMT"
    server.reply = answer(MAP, ETag='"one"', Last_Modified=when)
    first = ask(archive)
    server.reply = answer(b"", 304, ETag='"one"')
    second = ask(archive)
    sent = server.asked[1].headers
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"one"', when)
    assert (second.data, second.fetched_at, second.stale) == (MAP, first.fetched_at, False)
    assert "has not changed since it was fetched on" in second.notices[0].english()


def test_a_map_that_has_changed_takes_the_place_of_the_old_one(archive, server):
    server.reply = answer(MAP, ETag='"one"')
    ask(archive)
    server.reply = answer(changed := sound_map(new=True), ETag='"two"')
    assert (ask(archive).data, ask(archive).stale) == (changed, False)
    assert server.asked[2].headers["If-None-Match"] == '"two"'
    assert len(kept_files(archive)) == 1


def test_a_validator_that_is_no_plain_text_is_not_sent_back(archive, server):
    server.reply = answer(MAP, ETag='"\xe9"')
    ask(archive)
    ask(archive)
    assert "If-None-Match" not in server.asked[1].headers


def test_a_redirect_on_the_same_host_is_followed(archive, server):
    def reply(handler):
        if handler.path.startswith("/moved"):
            handler.send(200, MAP)
        else:
            handler.send(307, Location="/moved" + handler.path)

    server.reply = reply
    assert ask(archive).data == MAP
    assert [handler.path for handler in server.asked] == [
        "/2025-11-21.geojson",
        "/moved/2025-11-21.geojson",
    ]


def test_no_file_for_a_day_names_the_nearest_that_is_known(archive, server):
    server.reply = answer(b"no", 404)
    with pytest.raises(NoSuchDayError, match="no file for 2025-11-21; try the day before or after"):
        ask(archive)
    server.reply = answer(MAP)
    ask(archive, "2025-11-10")
    ask(archive, "2025-11-23")
    server.reply = answer(b"no", 410)
    with pytest.raises(NoSuchDayError, match="fetched before is 2025-11-23"):
        ask(archive)


def test_a_day_that_the_archive_took_back_is_not_shown_as_if_it_had_not(archive, server):
    ask(archive)
    server.reply = answer(b"no", 404)
    with pytest.raises(NoSuchDayError, match="try the day before or after"):
        ask(archive)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2025-11-31", "is not a day"),
        ("2025-11", "is not a day"),
        ("21.11.2025", "is not a day"),
        ("../../etc/passwd", "is not a day"),
        ("2025-11-21\n", "is not a day"),
        ("", "is not a day"),
        ("2025-11-26", "has not come yet; choose a day up to 2025-11-25"),
    ],
)
def test_only_a_day_that_was_is_asked_for(day, words, archive, server):
    with pytest.raises(ArchiveError, match=words):
        ask(archive, day)
    assert server.asked == []


# Names that lead astray


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


# What the operator says

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


# What is kept


def test_files_are_kept_where_only_their_owner_reads_them(archive):
    ask(archive)
    assert stat.S_IMODE(archive.cache.folder.stat().st_mode) == 0o700
    (file,) = archive.cache.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_others_can_write_to_is_not_used(archive, server):
    archive.cache.folder.mkdir()
    archive.cache.folder.chmod(0o777)
    with pytest.raises(ArchiveError, match="others can write to it"):
        ask(archive)
    assert server.asked == []


def test_a_folder_that_is_a_file_is_told(archive):
    archive.cache.folder.write_text("")
    with pytest.raises(ArchiveError, match="cannot be used: File exists"):
        ask(archive)


def test_a_map_that_cannot_be_kept_is_shown_all_the_same(archive, monkeypatch):
    def full(*_args, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache_module.Path, "replace", full)
    found = ask(archive)
    assert found.data == MAP
    assert "could not be kept for next time (No space left" in found.notices[0].english()
    assert kept_files(archive) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: raw[:-1],
        lambda raw: raw.replace(b"47.4", b"49.4"),
        lambda raw: raw[:0],
        lambda raw: b"[]\n" + raw[:0],
        lambda raw: raw.replace(b'"etag"', b'"other"'),
        lambda raw: raw.replace(b"2025-11-21", b"2025-11-20"),
        lambda raw: raw.replace(b"+00:00", b""),
    ],
)
def test_a_damaged_file_is_fetched_anew(damage, archive, server):
    ask(archive)
    (file,) = archive.cache.folder.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert archive.cache.find(DAY) is None
    assert (ask(archive).data, ask(archive).stale) == (MAP, False)
    assert archive.cache.find(DAY).data == MAP


def test_files_of_another_archive_are_not_taken_for_this_one(archive, server, tmp_path):
    ask(archive)
    other = configured(server, tmp_path, "/other/{date}.geojson")
    assert other.cache.find(DAY) is None
    assert other.cache.days() == []


def test_the_oldest_files_go_when_there_are_too_many(archive, monkeypatch):
    ask(archive, "2025-11-01")
    (file,) = archive.cache.folder.iterdir()
    monkeypatch.setattr(cache_module, "LARGEST", 3 * file.stat().st_size)
    for day in ("2025-11-02", "2025-11-03", "2025-11-04", "2025-11-05"):
        ask(archive, day)
    assert archive.cache.days() == ["2025-11-03", "2025-11-04", "2025-11-05"]


def test_the_platform_says_where_files_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(cache_module.sys, "platform", "linux")
    folder = default_folder({"XDG_CACHE_HOME": str(tmp_path)})
    assert folder == tmp_path / "terms-of-territory" / "archive"
    monkeypatch.setattr(cache_module.sys, "platform", "darwin")
    assert "Library/Caches/terms-of-territory" in str(default_folder({}))


@given(
    data=st.binary(max_size=300),
    etag=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30),
)
def test_what_is_kept_comes_back_as_it_was(tmp_path_factory, data, etag):
    cache = cache_module.Cache(tmp_path_factory.mktemp("kept") / "c", "https://x/{date}")
    assert cache.find(DAY) is None
    kept = Kept(DAY, data, datetime(2025, 11, 22, tzinfo=UTC), etag, "")
    cache.keep(kept)
    assert cache.find(DAY) == kept


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.fixed_dictionaries(
            {"type": st.sampled_from(["Polygon", "Feature", "FeatureCollection"])},
            optional=dict.fromkeys(("coordinates", "geometry", "features"), inner),
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_a_map_or_a_sentence(value):
    try:
        check_map(json.dumps(value).encode(), "archive.example", DAY)
    except ArchiveError as error:
        told = error.notice.english()
    else:
        told = ""
    assert bool(told) == ("2025-11-21" in told)
    assert told or "coordinates" in json.dumps(value)


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=9))
def test_any_line_in_degrees_is_a_map(points):
    geometry = {"type": "LineString", "coordinates": points}
    collection = {"type": "GeometryCollection", "geometries": [geometry]}
    check_map(json.dumps(collection).encode(), "archive.example", DAY)


def test_where_a_map_is_from_is_told_alike_in_three_languages():
    fields = [
        {field for _, field, _, _ in string.Formatter().parse(text) if field}
        for text in messages.SOURCE.values()
    ]
    assert fields == [{"day", "credit", "address", "since", "licence"}] * 3
