"""Recognisers for tests: texts scripted in, what they heard recorded out, no model, no thread.

Running out of script is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from trainer.types import (
    MODEL_RATE_HZ,
    AudioClip,
    Confidence,
    Samples,
    Segment,
    Transcript,
)


class ScriptExhaustedError(AssertionError):
    """More clips were transcribed than were scripted; a mistake in the test, not in the talk."""


class HeardClip(NamedTuple):
    """One clip that was to be transcribed, and what was said about it."""

    clip: AudioClip
    language: str
    prompt: str
    draft: Transcript | None = None


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

    def transcribe(
        self,
        clip: AudioClip,
        *,
        language: str = "en",
        prompt: str = "",
        draft: Transcript | None = None,
    ) -> Transcript:
        """Return the next scripted text as one segment as long as the clip.

        Raises:
            ScriptExhaustedError: The script has no text left.
        """
        self.heard.append(HeardClip(clip, language, prompt, draft))
        if not self._script:
            raise ScriptExhaustedError(
                f"clip {len(self.heard)} has no scripted text left: script one text a clip"
            )
        text = self._script.pop(0).strip()
        segments = (Segment(text, 0.0, clip.duration_s),) if text else ()
        return Transcript(segments, language, self.name)


ScriptedWords = str | Sequence[str] | Exception
"""A turn's words; or what they are after its first pause, its second and so on, the last one for
the rest; or what the recogniser raises."""


class ScriptedLiveSpeechToText:
    """Gives each turn that begins the next scripted words, and each word at once."""

    def __init__(
        self,
        script: Iterable[ScriptedWords],
        *,
        name: str = "scripted",
        confidence: Confidence | None = None,
    ) -> None:
        """Queue what turns will have as their words.

        Args:
            script: One item a turn.
            name: The engine's.
            confidence: How sure it is of every segment.
        """
        self.name = name
        self.turns: list[ScriptedTranscript] = []
        """Every turn that was begun, in order."""
        self._script = list(script)
        self._confidence = confidence

    @property
    def left(self) -> int:
        """How many scripted turns are still unused."""
        return len(self._script)

    def begin(self, *, language: str = "en", prompt: str = "") -> ScriptedTranscript:
        """Begin the next scripted turn.

        Raises:
            ScriptExhaustedError: The script has no turn left.
        """
        if not self._script:
            raise ScriptExhaustedError(
                f"turn {len(self.turns) + 1} has no scripted words left: script one item a turn"
            )
        turn = ScriptedTranscript(
            self._script.pop(0), Transcript((), language, self.name), prompt, self._confidence
        )
        self.turns.append(turn)
        return turn


class ScriptedTranscript:
    """One turn whose words are scripted."""

    def __init__(
        self,
        words: ScriptedWords,
        empty: Transcript,
        prompt: str = "",
        confidence: Confidence | None = None,
    ) -> None:
        self.prompt = prompt
        self.fed: list[Samples] = []
        """What it was fed."""
        self.pauses = 0
        """Pauses begun so far."""
        self.finished = 0
        """How often it was asked to finish."""
        self.cancelled = False
        self._words = [words] if isinstance(words, str) else words
        self._empty = empty
        self._confidence = confidence
        self._speaking = self._spoken = False

    @property
    def language(self) -> str:
        """The language it was begun with."""
        return self._empty.language

    @property
    def samples(self) -> Samples:
        """Everything it was fed, end to end."""
        return np.concatenate([np.zeros(0, np.float32), *self.fed])

    def feed(self, samples: Samples, *, speaking: bool) -> None:
        """Note the samples; the end of speech is a pause."""
        if self.cancelled:
            return
        self.fed.append(samples.copy())
        self.pauses += self._speaking and not speaking
        self._spoken |= speaking
        self._speaking = speaking

    def transcript_now(self) -> Transcript | None:
        """Return the words of the pause that is going on."""
        if not self.pauses or self._speaking or isinstance(self._words, Exception):
            return None
        return self._transcript(self.pauses)

    def finish(self) -> Transcript:
        """Return the words so far, or raise what was scripted."""
        if self.cancelled:
            raise RuntimeError("this turn was cancelled, so it has no transcript")
        self.finished += 1
        if isinstance(self._words, Exception):
            raise self._words
        return self._transcript(self.pauses + self._speaking) if self._spoken else self._empty

    def cancel(self) -> None:
        """Note it."""
        self.cancelled = True

    def _transcript(self, stretches: int) -> Transcript:
        assert not isinstance(self._words, Exception)
        text = self._words[min(stretches, len(self._words)) - 1].strip()
        length_s = sum(map(len, self.fed)) / MODEL_RATE_HZ
        segments = (Segment(text, 0.0, length_s, self._confidence),) if text else ()
        return Transcript(
            segments,
            self._empty.language,
            self._empty.engine,
            self._confidence if segments else None,
        )
