"""Private parts of Streamlit that the dashboard does otherwise, for the whole process."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from serving.logs import LOG


def replace(owner: ModuleType | type, name: str, by: Callable[[Any], Any], without: str) -> None:
    """Put ``by(theirs)`` in the place of ``owner.name``.

    A later Streamlit may no longer have it: the log says so, and what it is like ``without``.
    """
    if hasattr(owner, name):
        setattr(owner, name, by(getattr(owner, name)))
    else:
        LOG.warning("Streamlit has no %s.%s any more; %s.", owner.__name__, name, without)
