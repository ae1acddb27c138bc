"""What a finished page has said reaches the browser, though a part of it runs anew already."""

from __future__ import annotations

from inspect import unwrap

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from serving.unsent import send_finished_pages_whole

SLIDER, LEGEND = "slider", "legend"
Finished = ForwardMsg.ScriptFinishedStatus


def text(body: str, fragment: str, place: int = 0) -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path[:] = [0, place]
    message.delta.fragment_id = fragment
    message.delta.new_element.text.body = body
    return message


def finished(how: int) -> ForwardMsg:
    return ForwardMsg(script_finished=how)


def said(queue: ForwardMsgQueue) -> list[str | int]:
    return [
        each.script_finished
        if each.HasField("script_finished")
        else each.delta.new_element.text.body
        for each in queue.flush()
    ]


@pytest.fixture
def queue(monkeypatch) -> ForwardMsgQueue:
    monkeypatch.setattr(ForwardMsgQueue, "clear", unwrap(ForwardMsgQueue.clear))
    send_finished_pages_whole()
    return ForwardMsgQueue()


def test_a_fragment_drops_nothing_of_a_page_that_is_finished(queue):
    queue.enqueue(text("the page's", SLIDER))
    queue.enqueue(finished(Finished.FINISHED_SUCCESSFULLY))
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=[SLIDER])
    queue.enqueue(text("its own", SLIDER))
    assert said(queue) == ["the page's", Finished.FINISHED_SUCCESSFULLY, "its own"]


def test_streamlit_alone_drops_it_and_says_the_page_is_finished(monkeypatch):
    """If it no longer does, this part of ours can go."""
    monkeypatch.setattr(ForwardMsgQueue, "clear", unwrap(ForwardMsgQueue.clear))
    queue = ForwardMsgQueue()
    queue.enqueue(text("the page's", SLIDER))
    queue.enqueue(finished(Finished.FINISHED_SUCCESSFULLY))
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=[SLIDER])
    assert said(queue) == [Finished.FINISHED_SUCCESSFULLY]


@pytest.mark.parametrize(
    "how", [Finished.FINISHED_EARLY_FOR_RERUN, Finished.FINISHED_FRAGMENT_RUN_SUCCESSFULLY]
)
@pytest.mark.parametrize("fragments", [[SLIDER], None], ids=["fragment begins", "page begins"])
def test_all_else_is_dropped_as_before(queue, how, fragments):
    for body, fragment, place in [("old", SLIDER, 0), ("of another", LEGEND, 1)]:
        queue.enqueue(text(body, fragment, place))
    queue.enqueue(finished(how))
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=fragments)
    kept = ["of another"] if fragments else []
    assert said(queue) == [*kept, Finished.FINISHED_EARLY_FOR_RERUN]


def test_nor_does_a_fragment_after_that_fragment(queue):
    queue.enqueue(text("the page's", SLIDER))
    queue.enqueue(finished(Finished.FINISHED_SUCCESSFULLY))
    for body in ("first", "second"):
        queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=[SLIDER])
        queue.enqueue(text(body, SLIDER))
    whole = ["the page's", Finished.FINISHED_SUCCESSFULLY, "first", "second"]
    assert said(queue) == whole


def test_a_page_after_such_a_fragment_drops_both(queue):
    queue.enqueue(text("the page's", SLIDER))
    queue.enqueue(finished(Finished.FINISHED_SUCCESSFULLY))
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=[SLIDER])
    queue.enqueue(text("its own", SLIDER))
    queue.clear(retain_lifecycle_msgs=True)
    queue.enqueue(text("the next page's", SLIDER))
    assert said(queue) == [Finished.FINISHED_EARLY_FOR_RERUN, "the next page's"]


def test_a_page_that_begins_anew_drops_what_the_finished_one_said(queue):
    queue.enqueue(text("old", SLIDER))
    queue.enqueue(finished(Finished.FINISHED_SUCCESSFULLY))
    queue.clear(retain_lifecycle_msgs=True)
    assert said(queue) == [Finished.FINISHED_EARLY_FOR_RERUN]


def test_what_is_sent_is_dropped(queue):
    queue.enqueue(finished(Finished.FINISHED_SUCCESSFULLY))
    queue.flush()
    assert len(queue) == 0


def test_streamlit_still_has_what_is_replaced(queue, caplog):
    assert caplog.get_records("setup") == []
    assert unwrap(ForwardMsgQueue.clear) is not ForwardMsgQueue.clear
    queue.enqueue(text("a", SLIDER))
    assert queue._queue == [text("a", SLIDER)]
