"""Rows of a large CSV file, or of the one CSV file in a ZIP, read as a stream within limits."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile, is_zipfile

from geo.errors import DataError, Fault

LARGEST_FILE = 300_000_000
"""Bytes of a ZIP; a year of VIINA is some tens of millions."""

LARGEST_TABLE = 3_000_000_000
"""Bytes of a table; a year of VIINA, 33,000 places a day, is under a thousand million."""

LONGEST_LINE = 10_000
"""Bytes of a line."""


def rows_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the line that it ends on; the header is the first.

    Nothing is unpacked to disk, and no more than a line is held. Raises :class:`DataError`.
    """
    with ExitStack() as stack:
        try:
            reader = csv.reader(_lines(path.name, stack.enter_context(_open(path, stack))))
            for row in reader:
                if row:
                    yield reader.line_num, row
        except csv.Error as cause:
            message = f"this is not CSV ({cause}); export it again."
            raise DataError(Fault(path.name, message, reader.line_num)) from cause
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as cause:
            message = f"the ZIP cannot be unpacked ({cause}); download it again."
            raise DataError(Fault(path.name, message)) from cause
        except OSError as cause:
            message = f"it cannot be read ({cause.strerror})."
            raise DataError(Fault(path.name, message)) from cause


def _open(path: Path, stack: ExitStack) -> IO[bytes]:
    if not is_zipfile(path):
        return path.open("rb")
    if path.stat().st_size > LARGEST_FILE:
        message = f"it is larger than {LARGEST_FILE / 1e6:g} MB; give the ZIP of one year."
        raise DataError(Fault(path.name, message))
    archive = stack.enter_context(ZipFile(path))
    tables = [item for item in archive.infolist() if item.filename.lower().endswith(".csv")]
    if len(tables) != 1:
        message = f"the ZIP holds {len(tables)} CSV files; give one that holds exactly one."
        raise DataError(Fault(path.name, message))
    return archive.open(tables[0])


def _lines(file: str, stream: IO[bytes]) -> Iterator[str]:
    read = number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        read += len(line)
        if len(line) > LONGEST_LINE:
            raise DataError(Fault(file, "the line is far too long for a table of VIINA.", number))
        if read > LARGEST_TABLE:
            message = f"the table is larger than {LARGEST_TABLE / 1e9:g} GB; give that of one year."
            raise DataError(Fault(file, message))
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as cause:
            raise DataError(Fault(file, "this is not UTF-8 text.", number)) from cause
