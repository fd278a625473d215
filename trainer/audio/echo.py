"""Taking out of the microphone's sound what the speaker plays.

WebRTC's echo canceller (AEC3) wants, beside each 10 ms that were heard, 10 ms of what was played,
early enough and always by the same lead; it finds the rest of the delay, up to half a second, by
itself. Microphone and speaker are two streams with clocks and callbacks of their own, so which
stretch belongs beside which is counted here, in samples at MODEL_RATE_HZ since each began.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np

from trainer.types import FRAME_SAMPLES, MODEL_RATE_HZ, Samples

STEP_SAMPLES = MODEL_RATE_HZ // 100  # AEC3 works in steps of 10 ms
FOUND_BY_ITSELF_S = 0.15  # a lead that AEC3 finds at once; longer delays are shortened to it
_SETTLING = 51  # blocks over which the two streams' first callbacks are lined up; odd, for a median
_SLIP = round(0.04 * MODEL_RATE_HZ)  # callbacks jitter by 20 ms; what stays beyond is lost sound
_LATEST = round(0.6 * MODEL_RATE_HZ)  # an echo later than that is not looked for
COMPARED_SAMPLES = 8 * FRAME_SAMPLES  # shorter stretches of any two voices are alike by chance
PLAYED_SAMPLES = COMPARED_SAMPLES + _LATEST
_SIZE = 13_824  # 2^9 x 27, the next quick transform above COMPARED_SAMPLES + _LATEST
_PRE_EMPHASIS = 0.95  # or else the bass of any two voices is alike
_KEPT_S = 30.0  # of what was played: more than a reader that is busy may lag behind


class EchoCanceller:
    """WebRTC's echo canceller at MODEL_RATE_HZ: 7 ms of CPU a second."""

    def __init__(self) -> None:
        # Its own types are not strict about array shapes.
        import pywebrtc_audio

        self._webrtc: Any = pywebrtc_audio.EchoCanceller(sample_rate=MODEL_RATE_HZ)

    def remove(self, heard: Samples, played: Samples) -> Samples:
        """Return what was heard without what was played.

        Args:
            heard: A multiple of STEP_SAMPLES.
            played: As many; its echo comes later than it lies here, or never.
        """
        if len(heard) != len(played) or len(heard) % STEP_SAMPLES:
            raise ValueError(
                f"heard and played are equal multiples of {STEP_SAMPLES} samples, "
                f"found {len(heard)} and {len(played)}"
            )
        cleaned: Samples = self._webrtc.process(
            np.ascontiguousarray(heard), np.ascontiguousarray(played)
        )
        return cleaned


@dataclass(slots=True)
class _Played:
    start: int
    samples: Samples


class Reference:
    """What was played, by its place since the speaker's stream began; silence between clips."""

    def __init__(self) -> None:
        self._clips: deque[_Played] = deque()

    def add(self, start: int, samples: Samples) -> None:
        """Note a clip that begins at a place, later than all before it."""
        self._clips.append(_Played(start, samples))

    def cut(self, end: int) -> None:
        """Note that the last clip was broken off at a place."""
        if self._clips:
            last = self._clips[-1]
            last.samples = last.samples[: max(0, end - last.start)]

    def between(self, start: int, end: int) -> Samples:
        """Return a stretch; clips that ended long before it are forgotten."""
        forgotten = start - round(_KEPT_S * MODEL_RATE_HZ)
        while self._clips and self._clips[0].start + len(self._clips[0].samples) < forgotten:
            self._clips.popleft()
        stretch = np.zeros(max(0, end - start), dtype=np.float32)
        for clip in self._clips:
            first, last = max(start, clip.start), min(end, clip.start + len(clip.samples))
            if first < last:
                stretch[first - start : last - start] = clip.samples[
                    first - clip.start : last - clip.start
                ]
        return stretch


class LineUp:
    """Counts which place in what was played lies beside a place in what was heard.

    Args:
        delay_s: How much later than played sound is heard, where that is known; what is beyond
            FOUND_BY_ITSELF_S is taken off, so that a Bluetooth speaker's delay is found too.
    """

    def __init__(self, delay_s: float = 0.0) -> None:
        self._lead = round(max(0.0, delay_s - FOUND_BY_ITSELF_S) * MODEL_RATE_HZ)
        self._apart: deque[int] = deque(maxlen=_SETTLING)
        self._seen = 0
        self._offset = 0
        self.slips = 0
        """How often sound was lost on one side and the two had to be lined up anew."""

    def place(self, heard: int, played: int) -> int:
        """Return where in what was played the last of a block lies.

        Args:
            heard: Samples heard so far, the block among them.
            played: Samples handed to the speaker when the block arrived.
        """
        self._seen += 1
        self._apart.append(played - heard)
        usual = int(np.median(self._apart))
        if self._seen <= _SETTLING:
            self._offset = usual
        elif abs(usual - self._offset) > _SLIP:
            self._offset = usual
            self.slips += 1
        return heard + self._offset - self._lead


def likeness(left: Samples, played: Samples) -> float:
    """Return how alike what is left is to what was played: the highest correlation, 0 to 1.

    When sound is lost on the way (a busy machine, a sleepy Bluetooth speaker) the canceller has to
    find the delay anew and leaves a second or two of echo. That is a copy of what was played,
    whatever the room did to it; what a manager says over it is not.

    Args:
        left: The last COMPARED_SAMPLES.
        played: The last PLAYED_SAMPLES, which end at the same place.
    """
    heard, told = _emphasised(left), _emphasised(played)
    power = np.cumsum(np.append(0.0, np.square(told, dtype=np.float64)))
    powers = power[len(heard) :] - power[: -len(heard)]
    own = float(np.sum(np.square(heard, dtype=np.float64)))
    if own <= 0.0 or powers.max() <= 0.0:
        return 0.0
    product = np.fft.rfft(told, _SIZE) * np.conj(np.fft.rfft(heard, _SIZE))
    together = np.abs(np.fft.irfft(product, _SIZE)[: len(powers)])
    # Stretches 60 dB under the loudest count for nothing: they would be alike by rounding alone.
    floor = 1e-6 * float(powers.max())
    return min(1.0, float(np.max(together / np.sqrt(np.maximum(powers, floor) * own))))


def _emphasised(samples: Samples) -> Samples:
    return np.append(samples[:1], samples[1:] - _PRE_EMPHASIS * samples[:-1])
