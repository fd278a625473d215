"""What Whisper writes for a clip, and which of it was really said.

Whisper writes words for silence, hum and rustle too: "you", "Thank you.", or, when it was given
names to expect, those names over and over. Its own check keeps such words when it is sure of
them, and of prompted names in silence it is very sure. What tells them apart is the
probability it gives to "no speech" before the first word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.types import MODEL_RATE_HZ, Samples

MOST_NO_SPEECH = 0.6
"""Over a window of the clip. Seen on base and tiny.en, with and without a prompt: 0.66 to 0.97 on
noises of 22 kinds and levels, 0.00 to 0.56 on speech, single words and 0 dB of noise included."""

LEAST_LOGPROB = -1.8
"""Mean over the tokens of a window. Seen: -0.1 to -1.2 for words that were there, -2 to -7 for
what Whisper writes when it has tried every temperature and none has given it words."""

QUIETEST_SWING = 4 / 32768
"""Highest minus lowest sample: less is the last two bits of a 16-bit converter, not a sound."""

_FRAME = MODEL_RATE_HZ // 50  # samples over which loudness is taken: 20 ms
_AS_LOUD = 0.1  # of the loudest frame: 20 dB below it lie the ends of words, and breath
WINDOW_S = 29.0  # Whisper hears 30 s at a time
_LEAST_WINDOW_S = 15.0
_PAUSE_FRAMES = 15  # 0.3 s: a window ends in the quietest such stretch
_SHORTEST_GAP_S = 1.0  # Whisper's times are no better than this
_LEAST_LOUD_S = 0.3  # a short word; a knock is shorter


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


class Gap(NamedTuple):
    """A stretch of a clip, in seconds from its start."""

    start_s: float
    end_s: float


def windows(samples: Samples) -> list[Gap]:
    """Divide a clip into stretches that Whisper can hear at a time, each ending in a pause.

    Left to itself it takes half minutes one after another, and a sentence that one of them cuts
    in two is often lost or written twice.

    Args:
        samples: The clip at MODEL_RATE_HZ.
    """
    duration_s = len(samples) / MODEL_RATE_HZ
    loudness = _loudness(samples)
    found, start = [], 0
    while duration_s - start * _FRAME / MODEL_RATE_HZ > WINDOW_S:
        first, last = (
            start + round(s * MODEL_RATE_HZ / _FRAME) for s in (_LEAST_WINDOW_S, WINDOW_S)
        )
        spread = np.convolve(np.square(loudness[first:last]), np.ones(_PAUSE_FRAMES), "valid")
        end = first + int(spread.argmin()) + _PAUSE_FRAMES // 2
        found.append(Gap(start * _FRAME / MODEL_RATE_HZ, end * _FRAME / MODEL_RATE_HZ))
        start = end
    return [*found, Gap(start * _FRAME / MODEL_RATE_HZ, duration_s)]


def unwritten(samples: Samples, decoded: Sequence[Decoded]) -> list[Gap]:
    """Find the stretches that are as loud as the words but that Whisper wrote nothing for.

    Now and then it takes the end of a sentence for the end of the 30 s window, the more so with
    a prompt, and the next sentence is lost.

    Args:
        samples: The clip at MODEL_RATE_HZ.
        decoded: What Whisper wrote, in order of time.
    """
    if not decoded:
        return []
    loudness = _loudness(samples)
    loud = loudness > _AS_LOUD * loudness.max(initial=0.0)
    duration_s = len(samples) / MODEL_RATE_HZ
    starts_s = [0.0, *(each.end_s for each in decoded)]
    ends_s = [*(each.start_s for each in decoded), duration_s]
    return [
        Gap(start_s, end_s)
        for start_s, end_s in zip(starts_s, ends_s, strict=True)
        if end_s - start_s >= _SHORTEST_GAP_S and _seconds(loud, start_s, end_s) >= _LEAST_LOUD_S
    ]


def _loudness(samples: Samples) -> NDArray[np.floating]:
    """Return the root mean square of each 20 ms."""
    frames = samples[: len(samples) // _FRAME * _FRAME].reshape(-1, _FRAME)
    loudness: NDArray[np.floating] = np.sqrt(np.square(frames).mean(axis=1))
    return loudness


def _seconds(loud: NDArray[np.bool_], start_s: float, end_s: float) -> float:
    frames_per_s = MODEL_RATE_HZ / _FRAME
    within = loud[int(start_s * frames_per_s) : int(end_s * frames_per_s)]
    return float(np.count_nonzero(within) / frames_per_s)
