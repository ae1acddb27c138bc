"""What an operator sets, from environment variables: one typed place, read once at the start.

Sizes are Streamlit's to limit: ``STREAMLIT_SERVER_MAX_UPLOAD_SIZE`` for a file, refused by the
length that is announced and by the bytes that come, and ``STREAMLIT_SERVER_MAX_MESSAGE_SIZE`` for a
websocket message, refused while it is read; both in megabytes, defaults in
``.streamlit/config.toml``.

Besides these, uvicorn reads ``FORWARDED_ALLOW_IPS``: the proxies (addresses or networks, with
commas between) whose ``X-Forwarded-For`` is believed; only this machine's own by default. Behind
a proxy elsewhere it has to be set, else all readers count as one address.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from serving.errors import SettingError

PREFIX = "TERRITORY_"


class Settings(BaseModel):
    """Limits and manners of one process. Each is ``TERRITORY_`` and its name in capitals."""

    model_config = ConfigDict(frozen=True)

    sessions: int = Field(1_500, ge=1)
    """Readers at once; a further one gets a sentence until another has left."""
    sockets_per_address: int = Field(0, ge=0)
    """Websockets at once from one address, an IPv6 one by its first half; 0: no limit."""
    messages_per_second: int = Field(30, ge=1)
    """Messages from one page; a page that sends more is read more slowly, none is lost."""
    first_message_seconds: float = Field(10, gt=0)
    """How long a new websocket may stay silent."""
    upload_seconds: float = Field(120, gt=0)
    """How long one upload may take."""
    uploads_at_once: int = Field(8, ge=1)
    """Uploads under way in one process."""
    uploads_per_minute: int = Field(20, ge=1)
    """Uploads of one session."""
    uploads_per_minute_of_address: int = Field(120, ge=1)
    """Uploads from one address."""
    downloads_per_minute_of_address: int = Field(600, ge=1)
    """Files made for readers (``/media``) that one address fetches."""
    lists_per_minute: int = Field(20, ge=1)
    """Lists of towns that one session has answered."""
    drain_seconds: float = Field(10, ge=0)
    """How long a process that is told to end goes on for the readers it has."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] | None = None
    """Least level that is logged; by default INFO, on a terminal WARNING."""


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings that ``environ`` holds. Raises :class:`SettingError` with all its faults."""
    names = {field: PREFIX + field.upper() for field in Settings.model_fields}
    given = {field: environ[name] for field, name in names.items() if environ.get(name)}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        faults = [
            f"{names[str(fault['loc'][0])]} is {fault['input']!r}: {fault['msg']}. "
            f"Set it so, or leave it out for {_default(str(fault['loc'][0]))}."
            for fault in error.errors()
        ]
        raise SettingError("\n".join(faults)) from error


def settings_or_exit() -> Settings:
    """The settings, or an end with sentences on stderr: a limit that is misread limits nothing."""
    try:
        return read_settings()
    except SettingError as error:
        raise SystemExit(str(error)) from error


def _default(field: str) -> object:
    return Settings.model_fields[field].default or "the usual"
