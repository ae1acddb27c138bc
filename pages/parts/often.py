"""How often a reader may ask for what takes the server seconds, such as a long list of towns."""

from __future__ import annotations

import time
from collections.abc import Hashable

import streamlit as st

from serving.buckets import Bucket
from serving.settings import current_settings


def take_turn(asked: Hashable) -> float:
    """Take a turn for ``asked``; seconds until there is one, 0 if it was. The last one is free."""
    if st.session_state.get("answered_last") == asked:
        return 0
    now, most = time.monotonic(), current_settings().lists_per_minute
    bucket = st.session_state.setdefault("lists_bucket", Bucket(most, most / 60, most, now))
    wait: float = bucket.take(now)
    if not wait:
        st.session_state["answered_last"] = asked
    return wait
