"""What is asked how often: buckets that fill again, one for each address."""

from __future__ import annotations

import pytest

from serving.buckets import Bucket, Buckets, address_of
from tests.limited import refusals, served


def test_a_bucket_fills_again():
    now = [0.0]
    buckets = Buckets(per_minute=2, clock=lambda: now[0])
    assert [buckets.take("a"), buckets.take("a"), buckets.take("b")] == [0, 0, 0]
    assert buckets.take("a") == 30
    now[0] = 30
    assert buckets.take("a") == 0
    assert buckets.take("a") == 30


def test_more_than_a_bucket_holds_is_taken_from_a_full_one_which_owes_the_rest():
    bucket = Bucket(2, 1, 2, 0)
    assert bucket.take(0, 5) == 0
    assert bucket.take(0) == 4
    assert bucket.take(0, 5) == 5


def test_many_addresses_cannot_fill_the_memory():
    buckets = Buckets(per_minute=1, most=100)
    for number in range(10_000):
        buckets.take(str(number))
        buckets.take("0")
    assert len(buckets.kept) == 100
    assert buckets.take("0") > 0


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:2", "2001:db8::/64"),
        ("testclient", "testclient"),
    ],
)
def test_what_counts_as_one_address(host, address):
    assert address_of({"client": (host, 1)}) == address
    assert address_of({"client": None}) == ""


@pytest.mark.parametrize(
    ("setting", "path", "reason"),
    [
        ("downloads_per_minute_of_address", "/media/a.csv", "downloads"),
        ("ahead_per_minute_of_address", "/ahead/0123abcd/scene/a/b/en.json", "ahead"),
    ],
)
def test_what_is_made_for_readers_has_a_rate_with_a_sentence_beyond(setting, path, reason):
    client, _ = served(**{setting: 2})
    before = refusals(reason)
    assert [client.get(path).status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get(path)
    assert refusals(reason) == before + 2
    assert refused.headers["Retry-After"] == "30"
    assert refused.text.splitlines()[0] == (
        "That was asked for too often. Wait a little and try again."
    )
    assert len(refused.text.splitlines()) == 3
