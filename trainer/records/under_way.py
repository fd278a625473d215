"""The turn that is being spoken, kept until it is on disk as a turn, so that a crash loses nothing.

One file in the session folder, written anew at each pause and removed with the turn's own line.
It outlives only a process that was killed, or a recogniser that failed.
"""

from __future__ import annotations

from pathlib import Path

from trainer.audio.wav import read_clip, write_clip
from trainer.errors import AudioInputError
from trainer.records.store import SessionFolder, storing
from trainer.types import AudioClip

NAME = "under_way.wav"


def keep(folder: SessionFolder, clip: AudioClip) -> None:
    """Write what has been said of the turn so far.

    Raises:
        StorageError: The folder cannot be written.
    """
    with storing("keeping the turn under way", folder.path):
        temporary = folder.path / f"new-{NAME}"
        write_clip(temporary, clip)
        temporary.replace(_file(folder))


def left_over(folder: SessionFolder) -> AudioClip | None:
    """Return what was said of a turn that never became one; None where nothing was left."""
    try:
        return read_clip(_file(folder)) if _file(folder).is_file() else None
    except AudioInputError:  # killed while writing it for the first time
        return None


def forget(folder: SessionFolder) -> None:
    """Remove it: the turn is kept, or was taken back."""
    with storing("removing the turn under way", folder.path):
        _file(folder).unlink(missing_ok=True)


def _file(folder: SessionFolder) -> Path:
    return folder.path / NAME
