"""The process in which lines are spoken ahead: engine, voice and cache folder as arguments.

Each line of standard input is a JSON list of texts, likeliest first, in place of the list before.
It ends when all of the last list is in the cache, or with its parent.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

_LOWEST = 19


class _Wanted:
    """The latest list, read in the background."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._texts: list[str] | None = None
        self._ended = False
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            with self._changed:
                self._texts = json.loads(line)
                self._changed.notify_all()
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        # The talk is over: nobody waits for the line being spoken.
        os._exit(0)

    def take(self) -> str | None:
        """Return the next text, or None when there is no more to do."""
        with self._changed:
            while self._texts is None and not self._ended:
                self._changed.wait()
            return self._texts.pop(0) if self._texts else None


def main(engine: str, voice: str, folder: str) -> None:
    """Speak what is wanted until it is all there."""
    if hasattr(os, "nice"):
        os.nice(_LOWEST)
    from trainer.text_to_speech.cache import CachedSpeech
    from trainer.text_to_speech.choose import load

    wanted = _Wanted()
    speech = CachedSpeech(load(engine), Path(folder))
    while (text := wanted.take()) is not None:
        if not speech.holds(text, voice):
            speech.synthesise(text, voice)


if __name__ == "__main__":
    main(*sys.argv[1:4])
