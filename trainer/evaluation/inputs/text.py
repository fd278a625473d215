"""Text files as people's tools save them, line by line, with a problem for each line that is not.

UTF-8 with or without a byte order mark and UTF-16 with one are read as they are. A line that is
in another encoding is a problem of its own: the lines around it are still read.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from trainer.evaluation.talks import Problem

UTF8 = "utf-8"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Line(NamedTuple):
    """One line without its ending, and its number from 1."""

    number: int
    text: str


def lines_of(path: Path, encoding: str = UTF8) -> Iterator[Line | Problem]:
    """Yield the lines of a text file, and a problem for each that cannot be decoded.

    Args:
        path: The file; it is read as it goes.
        encoding: What the text is in, unless the file starts with a byte order mark.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(4)
            mark, found = next(((m, e) for m, e in _MARKS if head.startswith(m)), (b"", encoding))
            stream.seek(len(mark))
            if not found.startswith("utf-16"):
                yield from _decoded(path, stream, found)
                return
            raw = stream.read()
    except OSError as error:
        yield Problem(str(path), f"cannot be read: {error.strerror}")
        return
    try:
        text = raw.decode(found)
    except UnicodeDecodeError:
        yield Problem(str(path), "starts as UTF-16 and does not go on as it; save it as UTF-8")
        return
    for number, line in enumerate(text.splitlines(), start=1):
        yield Line(number, line)


def _decoded(path: Path, raw_lines: Iterator[bytes], encoding: str) -> Iterator[Line | Problem]:
    for number, raw in enumerate(raw_lines, start=1):
        try:
            yield Line(number, raw.decode(encoding).rstrip("\r\n"))
        except UnicodeDecodeError as error:
            yield Problem(
                f"{path}:{number}",
                f"byte 0x{raw[error.start]:02x} is not {encoding.upper()}; save the file as UTF-8, "
                "or name what it is in with --encoding, for example cp1252",
            )
