"""Where the manager's turns come from without a microphone: recordings, or the keyboard."""

from __future__ import annotations

import difflib
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from trainer.audio.listen import listen_to_recording
from trainer.audio.turn_detector import AudioTurnDetector
from trainer.audio.wav import RECORDINGS, read_clip
from trainer.errors import InputError
from trainer.live.desk import Heard, command_in
from trainer.session import Session
from trainer.types import AudioClip, Delivery


class TypedEars:
    """Takes turns from the keyboard, for a quiet office."""

    can_ask = True

    def __init__(self, read_line: Callable[[], str | None]) -> None:
        """Read turns with a function that returns None at the end of the input."""
        self._read_line = read_line

    def hear(self, session: Session, under_way: Callable[[AudioClip], None]) -> Heard:
        """Read a turn or a command."""
        line = self._read_line()
        if line is None:
            return Heard(used_up=True)
        command = command_in(line)
        return Heard(command=command) if command else Heard(text=line)

    def ask_for_words(self, heard: str) -> str | None:
        """Read the right words."""
        return self._read_line()


class RecordingEars:
    """Takes each turn from a file of a folder, in the order of their names."""

    can_ask = False

    def __init__(self, files: Iterable[Path], detector: AudioTurnDetector) -> None:
        """Queue the recordings; one that cannot be used stops the talk when its turn comes."""
        self._files = deque(files)
        self._detector = detector
        self.reopened = 0
        """How often a thinking pause inside a recording was taken for its end, and gone over."""

    def hear(self, session: Session, under_way: Callable[[AudioClip], None]) -> Heard:
        """Listen to the next recording.

        Raises:
            AudioInputError: It is not audio, empty or too long.
        """
        if not self._files:
            return Heard(used_up=True)
        utterance = listen_to_recording(read_clip(self._files.popleft()), self._detector)
        self.reopened += utterance.reopened
        return Heard(clip=utterance.clip, delivery=Delivery(utterance.speech_s))

    def ask_for_words(self, heard: str) -> str | None:
        """Nobody is there to ask."""
        return None


def recordings_in(folder: Path) -> list[Path]:
    """List the recordings of a folder by name.

    Raises:
        InputError: It is not a folder, or holds no recordings.
    """
    if not folder.is_dir():
        near = difflib.get_close_matches(folder.name, _names_beside(folder), n=1)
        hint = f"; did you mean {folder.parent / near[0]}?" if near else ""
        raise InputError(f"{folder}: no such folder{hint}")
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in RECORDINGS)
    if not files:
        raise InputError(f"{folder}: no recordings in it; expected {', '.join(sorted(RECORDINGS))}")
    return files


def _names_beside(folder: Path) -> Sequence[str]:
    return [path.name for path in folder.parent.iterdir()] if folder.parent.is_dir() else []


class ScriptedEars:
    """A manager with a script, for tests; hearing past its end is an error."""

    can_ask = True

    def __init__(self, script: Iterable[Heard], words: Iterable[str] = ()) -> None:
        """Queue what comes in, and the words typed when asked."""
        self._script = deque(script)
        self._words = deque(words)
        self.asked: list[str] = []

    def hear(self, session: Session, under_way: Callable[[AudioClip], None]) -> Heard:
        """Return the script's next item."""
        if not self._script:
            raise RuntimeError("the ears' script has ended")
        return self._script.popleft()

    def ask_for_words(self, heard: str) -> str | None:
        """Return the script's next words and note what they correct."""
        self.asked.append(heard)
        return self._words.popleft()
