"""Lines spoken before they are needed, by a child process that gets only idle time.

A process of its own, at the lowest priority, never makes the recogniser wait; what it speaks goes
into the cache on disk, where the talk finds it. It is started only while lines are missing and
ends when all are there.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence

from trainer.text_to_speech.cache import CachedSpeech

_CHILD = "trainer.text_to_speech.ahead_child"
_END_S = 1.0


class LinesAhead:
    """Fills the cache with the lines that may come next, likeliest first."""

    def __init__(self, speech: CachedSpeech, voice: str) -> None:
        """Choose engine and voice; nothing is started yet.

        Args:
            speech: Tells which lines are on disk already.
            voice: One of its voices.
        """
        self._speech = speech
        self._voice = voice
        self._child: subprocess.Popen[str] | None = None
        self._failed = False

    def prefer(self, texts: Sequence[str]) -> None:
        """Speak these next, in this order, in place of what was asked for before."""
        missing = [text for text in texts if not self._speech.holds(text, self._voice)]
        if not missing or self._failed:
            return
        if self._child is not None and self._child.poll():
            self._failed = True  # a voice that cannot speak ahead still speaks in time
            return
        if not self.running:
            self.close()
            self._child = self._started()
        try:
            assert self._child is not None and self._child.stdin is not None
            self._child.stdin.write(json.dumps(missing) + "\n")
            self._child.stdin.flush()
        except OSError:
            pass  # it has just ended by itself; the next time tells how

    @property
    def running(self) -> bool:
        """Whether lines are being spoken ahead."""
        return self._child is not None and self._child.poll() is None

    def _started(self) -> subprocess.Popen[str]:
        lowest = getattr(subprocess, "IDLE_PRIORITY_CLASS", 0)  # Windows; elsewhere it is nice
        return subprocess.Popen(
            [
                sys.executable,
                "-m",
                _CHILD,
                self._speech.name,
                self._voice,
                str(self._speech.folder),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            creationflags=lowest,
            start_new_session=True,  # Ctrl-C is for the talk, which ends it
        )

    def close(self) -> None:
        """Stop speaking ahead; a line that is half spoken is dropped."""
        child, self._child = self._child, None
        if child is None:
            return
        child.terminate()
        try:
            child.wait(_END_S)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        if child.stdin is not None:
            try:
                child.stdin.close()
            except OSError:
                pass  # what was not read yet
