"""Noticing that a scenario file, or a piece it may include, was saved."""

from __future__ import annotations

from pathlib import Path

from trainer.scenario.load import SUFFIX

_State = frozenset[tuple[str, int, int]]


class Saves:
    """Compares when the files of a folder were written; cheap enough to ask all the time."""

    def __init__(self, folder: Path) -> None:
        """Start from how the folder is now."""
        self._folder = folder
        self._seen = self._state()

    def any_new(self) -> bool:
        """Say whether a file was written, added or taken away since the last time."""
        now = self._state()
        new, self._seen = now != self._seen, now
        return new

    def _state(self) -> _State:
        state = set()
        for path in self._folder.rglob(f"*{SUFFIX}"):
            try:
                found = path.stat()
            except OSError:
                continue  # editors take a file away for a moment while they save it
            state.add((str(path), found.st_mtime_ns, found.st_size))
        return frozenset(state)
