"""What is done so far, on disk and not in memory; with a name it is also the checkpoint.

The file has one JSON object a line: first what the run was asked to do, then a line a finished
unit, flushed to the disk before the next one counts. A line is whole or, after a kill, torn at the
end of the file: a torn line is cut off and its unit done again. A unit that is there already is
never done twice.
"""

from __future__ import annotations

import errno
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from filelock import FileLock, Timeout

from trainer.errors import StorageError, UsageError
from trainer.evaluation.result import DONE, Done


class Spool:
    """Finished units by their place in the order of the inputs."""

    def __init__(self, checkpoint: Path | None, settings: str) -> None:
        """Open a checkpoint, an old or a new one, or a nameless file that vanishes with the run.

        Args:
            checkpoint: Where to keep what is done, or None.
            settings: What decides the outcome beside the inputs; an old checkpoint must agree.

        Raises:
            UsageError: The checkpoint is of other settings, of another kind, or in use.
            StorageError: It cannot be written.
        """
        self._path = checkpoint
        self._places: dict[int, int] = {}
        self._known: dict[str, int] = {}
        self._lock = None if checkpoint is None else FileLock(f"{checkpoint}.lock")
        try:
            if checkpoint is None:
                self._file: BinaryIO = tempfile.TemporaryFile(prefix="trainer-evaluate-")
                return
            if not checkpoint.parent.is_dir():  # the lock would make the folder
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            self._hold(checkpoint)
            self._file = checkpoint.open("r+b" if checkpoint.exists() else "w+b")
            try:
                self._resume(checkpoint, settings)
            except BaseException:
                self.close()
                raise
        except OSError as error:
            raise StorageError(
                f"{checkpoint or tempfile.gettempdir()}: cannot be written: {error.strerror}; "
                "free some space, or name a file that can be written"
            ) from error

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file; a named one stays."""
        self.close()

    def close(self) -> None:
        """Close the file; a named one stays."""
        self._file.close()
        if self._lock is not None and self._lock.is_locked:
            self._lock.release()
            Path(self._lock.lock_file).unlink(missing_ok=True)

    def take_known(self, index: int, key: str) -> bool:
        """Say whether a unit was done in an earlier run, and take its outcome for this place."""
        place = self._known.get(key)
        if place is None:
            return False
        self._places[index] = place
        return True

    def add(self, index: int, key: str, done: Done) -> None:
        """Keep a finished unit; when this returns, a named file has it on the disk.

        Raises:
            StorageError: It could not be written whole.
        """
        if index in self._places:
            return
        line = json.dumps({"unit": key, "done": DONE.dump_python(done, mode="json")}) + "\n"
        start = self._file.seek(0, os.SEEK_END)
        try:
            self._file.write(line.encode())
            self._file.flush()
            if self._path is not None:
                os.fsync(self._file.fileno())
        except OSError as error:
            self._file.truncate(start)
            raise StorageError(
                f"{self._path or 'a temporary file'}: cannot be written: {error.strerror}; "
                "free some space and start again"
            ) from error
        self._places[index] = start

    def done(self) -> Iterator[Done]:
        """Read the finished units back, one at a time, in the order of the inputs."""
        for index in sorted(self._places):
            yield self.at(index)

    def at(self, index: int) -> Done:
        """Read one finished unit back."""
        self._file.seek(self._places[index])
        return DONE.validate_python(json.loads(self._file.readline())["done"])

    def has(self, index: int) -> bool:
        """Say whether a unit is finished."""
        return index in self._places

    def _hold(self, checkpoint: Path) -> None:
        assert self._lock is not None
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise UsageError(
                f"{checkpoint}: another run is writing this checkpoint; wait for it, or name "
                "another file"
            ) from error

    def _resume(self, checkpoint: Path, settings: str) -> None:
        head = json.dumps({"checkpoint_of": settings}) + "\n"
        first = self._file.readline()
        if not first.endswith(b"\n") and head.encode().startswith(first):
            self._file.seek(0)
            self._file.truncate()
            self._file.write(head.encode())
            self._file.flush()
            return
        if _checkpoint_of(first) is None:
            raise UsageError(f"{checkpoint}: exists and is not a checkpoint; name another file")
        if first != head.encode():
            raise UsageError(
                f"{checkpoint}: is of another run ({_checkpoint_of(first)}), this one is "
                f"{settings}; name another file, or delete it to start again"
            )
        self._index()

    def _index(self) -> None:
        while True:
            place = self._file.tell()
            line = self._file.readline()
            if not line.endswith(b"\n"):
                self._file.truncate(place)
                return
            self._known[json.loads(line)["unit"]] = place


def _checkpoint_of(line: bytes) -> str | None:
    try:
        found: Any = json.loads(line)
        return str(found["checkpoint_of"])
    except (ValueError, TypeError, KeyError):
        return None
