"""What is kept of an archive on disk."""

from __future__ import annotations

import stat
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.sources import cache as cache_module
from geo.sources.cache import Kept, default_folder
from geo.sources.messages import ArchiveError
from tests.archive.asking import DAY, MAP, ask, configured, kept_files


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
