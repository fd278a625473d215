"""Where a command writes: the screen, or a file that is whole or as it was before."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from trainer.errors import StorageError


@contextmanager
def written_whole(target: Path | None) -> Iterator[TextIO]:
    """Open what ``--output`` names; None and ``-`` are the screen.

    A file appears, or takes the place of the old one, when the block has ended; after an error
    the old one is there as it was. What exits the program has written all it had to.

    Raises:
        StorageError: It cannot be written.
    """
    if target is None or str(target) == "-":
        yield sys.stdout
        return
    try:
        if _is_written_into(target):
            with target.open("w", encoding="utf-8", newline="") as stream:
                yield stream
            return
        yield from _beside(target)
    except OSError as error:
        raise StorageError(f"{target}: cannot be written: {error.strerror}") from error


def _is_written_into(target: Path) -> bool:
    # A device, a pipe or a link must stay what it is: renamed over, /dev/null would be a file for
    # everybody on the machine.
    return target.is_symlink() or (target.exists() and not target.is_file())


def _beside(target: Path) -> Iterator[TextIO]:
    temporary = target.with_name(f".{target.name}.part")
    try:
        with temporary.open("w", encoding="utf-8", newline="") as stream:
            try:
                yield stream
            except SystemExit:  # a threshold was missed: what was found out is still written
                stream.flush()
                temporary.replace(target)
                raise
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
