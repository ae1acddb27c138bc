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
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import PydanticCustomError

from geo.uploads.limits import LARGEST_FILE_MB
from serving.errors import SettingError

PREFIX = "TERRITORY_"

OTHERS = re.compile(r"TERRITORY_(ARCHIVE_(URL|LICENCE|CREDIT|CACHE)|COOKIE_SECRET|PORT)")
"""Settings of other parts: of the archive of maps (``geo.sources``) and of ``deploy/compose.yaml``,
which an operator may have set for the whole shell."""

OTHER_SITE = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:(\d+|\*))?", re.IGNORECASE)


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
    upload_mb_of_session: int = Field(5 * LARGEST_FILE_MB, ge=LARGEST_FILE_MB)
    """Megabytes that one session may send in all, whatever becomes of them."""
    upload_mb: int = Field(20 * LARGEST_FILE_MB, ge=LARGEST_FILE_MB)
    """Megabytes of uploads, under way or kept, that one process holds in its memory."""
    downloads_per_minute_of_address: int = Field(600, ge=1)
    """Files made for readers (``/media``) that one address fetches."""
    ahead_per_minute_of_address: int = Field(300, ge=1)
    """What pages show before their scripts have said it (``/ahead``), fetched by one address."""
    lists_per_minute: int = Field(20, ge=1)
    """Lists of towns that one session has answered."""
    drain_seconds: float = Field(10, ge=0)
    """How long a process that is told to end goes on for the readers it has."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] | None = None
    """Least level that is logged; by default INFO, on a terminal WARNING."""
    frame_ancestors: str = ""
    """Sites that may show the dashboard in a frame of theirs, with spaces between them."""

    @field_validator("frame_ancestors")
    @classmethod
    def _are_sites(cls, setting: str) -> str:
        for site in setting.split():
            if not OTHER_SITE.fullmatch(site):
                raise PydanticCustomError(
                    "site",
                    "{site} is not the address of a site; write it as https://news.example or"
                    " https://*.example.org, without a path, several with spaces between them",
                    {"site": repr(site)},
                )
        return setting


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings that ``environ`` holds. Raises :class:`SettingError` with all its faults."""
    names = {field: PREFIX + field.upper() for field in Settings.model_fields}
    given = {field: environ[name] for field, name in names.items() if environ.get(name)}
    faults = _unknown(environ, names.values())
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        faults += [
            f"{names[str(fault['loc'][0])]} is {fault['input']!r}: {fault['msg']}. "
            f"Set it so, or leave it out for {_default(str(fault['loc'][0]))}."
            for fault in error.errors()
        ]
        raise SettingError("\n".join(faults)) from error
    if faults:
        raise SettingError("\n".join(faults))
    return settings


@cache
def current_settings() -> Settings:
    """The settings of this process, which do not change while it runs."""
    return read_settings()


def settings_or_exit() -> Settings:
    """The settings, or an end with sentences on stderr: a limit that is misread limits nothing."""
    try:
        return current_settings()
    except SettingError as error:
        raise SystemExit(str(error)) from error


def _unknown(environ: Mapping[str, str], known: Iterable[str]) -> list[str]:
    """A sentence for each name that looks like a setting but is none: a slip limits nothing."""
    own = {name for name in environ if name.startswith(PREFIX)}
    return [
        f"{name} is no setting of the dashboard. Correct its name, or leave it out."
        for name in sorted(own.difference(known))
        if not OTHERS.fullmatch(name)
    ]


def _default(field: str) -> object:
    return Settings.model_fields[field].default or "the usual"
