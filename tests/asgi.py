"""Requests and websockets for middleware, without a server."""

from __future__ import annotations

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from serving.metrics import REGISTRY


def rerun() -> bytes:
    """A page asks for a run."""
    said = BackMsg()
    said.rerun_script.query_string = "town=Kramatorsk"
    return said.SerializeToString()


def begun(session: str = "s-1") -> bytes:
    """The page is told that a run begins."""
    said = ForwardMsg()
    said.new_session.initialize.session_id = session
    return said.SerializeToString()


def ended(how: ForwardMsg.ScriptFinishedStatus.ValueType = 0) -> bytes:
    """The page is told that a run has ended."""
    return ForwardMsg(script_finished=how).SerializeToString()


def counted(name: str, **labels: str) -> float:
    """What a metric stands at."""
    return REGISTRY.get_sample_value(name, labels) or 0.0
