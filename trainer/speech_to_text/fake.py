"""A recogniser for tests: texts scripted in, clips recorded, running out of script is an error."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from trainer.types import AudioClip, Segment, Transcript


class ScriptExhaustedError(AssertionError):
    """More clips were transcribed than were scripted; a mistake in the test, not in the talk."""


class HeardClip(NamedTuple):
    """One clip that was to be transcribed, and what was said about it."""

    clip: AudioClip
    language: str
    prompt: str


class ScriptedSpeechToText:
    """Answers each clip with the next scripted text; an empty text is a clip without words."""

    def __init__(self, script: Iterable[str], *, name: str = "scripted") -> None:
        self.name = name
        self.heard: list[HeardClip] = []
        """Every clip it was given, in order."""
        self._script = list(script)

    @property
    def left(self) -> int:
        """How many scripted texts are still unused."""
        return len(self._script)

    def transcribe(self, clip: AudioClip, *, language: str = "en", prompt: str = "") -> Transcript:
        """Return the next scripted text as one segment as long as the clip.

        Raises:
            ScriptExhaustedError: The script has no text left.
        """
        self.heard.append(HeardClip(clip, language, prompt))
        if not self._script:
            raise ScriptExhaustedError(
                f"clip {len(self.heard)} has no scripted text left: script one text a clip"
            )
        text = self._script.pop(0).strip()
        segments = (Segment(text, 0.0, clip.duration_s),) if text else ()
        return Transcript(segments, language, self.name)
