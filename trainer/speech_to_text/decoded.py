"""What Whisper writes for a clip, and which of it was really said.

Whisper writes words for silence, hum and rustle too: "you", "Thank you.", or, when it was given
names to expect, those names over and over. Its own check keeps such words when it is sure of
them, and of prompted names in silence it is very sure. What tells them apart is the
probability it gives to "no speech" before the first word.
"""

from __future__ import annotations

from dataclasses import dataclass

from trainer.types import Samples

MOST_NO_SPEECH = 0.6
"""Over a window of the clip. Seen on base and tiny.en, with and without a prompt: 0.66 to 0.97 on
noises of 22 kinds and levels, 0.00 to 0.56 on speech, single words and 0 dB of noise included."""

LEAST_LOGPROB = -1.8
"""Mean over the tokens of a window. Seen: -0.1 to -1.2 for words that were there, -2 to -7 for
what Whisper writes when it has tried every temperature and none has given it words."""

QUIETEST_SWING = 4 / 32768
"""Highest minus lowest sample: less is the last two bits of a 16-bit converter, not a sound."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """One segment as Whisper wrote it; the three measures are those of its 30 s window."""

    text: str
    start_s: float
    end_s: float
    no_speech_prob: float
    avg_logprob: float
    compression_ratio: float


def is_silent(samples: Samples) -> bool:
    """Say whether there is nothing to hear at all, a constant offset aside."""
    return not len(samples) or float(samples.max() - samples.min()) < QUIETEST_SWING


def was_said(decoded: Decoded) -> bool:
    """Say whether a segment has words, and words that were in the clip."""
    return (
        any(character.isalnum() for character in decoded.text)
        and decoded.no_speech_prob <= MOST_NO_SPEECH
        and decoded.avg_logprob >= LEAST_LOGPROB
    )
