"""Whatever the server of an archive does: a map or a sentence, and what is kept of it."""

from __future__ import annotations

import gzip
import json
import socket
from datetime import UTC, datetime

import pytest

from geo.sources.messages import ArchiveError, NoSuchDayError
from tests.archive.asking import DAY, MAP, age, ask, configured, kept_files
from tests.archive.server import sound_map

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
