"""What a run has said and Streamlit has not sent yet, when the next run begins."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from serving.replaced import replace

Clear = Callable[..., None]
FINISHED = ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY


def send_finished_pages_whole() -> None:
    """Send all that a finished page has said, though a fragment of it runs anew already.

    When a fragment begins, Streamlit drops what that fragment said and is not sent yet, but not the
    word that the page is finished. The browser then takes what the page has not shown out of it:
    the fragment's widgets, with their values and the focus. Who pressed the slider's keys quickly
    found it at its first day.
    """
    replace(ForwardMsgQueue, "clear", keeping_finished_pages, "a widget may lose its value")


def keeping_finished_pages(clear: Clear) -> Clear:
    """As ``clear``, which keeps all where a fragment begins and a finished page is not sent yet."""

    @wraps(clear)
    def cleared(
        queue: ForwardMsgQueue,
        retain_lifecycle_msgs: bool = False,
        fragment_ids_this_run: list[str] | None = None,
    ) -> None:
        unsent = queue._queue
        if fragment_ids_this_run and any(map(_finishes_page, unsent)):
            fragment_ids_this_run = []  # as if a fragment began that has said nothing yet
        clear(queue, retain_lifecycle_msgs, fragment_ids_this_run)

    return cleared


def _finishes_page(message: ForwardMsg) -> bool:
    return message.WhichOneof("type") == "script_finished" and message.script_finished == FINISHED
