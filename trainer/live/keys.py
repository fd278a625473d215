"""Lines typed while the program listens, without blocking it."""

from __future__ import annotations

import queue
import threading
from typing import TextIO


class Keys:
    """Reads a stream of lines in the background; ``take`` never waits.

    One reader serves the whole talk: two would steal each other's lines.
    """

    def __init__(self, stream: TextIO) -> None:
        """Start reading."""
        self._stream = stream
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.closed = False
        # A daemon, since a read of a terminal cannot be interrupted.
        threading.Thread(target=self._read, name="keys", daemon=True).start()

    def _read(self) -> None:
        try:
            for line in self._stream:
                self._lines.put(line.strip())
        except (OSError, ValueError):
            pass  # the terminal was closed: the same as its end
        self._lines.put(None)

    def take(self) -> str | None:
        """Return the next typed line, stripped, or None when there is none yet."""
        try:
            line = self._lines.get_nowait()
        except queue.Empty:
            return None
        return self._noted(line)

    def wait(self) -> str | None:
        """Wait for the next line; None at the end of the input."""
        return None if self.closed else self._noted(self._lines.get())

    def _noted(self, line: str | None) -> str | None:
        if line is None:
            self.closed = True
        return line
