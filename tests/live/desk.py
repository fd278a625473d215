"""A manager at a terminal: the real command in a pseudo-terminal, on virtual devices."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 120.0  # models load on a busy machine


class Desk:
    """One running ``trainer practise``."""

    def __init__(self, arguments: tuple[str, ...], environment: Mapping[str, str]) -> None:
        self._terminal, inner = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "trainer.cli.main", "practise", *arguments],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env={**os.environ, **environment},
            start_new_session=True,
            # A test run in the background ignores Ctrl-C, and its children would inherit that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        os.close(inner)
        self.shown = ""
        self._read_to = 0

    def wait_for(self, pattern: str) -> str:
        """Read the screen until something new matches, and return all that was new."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            found = re.search(pattern, self.shown[self._read_to :])
            if found:
                new = self.shown[self._read_to : self._read_to + found.end()]
                self._read_to += found.end()
                return new
            if not self._read() and self.process.poll() is not None:
                break
        raise AssertionError(f"{pattern!r} never came; the screen ends: {self.shown[-1500:]}")

    def _read(self) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], 0.2)
        if not ready:
            return False
        try:
            data = os.read(self._terminal, 65536)
        except OSError:  # the other side of the terminal has closed
            return False
        self.shown += data.decode(errors="replace")
        return bool(data)

    def type(self, line: str) -> None:
        os.write(self._terminal, f"{line}\n".encode())

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def exit_code(self) -> int:
        end = time.monotonic() + PATIENCE_S
        while self.process.poll() is None and time.monotonic() < end:
            self._read()
        while self._read():
            pass
        return self.process.wait(timeout=1)

    def close(self) -> None:
        if self.process.poll() is None:
            self.kill()
        os.close(self._terminal)


@contextmanager
def at_the_desk(*arguments: str, environment: Mapping[str, str], data: Path) -> Iterator[Desk]:
    """Run the command until the block is left."""
    desk = Desk(arguments, {**environment, "TRAINER_DATA": str(data), "TERM": "xterm"})
    try:
        yield desk
    finally:
        desk.close()
