"""A voice for tests: a tone as long as the words would take, and a record of what was said."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import numpy as np

from trainer.text_to_speech import voice_name
from trainer.text_to_speech.shaping import shaped
from trainer.text_to_speech.speakable import speakable
from trainer.types import AudioClip

RATE_HZ = 16_000
S_PER_CHARACTER = 0.06  # about 16 characters a second, as people speak
_LOWEST_HZ, _OCTAVE_HZ = 110.0, 110.0
_FADE_S = 0.01


class Spoken(NamedTuple):
    """One line that was asked for."""

    text: str
    voice: str


class FakeSpeech:
    """Speaks in tones and keeps what it was asked to say, first to last, in ``spoken``."""

    def __init__(
        self,
        voices: tuple[str, ...] = ("ann", "bob"),
        *,
        name: str = "fake",
        version: str = "1",
    ) -> None:
        self.name = name
        self.version = version
        self.spoken: list[Spoken] = []
        self._voices = voices

    def voices(self) -> tuple[str, ...]:
        """List the voices it was made with."""
        return self._voices

    def synthesise(self, text: str, voice: str) -> AudioClip:
        """Return a tone of the length of the text, at a pitch of the voice's own.

        Raises:
            UsageError: The voice is unknown or the text has no words.
        """
        wanted = voice_name.parse(voice)
        for share in wanted.blend:
            voice_name.require(share.voice, self._voices, self.name)
        said = speakable(text)
        self.spoken.append(Spoken(text, voice))
        count = int(len(said) * S_PER_CHARACTER / wanted.speed * RATE_HZ)
        times_s = np.arange(count) / RATE_HZ
        tone = np.sin(2 * np.pi * _pitch_hz(voice) * times_s)
        fade = np.minimum(1.0, np.minimum(times_s, times_s[::-1]) / _FADE_S)
        return shaped((tone * fade).astype(np.float32), RATE_HZ)


def _pitch_hz(voice: str) -> float:
    part = hashlib.sha256(voice.encode()).digest()[0] / 256
    return _LOWEST_HZ + part * _OCTAVE_HZ
