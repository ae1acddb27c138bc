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


def test_what_nobody_holds_is_found_in_the_end(looks):
    rarely_look()
    made_and_left(300_000)
    assert sum(type(one) is Ring for one in gc.get_objects()) < 120_000
