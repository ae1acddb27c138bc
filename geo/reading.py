"""Read data files; what cannot be read is told in a sentence."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path
from typing import Any

from geo.errors import DataError, Fault


def read_text(path: Path, error: type[DataError] = DataError) -> str:
    """The text of a file, UTF-8, unpacked if its name ends in .gz.

    Raises ``error`` if it cannot be read or is something else.
    """
    try:
        content = path.read_bytes()
        return (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    except (EOFError, gzip.BadGzipFile, zlib.error) as cause:
        raise error(Fault(path.name, f"it cannot be unpacked ({cause}); rebuild it.")) from cause
    except UnicodeDecodeError as cause:
        raise error(Fault(path.name, "this is not UTF-8 text; save it as UTF-8.")) from cause
    except OSError as cause:
        raise error(Fault(path.name, f"it cannot be read ({cause.strerror}).")) from cause


def read_json(path: Path, error: type[DataError] = DataError) -> Any:
    """The value in a JSON or GeoJSON file. Raises ``error``, with the line where it is known."""
    text = read_text(path, error)
    try:
        return json.loads(text)
    except json.JSONDecodeError as cause:
        message = f"this is not JSON ({cause.msg}); export it again."
        raise error(Fault(path.name, message, cause.lineno)) from cause
    except (RecursionError, ValueError) as cause:
        message = "it is nested too deep or holds a number too long to read; export it again."
        raise error(Fault(path.name, message)) from cause
