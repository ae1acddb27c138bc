"""When Python looks for memory that nobody holds any more."""

import gc

import pytest

from serving.garbage import rarely_look


class Ring:
    """Holds itself: only a look finds that nobody else does."""

    def __init__(self):
        self.itself = self


@pytest.fixture
def looks():
    """The generations that were looked at, and Python as it was afterwards."""
    usual, seen = gc.get_threshold(), []

    def note(phase, about):
        if phase == "start":
            seen.append(about["generation"])

    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)
    gc.unfreeze()
    gc.set_threshold(*usual)


def made_and_left(rings):
    for _ in range(rings):
        Ring()


def test_what_is_loaded_is_never_walked_and_the_rest_rarely(looks):
    rarely_look()
    assert gc.get_freeze_count() > 0
    looks.clear()
    made_and_left(150_000)
    assert 0 < looks.count(0) < 80
    assert 0 < looks.count(1) < 5
    assert 2 not in looks


def test_what_outlived_two_looks_is_found_in_the_end(looks, monkeypatch):
    monkeypatch.setattr("serving.garbage.YOUNG", 50)
    monkeypatch.setattr("serving.garbage.MIDDLE", 2)
    rarely_look()
    held = [Ring() for _ in range(100_000)]
    gc.collect(1)
    held.clear()
    looks.clear()
    rooms = []
    while 2 not in looks and len(rooms) < 2_000_000:
        rooms.append([])
    assert 2 in looks
    assert not [one for one in gc.get_objects() if type(one) is Ring]
