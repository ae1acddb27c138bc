"""A plan packed into the letters, digits, ``-`` and ``_`` that the end of a link may hold.

Compact JSON, compressed by zlib, in base64url. A link is a stranger's: it is unpacked under limits.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib

from geo.drafts.limits import LARGEST_UNPACKED, LONGEST_LINK
from geo.drafts.reading import FILE, text_of_json
from geo.drafts.writing import plain
from geo.errors import Fault, PlanError
from geo.plan import Plan


def pack(plan: Plan) -> str | None:
    """``plan`` for a link; ``None`` if it is too long for one."""
    compact = json.dumps(plain(plan), ensure_ascii=False, separators=(",", ":"))
    packed = zlib.compress(compact.encode(), 9)
    letters = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return letters if len(letters) <= LONGEST_LINK else None


def unpack(letters: str) -> str:
    """The YAML of a plan that :func:`pack` has packed.

    Raises :class:`PlanError` if it is too long, cut off, or no plan of ours; reads no more than
    :data:`geo.drafts.limits.LARGEST_UNPACKED` bytes of it.
    """
    if len(letters) > LONGEST_LINK:
        raise _fault(f"it is longer than {LONGEST_LINK:,} characters. Ask for the plan as a file.")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", letters):
        raise _fault("it holds characters that no such link has. Copy the whole link again.")
    try:
        packed = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
        unpacking = zlib.decompressobj()
        unpacked = unpacking.decompress(packed, LARGEST_UNPACKED)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise _fault("it is damaged or cut off. Copy the whole link again.") from error
    if unpacking.unconsumed_tail:
        raise _fault(f"it unpacks to more than {LARGEST_UNPACKED // 1000} KB. Do not use it.")
    if not unpacking.eof:
        raise _fault("its end is missing. Copy the whole link again.")
    try:
        return text_of_json(unpacked.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _fault("it holds no text. Copy the whole link again.") from error


def _fault(message: str) -> PlanError:
    return PlanError(Fault(FILE, f"the plan in this link cannot be read: {message}"))
